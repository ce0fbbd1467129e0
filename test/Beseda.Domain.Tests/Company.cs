using Beseda.Domain.Conversations;
using Beseda.Domain.Departments;
using Beseda.Domain.Operators;

namespace Beseda.Domain.Tests;

/// <summary>
/// A company on whose state the rules are tried: its clock stands still until it is told to go on. It has one department,
/// <see cref="Support"/>, and an administrator who is never online.
/// </summary>
internal sealed class Company
{
    public static readonly VisitorId Ivan = new(101), Olga = new(102), Petr = new(103), Vera = new(104);
    public static readonly TimeSpan AcceptWithin = TimeSpan.FromSeconds(30), Grace = TimeSpan.FromMinutes(2), CloseAfter = TimeSpan.FromHours(1);
    public static readonly TimeSpan Moment = TimeSpan.FromMicroseconds(1);

    private readonly List<Recorded> journal = [];
    private long users;
    private long messages;

    public Company(Routed routing)
    {
        Support = Opens("Support", routing);
        Admin = Hires("Admin", Role.Administrator, status: Status.Offline, departments: []);
    }

    public AccountState State { get; set; } = AccountState.Empty;
    public DateTimeOffset Now { get; private set; } = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    public Receipt Receipt { get; private set; }
    public DepartmentId Support { get; }
    public OperatorId Admin { get; }
    public IReadOnlyList<Recorded> Journal => journal;

    public Conversation this[ConversationId id] => State.Conversations[id];
    public Operator this[OperatorId id] => State.Operators[id];

    public int? Position(ConversationId id) => State.Index.Position(this[id]);

    public void Wait(TimeSpan time) => Now += time;

    /// <summary>What the rules say, without any effect.</summary>
    public Outcome Ask(Actor by, Command command) => Decider.Decide(State, new Spoken(by, command), Now);

    /// <summary>Carries it out, and answers with what happened.</summary>
    public IReadOnlyList<Event> Do(Actor by, Command command)
    {
        var outcome = Ask(by, command);
        Assert.True(outcome is Outcome.Accepted, $"{command} by {by}: {outcome}");
        var accepted = (Outcome.Accepted)outcome;
        journal.AddRange(accepted.Events);
        State = accepted.State;
        Receipt = accepted.Receipt;
        return [.. accepted.Events.Select(recorded => recorded.Event)];
    }

    public IReadOnlyList<Event> Do(OperatorId by, Command command) => Do(new Actor.Operator(by), command);
    public IReadOnlyList<Event> Do(VisitorId by, Command command) => Do(new Actor.Visitor(by), command);
    public IReadOnlyList<Event> Do(Command command) => Do(Actor.System.Itself, command);

    public Refusal? Refusal(Actor by, Command command) => (Ask(by, command) as Outcome.Refused)?.Why;
    public Refusal? Refusal(OperatorId by, Command command) => Refusal(new Actor.Operator(by), command);
    public Refusal? Refusal(VisitorId by, Command command) => Refusal(new Actor.Visitor(by), command);
    public Refusal? Refusal(Command command) => Refusal(Actor.System.Itself, command);

    public DepartmentId Opens(string name, Routed routing)
    {
        Do(new ChangeDepartment(null, new Department(default, name, routing, AcceptWithin, Grace, CloseAfter)));
        return new DepartmentId(Receipt.Seq);
    }

    public void Changes(DepartmentId id, Func<Department, Department> change) =>
        Do(new ChangeDepartment(id, change(State.Departments[id])));

    public OperatorId Hires(
        string name, Role role = Role.Operator, int limit = 4, Status status = Status.Online, DepartmentId[]? departments = null)
    {
        var person = new OperatorChanged(
            default, ++users, role, limit, [.. departments ?? [Support]], true, new OperatorProfile(name, $"{name}@company.example"));
        Do(new ChangeOperator(null, person));
        var id = new OperatorId(Receipt.Seq);
        if (status != Status.Offline)
            Do(id, new SetStatus(status));
        return id;
    }

    public IReadOnlyList<Event> Changes(OperatorId id, Func<OperatorChanged, OperatorChanged> change) =>
        Do(new ChangeOperator(id, change(Record(id))));

    /// <summary>An operator as an administrator saves them.</summary>
    public OperatorChanged Record(OperatorId id)
    {
        var one = this[id];
        return new(id, one.User, one.Role, one.Limit, one.Departments, one.Enabled, one.Profile);
    }

    /// <summary>A visitor writes; the answer is the conversation it went into.</summary>
    public ConversationId Writes(VisitorId visitor, DepartmentId? to = null)
    {
        Do(visitor, new PostMessage($"m{++messages}", "Здравствуйте!") { Department = to });
        return Receipt.Conversation!.Value;
    }

    /// <summary>An operator writes; the answer is the message's seq.</summary>
    public long Answers(OperatorId person, ConversationId conversation, bool note = false)
    {
        Do(person, new PostMessage($"m{++messages}", "Добрый день!") { Conversation = conversation, Note = note });
        return Receipt.Seq;
    }

    /// <summary>A conversation that this operator took from the queue.</summary>
    public ConversationId Serves(OperatorId person, VisitorId visitor, DepartmentId? department = null)
    {
        var conversation = Writes(visitor, department);
        Do(person, new TakeConversation(conversation));
        return conversation;
    }

    public IReadOnlyList<Event> Ticks(TimeSpan after = default)
    {
        Wait(after);
        return Do(Tick.Now);
    }

    /// <summary>Makes older messages known, as the engine does for those that a command names.</summary>
    public void Remembers(params long[] messages)
    {
        foreach (var seq in messages)
            if (journal.Single(one => one.Seq == seq).Event is MessagePosted posted)
                State = State with { Messages = State.Messages.SetItem(seq, new MessageStub(seq, posted.Conversation, posted.Visitor, posted.Note, posted.Author)) };
    }

    public static string Kinds(IEnumerable<Event> events) => string.Join(", ", events.Select(one => one.GetType().Name));
}
