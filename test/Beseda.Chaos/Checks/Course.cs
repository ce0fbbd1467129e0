using Beseda.Chaos.Histories;

namespace Beseda.Chaos.Checks;

/// <summary>
/// What the events come to, folded by other code than the server's: at every moment no chat waits while an operator is free,
/// a visitor has one open conversation at most, and at the end the server's own rows say the same.
/// </summary>
internal static class Course
{
    /// <summary>A rule may run a moment after what it follows from; nothing stands still for this long.</summary>
    private const long Patience = 5_000_000;

    public static IEnumerable<Finding> Check(History history)
    {
        var (office, findings) = (new Office(), new List<Finding>());
        (long Since, long Conversation, long Operator)? stuck = null;
        foreach (var e in history.Events)
        {
            if (stuck is { } standing && e.At - standing.Since > Patience)
            {
                findings.Add(new Finding("nobody waits for a free operator",
                    $"before {e.Seq}, conversation {standing.Conversation} waited {(e.At - standing.Since) / 1_000_000} s while operator {standing.Operator} was free"));
                stuck = null;
            }

            if (office.Take(e) is { } wrong)
                findings.Add(wrong);
            stuck = office.Stuck() is { } pair ? (stuck?.Since ?? e.At, pair.Conversation, pair.Operator) : null;
        }

        findings.AddRange(AtTheEnd(history, office, stuck?.Since));
        return findings;
    }

    private static IEnumerable<Finding> AtTheEnd(History history, Office office, long? stuckSince)
    {
        if (stuckSince is { } since && history.Now - since > Patience)
            yield return new Finding("nobody waits for a free operator", "at the end, a conversation waits while an operator is free");
        foreach (var (id, chat) in office.Chats.Where(one => one.Value.Until is { } until && history.Now - until > Patience))
            yield return new Finding("offers lapse", $"conversation {id} has been offered to {chat.Operator} for too long");
        if (history.Conversations.Count == 0)
            yield break;

        var rows = history.Conversations.ToDictionary(row => row.Id);
        foreach (var id in rows.Keys.Where(id => !office.Chats.ContainsKey(id)))
            yield return new Finding("rows equal events", $"conversation {id} was never started");
        foreach (var (id, chat) in office.Chats)
            if (!rows.TryGetValue(id, out var row))
                yield return new Finding("rows equal events", $"conversation {id} has no row");
            else if ((row.Visitor, row.Open, row.Stage) != (chat.Visitor, chat.Stage != "closed", chat.Stage)
                || (chat.Stage is "assigned" or "active" && row.Operator != chat.Operator))
                yield return new Finding("rows equal events", $"conversation {id} is {row}, by its events {chat}");
    }
}
