using Beseda.Domain.Conversations;
using Beseda.Journal;

namespace Beseda.Server.Storage;

/// <summary>What became of messages, and what their channels call them. Most messages have neither.</summary>
internal static class MessageRows
{
    public const string Schema = """
        create table if not exists message_states (
            account integer not null, message integer not null, state blob not null, primary key (account, message));
        create table if not exists message_externals (
            account integer not null, visitor integer not null, external text not null, message integer not null,
            primary key (account, visitor, external));
        create index if not exists message_externals_by_message on message_externals (account, visitor, message);
        """;

    private static readonly StoredJson Json = StoredJson.Instance;

    public static List<MessageState> States(Session session, AccountId account, IEnumerable<long> messages) =>
        [.. session["select state from message_states where account = $1 and message = any($2)"].Bind(1, account.Value).Bind(2, messages)
            .All(row => ChatRows.Read(row, 0, Json.MessageState))];

    /// <summary>All there are, each with the names under which it is found.</summary>
    public static IEnumerable<(MessageState State, IEnumerable<string> Externals)> All(Session session, AccountId account)
    {
        var externals = session["select message, external from message_externals where account = $1"].Bind(1, account.Value)
            .All(row => (Message: row.Number(0), External: row.Text(1))).ToLookup(row => row.Message, row => row.External);
        return [.. session["select state from message_states where account = $1"].Bind(1, account.Value)
            .All(row => ChatRows.Read(row, 0, Json.MessageState)).ToList().Select(state => (state, externals[state.Message]))];
    }

    /// <summary>The newest messages that went out to a visitor, up to a time.</summary>
    public static List<MessageState> SentUntil(Session session, AccountId account, VisitorId visitor, DateTimeOffset until, int most)
    {
        var messages = session["""
            select distinct x.message, e.at from message_externals x join events e on e.account = x.account and e.seq = x.message
            where x.account = $1 and x.visitor = $2 order by x.message desc limit $3
            """].Bind(1, account.Value).Bind(2, visitor.Value).Bind(3, most)
            .All(row => (Message: row.Number(0), At: DateTimeOffset.UnixEpoch.AddMicroseconds(row.Number(1)))).ToList();
        return [.. States(session, account, messages.Where(one => one.At <= until).Select(one => one.Message)).Where(state => !state.FromVisitor)];
    }

    /// <summary>The visitor's newest message before another, of the last few that have names.</summary>
    public static MessageState? NewestOfVisitor(Session session, AccountId account, VisitorId visitor, long before)
    {
        var messages = session["select distinct message from message_externals where account = $1 and visitor = $2 and message < $3 order by message desc limit 50"]
            .Bind(1, account.Value).Bind(2, visitor.Value).Bind(3, before).All(row => row.Number(0)).ToList();
        return States(session, account, messages).Where(state => state.FromVisitor).MaxBy(state => state.Message);
    }

    /// <summary>What edits say, by their seqs.</summary>
    public static Dictionary<long, (MessageWords? Words, DateTimeOffset At)> Edits(Session session, AccountId account, IEnumerable<long> seqs) =>
        session["select seq, at, words from events where account = $1 and seq = any($2)"].Bind(1, account.Value).Bind(2, seqs)
            .All(row => (Seq: row.Number(0), At: DateTimeOffset.UnixEpoch.AddMicroseconds(row.Number(1)),
                Words: row.IsNull(2) ? null : ChatRows.Read(row, 2, Json.MessageWords)))
            .ToDictionary(row => row.Seq, row => (row.Words, row.At));

    public static long? Find(Session session, AccountId account, VisitorId visitor, string external) =>
        session["select message from message_externals where account = $1 and visitor = $2 and external = $3"]
            .Bind(1, account.Value).Bind(2, visitor.Value).Bind(3, external).One(row => (long?)row.Number(0));

    public static void Save(Session session, AccountId account, MessageState? before, MessageState after)
    {
        session["insert into message_states (account, message, state) values ($1, $2, $3) on conflict (account, message) do update set state = excluded.state"]
            .Bind(1, account.Value).Bind(2, after.Message).Bind(3, ChatRows.Write(after, Json.MessageState)).Run();
        foreach (var external in (before?.Externals ?? []).Except(after.Externals))
            session["delete from message_externals where account = $1 and visitor = $2 and external = $3"]
                .Bind(1, account.Value).Bind(2, after.Visitor.Value).Bind(3, external).Run();
        foreach (var external in after.Externals.Except(before?.Externals ?? []))
            session["insert into message_externals (account, visitor, external, message) values ($1, $2, $3, $4) on conflict do nothing"]
                .Bind(1, account.Value).Bind(2, after.Visitor.Value).Bind(3, external).Bind(4, after.Message).Run();
    }

    /// <summary>What a deleted message, its edits and the names of its files said is erased where it lies.</summary>
    public static void Erase(Session session, AccountId account, MessageState deleted) =>
        session["update events set words = null where account = $1 and seq = any($2)"]
            .Bind(1, account.Value).Bind(2, [deleted.Message, .. deleted.Edits, .. deleted.Arrivals ?? []]).Run();

    /// <summary>The ids of a message's files.</summary>
    public static IReadOnlyList<string> FilesOf(Session session, AccountId account, long message) =>
        session["select body from events where account = $1 and seq = $2"].Bind(1, account.Value).Bind(2, message)
            .One(row => ChatRows.Read(row, 0, Json.MessagePosted))?.Files is { } files ? [.. files.Select(file => file.Id)] : [];
}
