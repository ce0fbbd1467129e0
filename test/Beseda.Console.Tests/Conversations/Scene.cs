using Beseda.Client;
using Beseda.Protocol;
using Beseda.Workplace.Conversations;
using Microsoft.Extensions.Time.Testing;

namespace Beseda.Console.Tests.Conversations;

/// <summary>Anna at her desk, a clock that stands still, and the events a server would send, numbered.</summary>
internal sealed class Scene
{
    public const long Anna = 2, Nikolay = 3, Support = 1, Sales = 2;

    public static readonly DateTimeOffset Noon = new(2026, 3, 12, 12, 0, 0, TimeSpan.Zero);

    public Scene(params DeskConversation[] open)
    {
        Clock = new FakeTimeProvider(Noon);
        Pulse = new Pulse(Clock);
        Board = new Board(Pulse, Clock);
        Board.Load(Desk(open));
    }

    public FakeTimeProvider Clock { get; }

    public Pulse Pulse { get; }

    public Board Board { get; }

    public long Seq { get; private set; } = 100;

    /// <summary>A messenger that can much, and one that can little and only for a day.</summary>
    public static readonly IReadOnlyList<DeskChannel> Channels =
    [
        new("telegram", new Capabilities(4096, MaxFile: 1_000, Edit: true, Delete: true, Delivered: true, Replies: true)),
        new("messenger", new Capabilities(2000, ReplyWithinHours: 24)),
    ];

    public Desk Desk(params DeskConversation[] open) => new(
        Seq, "j1", Clock.GetUtcNow(), new Me(Anna, "Анна", "anna@demo.example", Role.Operator, OperatorStatus.Online, 4, [Support]),
        [Person(Anna, "Анна"), Person(Nikolay, "Николай")],
        [new DeskDepartment(Support, "Поддержка", Routing.Hand), new DeskDepartment(Sales, "Продажи", Routing.Hand)], open, Channels);

    public static DeskConversation Chat(
        long id, ConversationStatus status = ConversationStatus.Queued, long? person = null, LastMessage? last = null, int unread = 0) => new(
        id, new VisitorCard($"visitor{id:0000}", null), "site", null, Support, status, person, Noon.AddMinutes(-10),
        Noon.AddMinutes(-10 + (id / 100.0)), null, 1, last, unread);

    public Chat? this[long id] => Board.Find(id);

    /// <summary>The event, numbered and told.</summary>
    public T Tell<T>(long conversation, T entry) where T : Entry
    {
        entry = entry with { Seq = ++Seq, At = Clock.GetUtcNow(), Conversation = conversation };
        Board.Apply(new EntryFrame(entry));
        Board.Arrange(false);
        return entry;
    }

    public ConversationQueued Queued(long id, string reason = "new", long department = Support) => Tell(id, new ConversationQueued
    {
        Seq = 0,
        At = default,
        Department = department,
        Position = 1,
        Reason = reason,
        WithinHours = true,
        OperatorsOnline = 1,
    });

    public ConversationStarted Started(long id, string? name = null) => Tell(id, new ConversationStarted
    {
        Seq = 0,
        At = default,
        Visitor = new VisitorCard($"visitor{id:0000}", name),
        Channel = "site",
        Department = Support,
    });

    public ConversationAssigned Assigned(long id, long person, int? seconds = 30) => Tell(id, new ConversationAssigned
    {
        Seq = 0,
        At = default,
        Operator = person,
        Until = seconds is { } s ? Clock.GetUtcNow().AddSeconds(s) : null,
        Why = new Why("fewest-open", [new Considered(person, 1, 4, null)], []),
    });

    public ConversationAccepted Accepted(long id, long person) =>
        Tell(id, new ConversationAccepted { Seq = 0, At = default, Operator = new OperatorCard(person, "") });

    public ConversationClosed Closed(long id) => Tell(id, new ConversationClosed { Seq = 0, At = default, By = ClosedBy.Visitor });

    public MessagePosted Says(long id, string text, long? person = null, bool note = false, string? clientId = null) => Tell(id, Message(text, person, note, clientId));

    public MessageRead Read(long id, long message, AuthorKind by) => Tell(id, new MessageRead { Seq = 0, At = default, Message = message, By = by });

    public void Types(long id, string? draft, long? head = null) =>
        Board.Apply(new TypingFrame(new TypingSignal(id, new Author(AuthorKind.Visitor), head ?? Seq, draft)));

    public static MessagePosted Message(string text, long? person = null, bool note = false, string? clientId = null) => new()
    {
        Seq = 0,
        At = default,
        ClientId = clientId ?? Guid.NewGuid().ToString("N"),
        Text = text,
        Note = note,
        Author = person is { } id ? new Author(AuthorKind.Operator, id, $"Оператор {id}") : new Author(AuthorKind.Visitor),
    };

    private static DeskOperator Person(long id, string name) => new(id, name, null, null, Role.Operator, OperatorStatus.Online, 0, 4, [Support]);
}
