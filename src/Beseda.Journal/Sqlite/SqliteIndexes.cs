namespace Beseda.Journal.Sqlite;

/// <summary>
/// Where a client id and a conversation's events are found. Both are filled some hundreds of events at a time, up to
/// <c>accounts.indexed</c>: one by one, every message would dirty two pages that no other message shares.
/// </summary>
internal static class SqliteIndexes
{
    /// <summary>The last event that is entered.</summary>
    public static long Head(Session session, AccountId account) =>
        session["select indexed from accounts where id = $1"].Bind(1, account.Value).One(row => row.Number(0));

    public static void Enter(Session session, AccountId account, long to)
    {
        session["""
            insert into client_ids (account, sender, client_id, seq)
            select e.account, e.sender, e.client_id, e.seq from accounts a join events e on e.account = a.id and e.seq > a.indexed
            where a.id = $1 and e.seq <= $2 and e.client_id is not null order by e.sender, e.client_id
            on conflict do nothing
            """].Bind(1, account.Value).Bind(2, to).Run();
        session["""
            insert into conversation_events (account, conversation, seq)
            select e.account, e.conversation, e.seq from accounts a join events e on e.account = a.id and e.seq > a.indexed
            where a.id = $1 and e.seq <= $2 and e.conversation is not null order by e.conversation, e.seq
            """].Bind(1, account.Value).Bind(2, to).Run();
        session["update accounts set indexed = $2 where id = $1"].Bind(1, account.Value).Bind(2, to).Run();
    }

    /// <summary>What a client id was answered; null also when it is not entered yet.</summary>
    public static Receipt? Find(Session session, AccountId account, long sender, string clientId) =>
        session["""
            select e.seq, e.at, e.conversation, e.visitor from client_ids c join events e on e.account = c.account and e.seq = c.seq
            where c.account = $1 and c.sender = $2 and c.client_id = $3
            """]
            .Bind(1, account.Value).Bind(2, sender).Bind(3, clientId).One(row => (Receipt?)Events.Receipt(row, 0));

    /// <summary>The answers that are not entered yet.</summary>
    public static List<((long Sender, string ClientId) Key, Receipt Receipt)> After(Session session, AccountId account, long seq) =>
        [.. session["""
            select sender, client_id, seq, at, conversation, visitor from events
            where account = $1 and seq > $2 and client_id is not null
            """].Bind(1, account.Value).Bind(2, seq).All(row => ((row.Number(0), row.Text(1)), Events.Receipt(row, 2)))];

    /// <summary>What happened in conversations after a seq of each, whether entered or not.</summary>
    public static IEnumerable<Entry<TEvent>> After<TEvent>(
        Session session, AccountId account, IReadOnlyDictionary<long, long> known, ICodec<TEvent> codec)
    {
        var entered = known.SelectMany(one => session["""
            select e.seq, e.at, e.conversation, e.visitor, e.kind, e.body, null
            from conversation_events c join events e on e.account = c.account and e.seq = c.seq
            where c.account = $1 and c.conversation = $2 and c.seq > $3 order by c.seq
            """].Bind(1, account.Value).Bind(2, one.Key).Bind(3, one.Value).All(row => Entry<TEvent>.Read(row, codec)));
        var others = session["""
            select seq, at, conversation, visitor, kind, body, null from events
            where account = $1 and seq > (select indexed from accounts where id = $1) and conversation is not null order by seq
            """].Bind(1, account.Value).All(row => row.Number(0) > known.GetValueOrDefault(row.Number(2), long.MaxValue)
                ? Entry<TEvent>.Read(row, codec)
                : (Entry<TEvent>?)null);
        return entered.Concat(others.OfType<Entry<TEvent>>());
    }

    /// <summary>The events of conversations before a seq, whether entered or not, newest first.</summary>
    public static List<long> OfConversations(Session session, AccountId account, IEnumerable<long> conversations, long before) =>
        [.. session["""
            select seq from conversation_events
            where account = $1 and conversation = any($2) and seq < $3
            union all
            select seq from events
            where account = $1 and conversation = any($2) and seq < $3
              and seq > (select indexed from accounts where id = $1)
            order by seq desc
            """].Bind(1, account.Value).Bind(2, conversations).Bind(3, before).All(row => row.Number(0))];
}
