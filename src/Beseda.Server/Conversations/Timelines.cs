using Beseda.Domain.Visitors;
using Beseda.Journal;
using Beseda.Journal.Sqlite;

namespace Beseda.Server.Conversations;

/// <summary>Pages of history, straight from the tables: newest first in the database, ascending in the answer.</summary>
internal static class Timelines
{
    public const int MostEntries = 200;

    /// <summary>All conversations of a visitor, as the visitor sees them.</summary>
    public static Timeline OfVisitor(SqliteSession session, ChatJournal journal, AccountId account, VisitorId visitor, long before, int limit) =>
        Page(limit, session["""
            select e.seq, e.at, e.conversation, e.visitor, e.kind, e.body, e.words
            from conversations c join events e on e.account = c.account and e.conversation = c.id
            where c.account = ? and c.visitor = ? and e.seq < ? order by e.seq desc
            """].Bind(1, account.Value).Bind(2, visitor.Value).Bind(3, before).All(journal.ReadEntry)
            .Where(entry => Visibility.ShownToVisitor(entry.Event)));

    /// <summary>One conversation, as operators see it.</summary>
    public static Timeline OfConversation(SqliteSession session, ChatJournal journal, AccountId account, ConversationId conversation, long before, int limit) =>
        Page(limit, session["""
            select seq, at, conversation, visitor, kind, body, words from events
            where account = ? and conversation = ? and seq < ? order by seq desc
            """].Bind(1, account.Value).Bind(2, conversation.Value).Bind(3, before).All(journal.ReadEntry));

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
