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
        Page(limit, journal.NewestFirst(session, account, ConversationRows.Of(session, account, visitor), before)
            .Where(entry => Visibility.ShownToVisitor(entry.Event)));

    /// <summary>One conversation, as operators see it.</summary>
    public static Timeline OfConversation(Session session, ChatJournal journal, AccountId account, ConversationId conversation, long before, int limit) =>
        Page(limit, journal.NewestFirst(session, account, [conversation.Value], before));

    private static Timeline Page(int limit, IEnumerable<Entry<Event>> newestFirst)
    {
        var page = newestFirst.Take(limit + 1).ToList();
        var more = page.Count > limit;
        if (more)
            page.RemoveAt(limit);
        page.Reverse();
        return new Timeline(page, more);
    }
}

/// <param name="Entries">Ascending.</param>
internal sealed record Timeline(List<Entry<Event>> Entries, bool HasMore)
{
    public static readonly Timeline Empty = new([], false);

    public IReadOnlyList<Wire.Entry> Told(Telling telling) =>
        [.. Entries.Select(entry => telling.Entry(entry.Seq, entry.At, entry.Event)).OfType<Wire.Entry>()];
}
