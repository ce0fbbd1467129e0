using System.Text.Json;
using Beseda.Domain.Accounts;
using Beseda.Domain.Channels;
using Beseda.Domain.Conversations;
using Beseda.Domain.Departments;
using Beseda.Domain.Labels;
using Beseda.Domain.Operators;
using Beseda.Domain.Visitors;
using Beseda.Journal;
using Beseda.Server.Reports.Facts;
using Beseda.Server.Storage;

namespace Beseda.Server.Upkeep;

/// <summary>Every row of an account as text with its key: as it lies in a table, and as a state has it.</summary>
internal static class RowTexts
{
    private static readonly StoredJson Json = StoredJson.Instance;

    public static readonly IReadOnlyList<string> Tables = ["account_settings", "departments", "channels", "labels", "operators", "visitors", "conversations", "message_states"];

    public static Dictionary<long, string> In(string table, Session session, AccountId account) => (table switch
    {
        "account_settings" => session["select account, state from account_settings where account = $1"].Bind(1, account.Value)
            .All(row => (row.Number(0), Text(ChatRows.Read(row, 1, Json.Account)))),
        "departments" => session["select id, state from departments where account = $1"].Bind(1, account.Value)
            .All(row => (row.Number(0), Text(ChatRows.Read(row, 1, Json.Department)))),
        "channels" => session["select id, state from channels where account = $1"].Bind(1, account.Value)
            .All(row => (row.Number(0), Text(ChatRows.Read(row, 1, Json.Channel)))),
        "labels" => session["select id, state from labels where account = $1"].Bind(1, account.Value)
            .All(row => (row.Number(0), Text(ChatRows.Read(row, 1, Json.Label)))),
        "message_states" => MessageRows.All(session, account).Select(row => (row.State.Message, Text(row.State, row.Externals))),
        "operators" => session["select id, state, words, user_id from operators where account = $1"].Bind(1, account.Value)
            .All(row => (row.Number(0), Text(ChatRows.Read(row, 1, Json.Operator) with { User = row.Number(3), Profile = ChatRows.Read(row, 2, Json.OperatorProfile) }))),
        "visitors" => Visitors(session, account),
        _ => ConversationRows.All(session, account).Select(row => (row.Key, Text(row.Value.Conversation, row.Value.Open))),
    }).ToDictionary(row => row.Item1, row => row.Item2);

    public static Dictionary<long, string> Of(string table, AccountState state, AccountId account) => table switch
    {
        "account_settings" => ReferenceEquals(state.Account, Account.None) ? [] : new() { [account.Value] = Text(state.Account) },
        "departments" => state.Departments.Values.ToDictionary(one => one.Id.Value, Text),
        "channels" => state.Channels.Values.ToDictionary(one => one.Id.Value, Text),
        "labels" => state.Labels.Values.ToDictionary(one => one.Id.Value, Text),
        "message_states" => state.MessageStates.Values.ToDictionary(one => one.Message, one => Text(one, one.Externals)),
        "operators" => state.Operators.Values.ToDictionary(one => one.Id.Value, Text),
        "visitors" => state.Visitors.Values.ToDictionary(one => one.Id.Value, one => Text(one, PersonRows.Of(one))),
        _ => state.Conversations.Values.ToDictionary(one => one.Id.Value, one => Text(one, one.IsOpen)),
    };

    /// <summary>Writes a row as the state has it; one that it does not have is removed.</summary>
    public static void Repair(string table, long key, Session session, AccountId account, AccountState state)
    {
        switch (table)
        {
            case "account_settings":
                ChatRows.Save(session, account, state.Account);
                break;
            case "departments" when state.Departments.TryGetValue(new DepartmentId(key), out var department):
                ChatRows.Save(session, account, department);
                break;
            case "channels" when state.Channels.TryGetValue(new ChannelId(key), out var channel):
                ChatRows.Save(session, account, channel);
                break;
            case "labels" when state.Labels.TryGetValue(new LabelId(key), out var label):
                ChatRows.Save(session, account, label);
                break;
            case "message_states" when state.MessageStates.TryGetValue(key, out var message):
                MessageRows.Save(session, account, null, message);
                break;
            case "operators" when state.Operators.TryGetValue(new OperatorId(key), out var person):
                ChatRows.Save(session, account, person);
                break;
            case "visitors" when state.Visitors.TryGetValue(new VisitorId(key), out var visitor):
                ChatRows.Save(session, account, visitor);
                PersonRows.Repair(session, account, visitor);
                break;
            case "conversations" when state.Conversations.TryGetValue(new ConversationId(key), out var conversation):
                ConversationRows.Save(session, account, conversation, state.Seq);
                if (!conversation.IsOpen)
                    FactRows.Mark(session, account, conversation.Id, state.Seq);
                break;
            default:
                Deletion(table, session).Bind(1, account.Value).Bind(2, key).Run();
                break;
        }
    }

    private static IEnumerable<(long, string)> Visitors(Session session, AccountId account)
    {
        var known = PersonRows.All(session, account);
        return [.. session["select state, words, id, customer from visitors where account = $1"].Bind(1, account.Value)
            .All(row => ChatRows.ReadVisitor(row) with { Id = new VisitorId(row.Number(2)), Customer = row.IsNull(3) ? null : row.Text(3) })
            .ToList().Select(visitor => (visitor.Id.Value, Text(visitor, known[visitor.Id.Value])))];
    }

    private static Statement Deletion(string table, Session session) => table switch
    {
        "departments" => session["delete from departments where account = $1 and id = $2"],
        "channels" => session["delete from channels where account = $1 and id = $2"],
        "labels" => session["delete from labels where account = $1 and id = $2"],
        "message_states" => session["delete from message_states where account = $1 and message = $2"],
        "operators" => session["delete from operators where account = $1 and id = $2"],
        "visitors" => session["delete from visitors where account = $1 and id = $2"],
        _ => session["delete from conversations where account = $1 and id = $2"],
    };

    private static string Text(Account settings) => JsonSerializer.Serialize(settings, Json.Account);

    private static string Text(Channel channel) => JsonSerializer.Serialize(channel, Json.Channel);

    private static string Text(Label label) => JsonSerializer.Serialize(label, Json.Label);

    private static string Text(MessageState message, IEnumerable<string> externals) =>
        $"{JsonSerializer.Serialize(message, Json.MessageState)} {string.Join(' ', externals.Order(StringComparer.Ordinal))}";

    private static string Text(Department department) => JsonSerializer.Serialize(department, Json.Department);

    private static string Text(Operator person) =>
        JsonSerializer.Serialize(person, Json.Operator) + JsonSerializer.Serialize(person.Profile, Json.OperatorProfile);

    private static string Text(Visitor visitor, IEnumerable<string> known) =>
        JsonSerializer.Serialize(visitor, Json.Visitor) + (visitor.Profile is { } profile ? JsonSerializer.Serialize(profile, Json.VisitorProfile) : "")
        + string.Join(' ', known.Order(StringComparer.Ordinal));

    private static string Text(Conversation conversation, bool isOpen) =>
        $"{(isOpen ? "open" : "closed")} {JsonSerializer.Serialize(conversation, Json.Conversation)}";
}
