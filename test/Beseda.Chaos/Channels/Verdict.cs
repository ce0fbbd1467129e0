using Beseda.Chaos.Checks;
using Beseda.Chaos.Histories;

namespace Beseda.Chaos.Channels;

/// <summary>What of a channel's messages was lost or doubled.</summary>
/// <param name="InOvertaken">Stand in the journal behind what the same customer wrote later.</param>
/// <param name="OutDoubled">Arrivals at customers beyond the first.</param>
internal sealed record Tally(string Channel, int In, int InLost, int InDoubled, int InOvertaken, int Out, int OutLost, int OutDoubled);

/// <summary>Holds evidence against what is promised.</summary>
internal static class Verdict
{
    /// <summary>What a sender has under way at once: the most that can go out twice when its process dies, in a whole channel.</summary>
    public const int LanesAtOnce = 8;

    private const int MessageSent = 24;
    private const int MessageFailed = 26;

    /// <summary>What a killed process had sent is on its way a little longer.</summary>
    private static readonly TimeSpan Wire = TimeSpan.FromSeconds(2);

    /// <summary>What comes out of order within this time is put in order.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static (IReadOnlyList<Tally> Tallies, IReadOnlyList<Finding> Findings) Of(Evidence evidence)
    {
        var findings = new List<Finding>();
        var posted = evidence.Events.Where(one => one is { Kind: TableEvent.Message, Text: not null }).ToLookup(one => one.Text!);
        var tallies = evidence.Stories.GroupBy(story => story.Cast).Select(channel => new Tally(
            channel.Key.Name,
            channel.Sum(story => story.Written.Count),
            channel.Sum(story => Count(story.Written.Where(text => !posted.Contains(text)), "in: nothing lost")),
            channel.Sum(story => Count(story.Written.Where(text => posted[text].Count() > 1), "in: none doubled")),
            channel.Sum(story => Overtaken(story, posted, evidence.Brought, findings)),
            channel.Sum(story => story.Said.Count),
            channel.Sum(story => Count(story.Said.Select(one => one.Text).Except(story.Arrived.Select(one => one.Text)), "out: nothing lost")),
            Repeats([.. channel], evidence.Kills, findings))).ToList();
        findings.AddRange(evidence.Stories.SelectMany(InOrder));
        findings.AddRange(Recorded(evidence));
        return (tallies, findings);

        int Count(IEnumerable<string> texts, string law)
        {
            var all = texts.ToList();
            findings.AddRange(all.Select(text => new Finding(law, text)));
            return all.Count;
        }
    }

    /// <summary>
    /// Texts of a customer that stand behind later ones. In a channel with an order they may do so only where they came long
    /// after the first of those, which was not kept waiting for ever.
    /// </summary>
    private static int Overtaken(
        Story story, ILookup<string, TableEvent> posted, IReadOnlyDictionary<string, Bringing> brought, List<Finding> findings)
    {
        var there = story.Written.Where(posted.Contains).OrderBy(text => posted[text].First().Seq).ToList();
        var overtaken = 0;
        for (var i = 0; i < there.Count; i++)
        {
            var before = there.Take(i).Where(text => Correspondence.PlaceOf(text) > Correspondence.PlaceOf(there[i])).ToList();
            if (before.Count == 0)
                continue;
            overtaken++;
            if (!story.Cast.IsOrdered || (brought.TryGetValue(there[i], out var late) && before.Exists(text => brought.TryGetValue(text, out var early) && late.Last > early.First + Patience)))
                continue;
            findings.Add(new Finding("in: in order", $"{Told(there[i])} stands behind {string.Join(" and ", before.Select(Told))}"));
        }

        return overtaken;

        string Told(string text) => brought.TryGetValue(text, out var how) ? $"{text}, brought from {how.First:HH:mm:ss.fff} to {how.Last:HH:mm:ss.fff}," : text;
    }

    /// <summary>
    /// A message goes out again only if its sender died before it could write down that it had gone: one of each
    /// conversation, of which there are so many at once; and never where the platform has a key for it.
    /// </summary>
    private static int Repeats(IReadOnlyList<Story> stories, IReadOnlyList<DateTimeOffset> kills, List<Finding> findings)
    {
        var all = new List<(string Story, DateTimeOffset Kill)>();
        foreach (var story in stories)
            foreach (var copies in story.Arrived.GroupBy(one => one.Text).Where(copies => copies.Count() > 1))
                foreach (var (one, next) in copies.Zip(copies.Skip(1)))
                {
                    var kill = kills.FirstOrDefault(at => at > one.At - Wire && at < next.At);
                    all.Add((story.Name, kill));
                    if (kill == default || story.Cast.SendsOnce)
                        findings.Add(new Finding("out: doubled only if there is no help", $"{copies.Key} at {one.At:HH:mm:ss.fff} and {next.At:HH:mm:ss.fff}"));
                }

        findings.AddRange(all.GroupBy(one => one).Where(same => same.Count() > 1)
            .Select(same => new Finding("out: one of a conversation per kill", $"{same.Key.Story} at {same.Key.Kill:HH:mm:ss.fff}")));
        findings.AddRange(all.GroupBy(one => one.Kill).Where(same => same.Count() > LanesAtOnce)
            .Select(same => new Finding($"out: {LanesAtOnce} of a channel per kill", $"{same.Count()} of {stories[0].Cast.Name} at {same.Key:HH:mm:ss.fff}")));
        return all.Count;
    }

    private static IEnumerable<Finding> InOrder(Story story)
    {
        var places = story.Arrived.Select(one => Correspondence.PlaceOf(one.Text)).Distinct().ToList();
        return places.SequenceEqual(places.Order()) ? [] : [new Finding("out: in order", $"{story.Name}: {string.Join(' ', places)}")];
    }

    private static IEnumerable<Finding> Recorded(Evidence evidence)
    {
        var sent = evidence.Events.Where(one => one.Kind == MessageSent).Select(one => one.Number("message")).ToHashSet();
        return evidence.Events.Where(one => one.Kind == MessageFailed).Select(one => new Finding("out: nothing is given up", $"{one.Number("message")}"))
            .Concat(evidence.Stories.SelectMany(story => story.Said).Where(one => !sent.Contains(one.Seq))
                .Select(one => new Finding("out: what went out is written down", one.Text)));
    }
}
