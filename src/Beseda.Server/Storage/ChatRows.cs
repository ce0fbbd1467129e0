using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Beseda.Domain.Accounts;
using Beseda.Domain.Channels;
using Beseda.Domain.Conversations;
using Beseda.Domain.Departments;
using Beseda.Domain.Labels;
using Beseda.Domain.Operators;
using Beseda.Domain.Visitors;
using Beseda.Journal;

namespace Beseda.Server.Storage;

/// <summary>The statements over the projections' tables.</summary>
internal static class ChatRows
{
    private static readonly StoredJson Json = StoredJson.Instance;
    private static readonly OperatorProfile Nobody = new("", "");

    public static Account? Account(Session session, AccountId account) =>
        session["select state from account_settings where account = $1"].Bind(1, account.Value).One(row => Read(row, 0, Json.Account));

    public static List<(AccountId Account, string Key)> AccountKeys(Session session) =>
        [.. session["select account, key from account_settings order by account"].All(row => (new AccountId(row.Number(0)), row.Text(1)))];

    public static List<(AccountId Account, OperatorId Operator)> OperatorsOf(Session session, long user) =>
        [.. session["select account, id from operators where user_id = $1 order by account"].Bind(1, user)
            .All(row => (new AccountId(row.Number(0)), new OperatorId(row.Number(1))))];

    public static List<Department> Departments(Session session, AccountId account) =>
        [.. session["select state from departments where account = $1"].Bind(1, account.Value).All(row => Read(row, 0, Json.Department))];

    public static List<Channel> Channels(Session session, AccountId account) =>
        [.. session["select state from channels where account = $1"].Bind(1, account.Value).All(row => Read(row, 0, Json.Channel))];

    public static List<Label> Labels(Session session, AccountId account) =>
        [.. session["select state from labels where account = $1"].Bind(1, account.Value).All(row => Read(row, 0, Json.Label))];

    public static List<Operator> Operators(Session session, AccountId account) =>
        [.. session["select state, words from operators where account = $1"].Bind(1, account.Value)
            .All(row => Read(row, 0, Json.Operator) with { Profile = row.IsNull(1) ? Nobody : Read(row, 1, Json.OperatorProfile) })];

    public static List<Visitor> Visitors(Session session, AccountId account, IEnumerable<long> ids) =>
        [.. session["select state, words from visitors where account = $1 and id = any($2)"].Bind(1, account.Value).Bind(2, ids).All(ReadVisitor)];

    public static List<Visitor> Customers(Session session, AccountId account, IEnumerable<string> customers) =>
        [.. session["select state, words from visitors /*by visitors_by_customer*/ where account = $1 and customer = any($2)"].Bind(1, account.Value).Bind(2, customers)
            .All(ReadVisitor)];

    public static Visitor? Visitor(Session session, AccountId account, VisitorId id) =>
        session["select state, words from visitors where account = $1 and id = $2"].Bind(1, account.Value).Bind(2, id.Value).One(ReadVisitor);

    public static List<MessageStub> Messages(Session session, AccountId account, IEnumerable<long> seqs) =>
        [.. session["select seq, kind, body from events where account = $1 and seq = any($2)"].Bind(1, account.Value).Bind(2, seqs)
            .All(row => row.Number(1) == (long)Kind.MessagePosted ? Stub(row.Number(0), Read(row, 2, Json.MessagePosted)) : null)
            .OfType<MessageStub>()];

    /// <summary>Messages as they were posted.</summary>
    public static List<(long Seq, MessagePosted Message)> Posted(Session session, AccountId account, IEnumerable<long> seqs) =>
        [.. session["select seq, body, words from events where account = $1 and seq = any($2)"].Bind(1, account.Value).Bind(2, seqs)
            .All(row => (row.Number(0), Read(row, 1, Json.MessagePosted) with { Words = row.IsNull(2) ? null : Read(row, 2, Json.MessageWords) }))];

    public static void Save(Session session, AccountId account, Account settings) =>
        session["insert into account_settings (account, key, state) values ($1, $2, $3) on conflict (account) do update set key = excluded.key, state = excluded.state"]
            .Bind(1, account.Value).Bind(2, settings.Key).Bind(3, Write(settings, Json.Account)).Run();

    public static void Save(Session session, AccountId account, Department department) =>
        session["insert into departments (account, id, state) values ($1, $2, $3) on conflict (account, id) do update set state = excluded.state"]
            .Bind(1, account.Value).Bind(2, department.Id.Value).Bind(3, Write(department, Json.Department)).Run();

    public static void Save(Session session, AccountId account, Channel channel) =>
        session["insert into channels (account, id, state) values ($1, $2, $3) on conflict (account, id) do update set state = excluded.state"]
            .Bind(1, account.Value).Bind(2, channel.Id.Value).Bind(3, Write(channel, Json.Channel)).Run();

    public static void Save(Session session, AccountId account, Label label) =>
        session["insert into labels (account, id, state) values ($1, $2, $3) on conflict (account, id) do update set state = excluded.state"]
            .Bind(1, account.Value).Bind(2, label.Id.Value).Bind(3, Write(label, Json.Label)).Run();

    public static void Remove(Session session, AccountId account, ChannelId channel) =>
        session["delete from channels where account = $1 and id = $2"].Bind(1, account.Value).Bind(2, channel.Value).Run();

    public static void Save(Session session, AccountId account, Operator person) =>
        session["""
            insert into operators (account, id, user_id, state, words) values ($1, $2, $3, $4, $5)
            on conflict (account, id) do update set user_id = excluded.user_id, state = excluded.state, words = excluded.words
            """]
            .Bind(1, account.Value).Bind(2, person.Id.Value).Bind(3, person.User)
            .Bind(4, Write(person with { Profile = Nobody }, Json.Operator)).Bind(5, Write(person.Profile, Json.OperatorProfile)).Run();

    public static void Save(Session session, AccountId account, Visitor visitor) =>
        session["""
            insert into visitors (account, id, customer, state, words) values ($1, $2, $3, $4, $5)
            on conflict (account, id) do update set customer = excluded.customer, state = excluded.state, words = excluded.words
            """]
            .Bind(1, account.Value).Bind(2, visitor.Id.Value).Bind(3, visitor.Customer)
            .Bind(4, Write(visitor with { Profile = null }, Json.Visitor))
            .Bind(5, visitor.Profile is { } words ? Write(words, Json.VisitorProfile) : null).Run();

    private static MessageStub Stub(long seq, MessagePosted message) => new(seq, message.Conversation, message.Visitor, message.Note, message.Author);

    public static Visitor ReadVisitor(Statement row) =>
        Read(row, 0, Json.Visitor) with { Profile = row.IsNull(1) ? null : Read(row, 1, Json.VisitorProfile) };

    public static T Read<T>(Statement row, int column, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(row.Bytes(column), type) ?? throw new JsonException("A row's state is null.");

    public static byte[] Write<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(value, type);
}
