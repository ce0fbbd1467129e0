using Beseda.Domain.Conversations;
using Beseda.Domain.Visitors;
using Beseda.Journal;
using Beseda.Server.Storage;

namespace Beseda.Server.Conversations;

/// <summary>Pages of history, straight from the tables: newest first in the database, ascending in the answer.</summary>
internal static class Timelines
{
    public const int MostEntries = 200;

    /// <summary>All conversations of a visitor, as the visitor sees them.</summary>
    public static Timeline OfVisitor(Session session, ChatJournal journal, AccountId account, VisitorId visitor, long before, int limit) =>
        Page(session, account, limit, journal.NewestFirst(session, account, ConversationRows.Of(session, account, visitor), before)
            .Where(entry => Visibility.ShownToVisitor(entry.Event)));

    /// <summary>One conversation, as operators see it; and before its beginning what was said in others until then.</summary>
    public static Timeline OfConversation(
        Session session, ChatJournal journal, AccountId account, ConversationId conversation, IReadOnlyList<long> earlier, long before, int limit)
    {
        var own = journal.NewestFirst(session, account, [conversation.Value], before);
        return Page(session, account, limit, earlier.Count == 0
            ? own
            : own.Concat(journal.NewestFirst(session, account, earlier, Math.Min(before, conversation.Value))));
    }

    private static Timeline Page(Session session, AccountId account, int limit, IEnumerable<Entry<Event>> newestFirst)
    {
        var page = newestFirst.Where(entry => !Aftermath.IsPart(entry.Event)).Take(limit + 1).ToList();
        var more = page.Count > limit;
        if (more)
            page.RemoveAt(limit);
        page.Reverse();
        return new Timeline(page, more, States(session, account, [.. page.Where(entry => entry.Event is MessagePosted).Select(entry => entry.Seq)]));
    }

    /// <summary>What became of messages, by their seqs. Most have no state.</summary>
    public static Dictionary<long, Present> States(Session session, AccountId account, IReadOnlyList<long> messages)
    {
        if (messages.Count == 0)
            return [];
        var states = MessageRows.States(session, account, messages);
        var edits = states.Where(state => state is { Deleted: false, Edits.IsEmpty: false }).Select(state => state.Edits[^1]).ToList();
        var edited = edits.Count == 0 ? [] : MessageRows.Edits(session, account, edits);
        return states.ToDictionary(state => state.Message, state =>
            state.Edits.IsEmpty || !edited.TryGetValue(state.Edits[^1], out var newest)
                ? new Present(state, null, null)
                : new Present(state, newest.Words, newest.At));
    }
}

/// <param name="Entries">Ascending.</param>
/// <param name="States">What became of messages among them.</param>
internal sealed record Timeline(List<Entry<Event>> Entries, bool HasMore, IReadOnlyDictionary<long, Present> States)
{
    public static readonly Timeline Empty = new([], false, new Dictionary<long, Present>());

    /// <param name="others">Whoever wrote, where that is not always the same visitor.</param>
    public IReadOnlyList<Wire.Entry> Told(Telling telling, IReadOnlyDictionary<VisitorId, Visitor>? others = null) =>
        [.. Entries.Select(entry => Told(entry, others is not null && entry.Event is ConversationEvent { Visitor: var writer }
            && others.TryGetValue(writer, out var other) ? telling with { Visitor = other } : telling)).OfType<Wire.Entry>()];

    private Wire.Entry? Told(Entry<Event> entry, Telling telling) => entry.Event is MessagePosted message
        ? telling.OfMessage(entry.Seq, entry.At, message, States.GetValueOrDefault(entry.Seq))
        : telling.Entry(entry.Seq, entry.At, entry.Event);
}
