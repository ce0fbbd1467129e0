using Beseda.Chaos.Histories;

namespace Beseda.Chaos.Checks;

/// <summary>Every feed saw everything after its start that was for it, once and in order.</summary>
internal static class Feeds
{
    private const int MostNamed = 5;

    public static IEnumerable<Finding> Check(History history, Reader reader)
    {
        var visitor = VisitorOf(history, reader);
        var due = history.Events.Where(e => reader.IsStaff || IsForVisitor(e, visitor)).ToList();
        Leg? before = null;
        foreach (var leg in reader.Legs)
        {
            foreach (var finding in Between(reader, due, before, leg).Concat(Within(reader, due, leg)))
                yield return finding;
            before = leg;
        }

        if (before is null || before.End < history.Rest)
            yield return new Finding("feeds arrive", $"{reader.Sender} got no further than {before?.End ?? 0} of {history.Rest}");
    }

    /// <summary>Who a client's messages say it is; null when it never got one through.</summary>
    private static long? VisitorOf(History history, Reader reader)
    {
        var mine = history.Messages.Where(message => message.Sender == reader.Sender).Select(message => message.ClientId).ToHashSet();
        return history.Events.FirstOrDefault(e => e.ClientId is { } id && mine.Contains(id))?.Visitor;
    }

    private static bool IsForVisitor(TableEvent e, long? visitor) =>
        visitor is not null && Kinds.IsOfConversation(e.Kind) && !e.IsNote
        && (e.Visitor == visitor || (e.Kind == Kinds.Moved && e.Number("from") == visitor));

    private static IEnumerable<Finding> Within(Reader reader, List<TableEvent> due, Leg leg)
    {
        var expected = due.Where(e => e.Seq > leg.Start && e.Seq <= leg.End).DistinctBy(e => e.Seq).ToDictionary(e => e.Seq);
        var seen = new HashSet<long>();
        var (findings, last) = (new List<Finding>(), leg.Start);
        foreach (var frame in leg.Frames)
        {
            if (!seen.Add(frame.Seq))
                findings.Add(new Finding("feeds do not repeat", $"{reader.Sender} saw {frame.Seq} again"));
            else if (frame.Seq <= last)
                findings.Add(new Finding("feeds keep order", $"{reader.Sender} saw {frame.Seq} after {last}"));
            if (!expected.TryGetValue(frame.Seq, out var e))
                findings.Add(new Finding("feeds show what is there", $"{reader.Sender} saw {frame.Seq} ({frame.Kind}), which is not for it"));
            else if (frame.Kind != Kinds.Names.GetValueOrDefault(e.Kind) || frame.ClientId != e.ClientId)
                findings.Add(new Finding("feeds show what is there", $"{reader.Sender} saw {frame.Seq} as {frame.Kind} {frame.ClientId}"));
            last = Math.Max(last, frame.Seq);
        }

        var missed = expected.Keys.Where(seq => !seen.Contains(seq)).Order().ToList();
        if (missed.Count > 0)
            findings.Add(new Finding("feeds miss nothing", $"{reader.Sender} missed {missed.Count}: {Named(missed)}"));
        return findings.Take(MostNamed);
    }

    /// <summary>A reset is honest when the new snapshot shows what the feed no longer will.</summary>
    private static IEnumerable<Finding> Between(Reader reader, List<TableEvent> due, Leg? before, Leg leg)
    {
        if (before is not null && leg.Start < before.End)
            yield return new Finding("the head does not go back", $"{reader.Sender} had {before.End}, and then a snapshot of {leg.Start}");
        if (leg.Shown is not { } shown)
            yield break;
        var after = Math.Max(before?.End ?? 0, leg.ShownFrom - 1);
        var missed = due.Where(e => e.Seq > after && e.Seq <= leg.Start && !shown.Contains(e.Seq)).Select(e => e.Seq).ToList();
        if (missed.Count > 0)
            yield return new Finding("snapshots are whole", $"{reader.Sender} was not shown {missed.Count}: {Named(missed)}");
    }

    private static string Named(List<long> seqs) => string.Join(", ", seqs.Take(MostNamed)) + (seqs.Count > MostNamed ? "…" : "");
}
