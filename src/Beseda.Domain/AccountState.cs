using System.Collections.Immutable;
using Beseda.Domain.Accounts;
using Beseda.Domain.Channels;
using Beseda.Domain.Conversations;
using Beseda.Domain.Departments;
using Beseda.Domain.Labels;
using Beseda.Domain.Operators;
using Beseda.Domain.Visitors;

namespace Beseda.Domain;

/// <summary>
/// What the rules of one account work on: everything open, everybody who answers, and the older rows that commands named.
/// Immutable: a failed commit is undone by keeping the old one, and any thread may read the current one.
/// </summary>
public sealed record AccountState
{
    public static readonly AccountState Empty = new();

    /// <summary>The last event folded in.</summary>
    public long Seq { get; init; }
    public DateTimeOffset At { get; init; } = DateTimeOffset.UnixEpoch;

    public Account Account { get; init; } = Account.None;
    public ImmutableSortedDictionary<DepartmentId, Department> Departments { get; init; } = ImmutableSortedDictionary<DepartmentId, Department>.Empty;
    public ImmutableSortedDictionary<OperatorId, Operator> Operators { get; init; } = ImmutableSortedDictionary<OperatorId, Operator>.Empty;
    public ImmutableSortedDictionary<ChannelId, Channel> Channels { get; init; } = ImmutableSortedDictionary<ChannelId, Channel>.Empty;
    public ImmutableSortedDictionary<LabelId, Label> Labels { get; init; } = ImmutableSortedDictionary<LabelId, Label>.Empty;
    public ImmutableDictionary<ConversationId, Conversation> Conversations { get; init; } = ImmutableDictionary<ConversationId, Conversation>.Empty;
    public ImmutableDictionary<VisitorId, Visitor> Visitors { get; init; } = ImmutableDictionary<VisitorId, Visitor>.Empty;
    /// <summary>Signed customers among <see cref="Visitors"/>, by digest.</summary>
    public ImmutableDictionary<string, VisitorId> Customers { get; init; } = ImmutableDictionary<string, VisitorId>.Empty;
    /// <summary>Older messages, only while a batch that named them is decided.</summary>
    public ImmutableDictionary<long, MessageStub> Messages { get; init; } = ImmutableDictionary<long, MessageStub>.Empty;
    /// <summary>What became of messages: those that commands named, and those of the last batches.</summary>
    public ImmutableDictionary<long, MessageState> MessageStates { get; init; } = ImmutableDictionary<long, MessageState>.Empty;
    /// <summary>Messages by what their visitor's channel calls them, as far as <see cref="MessageStates"/> are known; kept by <see cref="With(MessageState)"/> alone.</summary>
    public ImmutableDictionary<(VisitorId Visitor, string External), long> Externals { get; init; } =
        ImmutableDictionary<(VisitorId, string), long>.Empty;

    /// <summary>Indexes over <see cref="Conversations"/>, kept by <see cref="With(Conversation)"/> alone.</summary>
    public ConversationIndex Index { get; init; } = ConversationIndex.Empty;

    /// <summary>When a rule has to look again although nobody says anything.</summary>
    public DateTimeOffset? Due => Index.Alarms.IsEmpty ? null : Index.Alarms.Min.At;

    public AccountState With(Conversation conversation)
    {
        var old = Conversations.GetValueOrDefault(conversation.Id);
        return this with
        {
            Conversations = Conversations.SetItem(conversation.Id, conversation),
            Index = Index.Replace(old, AlarmOf(old), conversation, AlarmOf(conversation)),
        };
    }

    public AccountState With(Visitor visitor) => this with
    {
        Visitors = Visitors.SetItem(visitor.Id, visitor),
        Customers = visitor.Customer is { } customer ? Customers.SetItem(customer, visitor.Id) : Customers,
    };

    public AccountState With(MessageState message)
    {
        var gone = MessageStates.GetValueOrDefault(message.Message)?.Externals.Except(message.Externals) ?? [];
        return this with
        {
            MessageStates = MessageStates.SetItem(message.Message, message),
            Externals = Externals.RemoveRange(gone.Select(external => (message.Visitor, external)))
                .SetItems(message.Externals.Select(external => KeyValuePair.Create((message.Visitor, external), message.Message))),
        };
    }

    /// <summary>Replaces an operator; the alarms of their conversations follow.</summary>
    public AccountState With(Operator person)
    {
        var state = this with { Operators = Operators.SetItem(person.Id, person) };
        foreach (var id in Index.Of(person.Id))
            state = state.Rearmed(Conversations[id], AlarmOf(Conversations[id]));
        return state;
    }

    public AccountState With(Department department)
    {
        var state = this with { Departments = Departments.SetItem(department.Id, department) };
        foreach (var conversation in Conversations.Values)
            if (conversation.Department == department.Id)
                state = state.Rearmed(conversation, AlarmOf(conversation));
        return state;
    }

    /// <summary>Forgets a row that nothing open refers to; a command that needs it names it again.</summary>
    public AccountState Without(Visitor visitor) => this with
    {
        Visitors = Visitors.Remove(visitor.Id),
        Customers = visitor.Customer is { } customer ? Customers.Remove(customer) : Customers,
    };

    /// <inheritdoc cref="Without(Visitor)"/>
    public AccountState Without(Conversation closed) => this with { Conversations = Conversations.Remove(closed.Id) };

    public Visitor VisitorOrNew(VisitorId id) => Visitors.GetValueOrDefault(id) ?? new Visitor(id);

    public bool Administers(Actor by) => by switch
    {
        Actor.System => true,
        Actor.Operator { Id: var id } => Operators.GetValueOrDefault(id) is { Enabled: true, Role: Role.Administrator },
        _ => false,
    };

    private AccountState Rearmed(Conversation conversation, Alarm? before) =>
        this with { Index = Index.Replace(conversation, before, conversation, AlarmOf(conversation)) };

    private Alarm? AlarmOf(Conversation? conversation) =>
        conversation is null ? null : Alarm.Of(conversation, Departments.GetValueOrDefault(conversation.Department), Owner(conversation));

    private Operator? Owner(Conversation conversation) =>
        conversation.Operator is { } id ? Operators.GetValueOrDefault(id) : null;
}
