using Beseda.Chaos.Histories;

namespace Beseda.Chaos.Checks;

/// <summary>What was acknowledged is there, once, where it was said to be, with its text; and each sender's in the order of sending.</summary>
internal static class Messages
{
    public static IEnumerable<Finding> Check(History history)
    {
        var posted = history.Events.Where(e => e.Kind == TableEvent.Message).ToLookup(e => e.ClientId!);
        return history.Messages.SelectMany(message => Once(message, [.. posted[message.ClientId]]))
            .Concat(Unheard(history, posted))
            .Concat(history.Messages.GroupBy(message => message.Sender).SelectMany(sent => InOrder(sent, posted)));
    }

    private static IEnumerable<Finding> Once(SentMessage message, List<TableEvent> there)
    {
        if (there.Count > 1)
            yield return new Finding("exactly once", $"{message.ClientId} of {message.Sender} is there {there.Count} times: {string.Join(", ", there.Select(e => e.Seq))}");
        if (message.Seq is { } seq && !there.Exists(e => e.Seq == seq))
            yield return new Finding("nothing lost", $"{message.ClientId} of {message.Sender} was acknowledged as {seq} and is not there");
        foreach (var e in there.Where(e => e.Text != message.Text))
            yield return new Finding("word for word", $"{e.Seq} does not say what {message.Sender} wrote");
    }

    private static IEnumerable<Finding> Unheard(History history, ILookup<string, TableEvent> posted)
    {
        var sent = history.Messages.Select(message => message.ClientId).ToHashSet();
        return posted.Where(one => !sent.Contains(one.Key)).Select(one => new Finding("nothing made up", $"Nobody sent {one.Key}, seq {one.First().Seq}"));
    }

    /// <summary>Only what was acknowledged: what a sender gave up may arrive at any time.</summary>
    private static IEnumerable<Finding> InOrder(IGrouping<string, SentMessage> sent, ILookup<string, TableEvent> posted)
    {
        var last = 0L;
        foreach (var message in sent.Where(message => message.Seq is not null).OrderBy(message => message.Number))
        {
            foreach (var e in posted[message.ClientId].Take(1))
            {
                if (e.Seq <= last)
                    yield return new Finding("sender's order", $"{message.Sender}: message {message.Number} is {e.Seq}, after {last}");
                last = e.Seq;
            }
        }
    }
}
