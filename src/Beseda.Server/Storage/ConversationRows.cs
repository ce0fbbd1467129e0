using Beseda.Domain.Conversations;
using Beseda.Journal;

namespace Beseda.Server.Storage;

/// <summary>
/// The rows of conversations. A row that changed with every message would die under any long snapshot, each update walking
/// the versions before it: the row of an open conversation is written when something happens to it, with the seq that it is as
/// of, and what was said since is folded when it is read.
/// </summary>
internal static class ConversationRows
{
    /// <summary>Of so many events, at random, one has the row written all the same: so few are to be folded.</summary>
    private const int Milestone = 128;

    private static readonly ChatCodec Codec = new();

    public static List<Conversation> Open(Session session, AccountId account)
    {
        var rows = session["select state, seq from conversations /*by conversations_open*/ where account = $1 and open = 1"].Bind(1, account.Value)
            .All(row => (Conversation: Read(row), Seq: row.Number(1))).ToDictionary(row => row.Conversation.Id.Value);
        return [.. UpToDate(session, account, rows).Values];
    }

    /// <summary>All there are, with what the columns say.</summary>
    public static Dictionary<long, (Conversation Conversation, bool Open)> All(Session session, AccountId account)
    {
        var rows = session["select id, state, visitor, open, seq from conversations where account = $1"].Bind(1, account.Value)
            .All(row => (Id: row.Number(0), Conversation: Read(row, 1) with { Visitor = new VisitorId(row.Number(2)) }, Open: row.Number(3) == 1, Seq: row.Number(4)))
            .ToList();
        var open = UpToDate(session, account, rows.Where(row => row.Open).ToDictionary(row => row.Id, row => (row.Conversation, row.Seq)));
        return rows.ToDictionary(row => row.Id, row => (open.GetValueOrDefault(row.Id) ?? row.Conversation, row.Open));
    }

    /// <summary>An open one may lack what was said last.</summary>
    public static Conversation? Find(Session session, AccountId account, ConversationId id) =>
        session["select state from conversations where account = $1 and id = $2"].Bind(1, account.Value).Bind(2, id.Value).One(row => Read(row));

    /// <summary>Open ones may lack what was said last.</summary>
    public static List<Conversation> Find(Session session, AccountId account, IEnumerable<long> ids) =>
        [.. session["select state from conversations where account = $1 and id = any($2)"].Bind(1, account.Value).Bind(2, ids).All(row => Read(row))];

    /// <summary>Of those from one to another, both included.</summary>
    public static IEnumerable<Conversation> Closed(Session session, AccountId account, long first, long last) =>
        session["select state from conversations where account = $1 and id >= $2 and id <= $3 and open = 0"]
            .Bind(1, account.Value).Bind(2, first).Bind(3, last).All(row => Read(row));

    /// <summary>Newest first; an open one may lack what was said last.</summary>
    public static List<Conversation> Before(Session session, AccountId account, long before, int limit) =>
        [.. session["select state from conversations where account = $1 and id < $2 order by id desc limit $3"]
            .Bind(1, account.Value).Bind(2, before).Bind(3, limit).All(row => Read(row))];

    public static List<long> Of(Session session, AccountId account, VisitorId visitor) =>
        [.. session["select id from conversations where account = $1 and visitor = $2"].Bind(1, account.Value).Bind(2, visitor.Value)
            .All(row => row.Number(0))];

    /// <summary>Newest first; an open one may lack what was said last.</summary>
    public static List<Conversation> Of(Session session, AccountId account, IEnumerable<long> visitors, int most) =>
        [.. session["select state from conversations /*by conversations_by_visitor*/ where account = $1 and visitor = any($2) order by id desc limit $3"]
            .Bind(1, account.Value).Bind(2, visitors).Bind(3, most).All(row => Read(row))];

    /// <param name="said">What happened to it from one state to the other.</param>
    public static bool IsToBeSaved(Conversation? before, Conversation after, IEnumerable<long> said) =>
        before is not { IsOpen: true } || !before.EqualsBesidesTalk(after) || said.Any(IsMilestone);

    /// <param name="seq">The last event that is in it.</param>
    public static void Save(Session session, AccountId account, Conversation conversation, long seq) =>
        session["""
            insert into conversations (account, id, visitor, open, seq, state) values ($1, $2, $3, $4, $5, $6)
            on conflict (account, id) do update set
                visitor = excluded.visitor, open = excluded.open, seq = excluded.seq, state = excluded.state
            """]
            .Bind(1, account.Value).Bind(2, conversation.Id.Value).Bind(3, conversation.Visitor.Value)
            .Bind(4, conversation.IsOpen ? 1 : 0).Bind(5, seq).Bind(6, ChatRows.Write(conversation, StoredJson.Instance.Conversation)).Run();

    private static Dictionary<long, Conversation> UpToDate(
        Session session, AccountId account, Dictionary<long, (Conversation Conversation, long Seq)> rows)
    {
        var now = rows.ToDictionary(row => row.Key, row => row.Value.Conversation);
        if (rows.Count > 0)
            foreach (var said in session.After(account, rows.ToDictionary(row => row.Key, row => row.Value.Seq), Codec))
                if (said.Event is ConversationEvent e)
                    now[e.Conversation.Value] = Evolution.Said(now[e.Conversation.Value], new Recorded(said.Seq, said.At, said.Event));
        return now;
    }

    /// <summary>By chance, not by counting: numbers that come in turns would never meet some conversations.</summary>
    private static bool IsMilestone(long seq) => ((ulong)seq * 0x9E3779B97F4A7C15) >> 32 < (1UL << 32) / Milestone;

    private static Conversation Read(Statement row, int column = 0) => ChatRows.Read(row, column, StoredJson.Instance.Conversation);
}
