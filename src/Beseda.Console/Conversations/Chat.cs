using Beseda.Protocol;

namespace Beseda.Workplace.Conversations;

/// <summary>An open conversation as the lists and the header of its page show it. Only <see cref="Board"/> changes it.</summary>
public sealed class Chat
{
    private long asOf;
    private long lastByVisitor;

    public Chat(DeskConversation known, long asOf)
    {
        Id = known.Id;
        Take(known, asOf);
    }

    public long Id { get; }
    public VisitorCard Visitor { get; private set; } = null!;
    /// <summary>What the company's site vouched for, where that was told.</summary>
    public IReadOnlyDictionary<string, string>? Fields { get; private set; }
    public string Channel { get; private set; } = "";
    public string? Location { get; private set; }
    public long Department { get; private set; }
    public ConversationStatus Status { get; private set; }
    /// <summary>Who has it, or whom it is offered to.</summary>
    public long? Operator { get; private set; }
    public DateTimeOffset StartedAt { get; private set; }
    public DateTimeOffset WaitingSince { get; private set; }
    public DateTimeOffset? Until { get; private set; }
    public LastMessage? Last { get; private set; }
    /// <summary>When the visitor wrote last; null: not known.</summary>
    public DateTimeOffset? VisitorWrote { get; private set; }
    public int Unread { get; private set; }
    /// <summary>The visitor wrote then and nobody has answered.</summary>
    public DateTimeOffset? Unanswered { get; private set; }
    public Why? Why { get; private set; }
    public long? Category { get; private set; }
    public IReadOnlyList<long> Tags { get; private set; } = [];
    /// <summary>What the visitor is typing: empty when only that they type is known.</summary>
    public Draft? Draft { get; private set; }
    /// <summary>Goes up with every change that can be seen.</summary>
    public int Version { get; private set; }

    public bool IsOpen => Status != ConversationStatus.Closed;

    public DateTimeOffset LastAt => Last?.At ?? StartedAt;

    /// <summary>What a snapshot knows better: everything.</summary>
    public void Take(DeskConversation known, long snapshot)
    {
        (Visitor, Channel, Location) = (known.Visitor, known.Channel, known.Location);
        (Department, Status, Operator) = (known.Department, known.Status, known.Operator);
        (StartedAt, WaitingSince, Until) = (known.StartedAt, known.WaitingSince, known.Until);
        (Category, Tags) = (known.Category, known.Tags ?? []);
        (Last, Unread, asOf) = (known.Last, known.Unread, snapshot);
        if (Last is { Author: AuthorKind.Visitor } waiting) (lastByVisitor, VisitorWrote, Unanswered) = (waiting.Seq, waiting.At, Unanswered ?? waiting.At);
        else if (Last is not { Note: true }) Unanswered = null;
        Version++;
    }

    /// <summary>False when a snapshot had it already.</summary>
    public bool Apply(Entry entry)
    {
        if (entry.Seq <= asOf) return false;
        asOf = entry.Seq;
        switch (entry)
        {
            case ConversationQueued queued:
                (Status, Operator, Until, Department) = (ConversationStatus.Queued, null, null, queued.Department);
                break;
            case ConversationAssigned assigned:
                (Status, Operator, Until, Why) = (ConversationStatus.Assigned, assigned.Operator, assigned.Until, assigned.Why ?? Why);
                break;
            case ConversationAccepted accepted:
                (Status, Operator, Until) = (ConversationStatus.Active, accepted.Operator.Id, null);
                break;
            case ConversationMoved moved:
                Visitor = new VisitorCard(moved.Into, Visitor.Name);
                break;
            case ConversationMerged or ConversationClosed:
                (Status, Until, Draft) = (ConversationStatus.Closed, null, null);
                break;
            case ConversationLabelled labelled:
                (Category, Tags) = (labelled.Category, labelled.Tags);
                break;
            case MessagePosted message:
                Posted(message);
                break;
            case MessageEdited edited when edited.Message == Last?.Seq:
                Last = Last! with { Text = edited.Text };
                break;
            case MessageDeleted deleted when deleted.Message == Last?.Seq:
                Last = Last! with { Text = null, Files = null };
                break;
            case MessageSent or MessageDelivered or MessageResent or FileArrived:
                return false;
            case MessageRead { By: AuthorKind.Operator } read when read.Message >= lastByVisitor:
                Unread = 0;
                break;
            case VisitorIdentified identified:
                Visitor = new VisitorCard(identified.Visitor, identified.Fields.GetValueOrDefault("name") ?? Visitor.Name);
                Fields = identified.Fields;
                break;
        }
        Version++;
        return true;
    }

    private void Explain(ConversationAssigned assigned)
    {
        if (assigned.Operator == Operator) Why = assigned.Why ?? Why;
    }

    /// <summary>What only a timeline tells.</summary>
    public void Learn(ConversationTimeline timeline)
    {
        Fields = timeline.Fields ?? Fields;
        foreach (var assigned in timeline.Events.OfType<ConversationAssigned>()) Explain(assigned);
        foreach (var message in timeline.Events.OfType<MessagePosted>())
            if (message.Author.Kind == AuthorKind.Visitor && !(VisitorWrote > message.At)) VisitorWrote = message.At;
    }

    /// <summary>A draft sent before the message it became is worth nothing.</summary>
    public bool Types(TypingSignal signal, DateTimeOffset now)
    {
        if (signal.Author.Kind != AuthorKind.Visitor || signal.Head < lastByVisitor || !IsOpen) return false;
        Draft = signal.Draft is "" ? null : new Draft(signal.Draft ?? "", now + Draft.Lasts);
        Version++;
        return true;
    }

    public bool Forget(DateTimeOffset now)
    {
        if (Draft is null || Draft.Until > now) return false;
        Draft = null;
        Version++;
        return true;
    }

    private void Posted(MessagePosted message)
    {
        // What a channel says by itself answers nobody.
        if (message.Author.Kind == AuthorKind.System) return;
        Last = new LastMessage(message.Seq, message.At, message.Author.Kind, message.Text, message.Note, message.Files);
        if (message.Note) return;
        if (message.Author.Kind == AuthorKind.Visitor)
        {
            (Draft, lastByVisitor, VisitorWrote) = (null, message.Seq, message.At);
            Unread++;
            Unanswered ??= message.At;
        }
        else
        {
            (Unread, Unanswered) = (0, null);
        }
    }
}

/// <param name="Until">Forgotten then, unless repeated.</param>
public sealed record Draft(string Text, DateTimeOffset Until)
{
    public static readonly TimeSpan Lasts = TimeSpan.FromSeconds(6);
}
