using System.Collections.Immutable;
using Beseda.Domain.Metrics;
using Beseda.Domain.Ratings;

namespace Beseda.Domain.Conversations;

/// <summary>A conversation as rules know it: no words.</summary>
public sealed record Conversation
{
    public required ConversationId Id { get; init; }
    public required VisitorId Visitor { get; init; }
    public required DepartmentId Department { get; init; }
    public required string Channel { get; init; }
    public string? Location { get; init; }
    /// <summary>The visitor's when it started: two letters.</summary>
    public string? Language { get; init; }
    public LabelId? Category { get; init; }
    /// <summary>In order; null: none.</summary>
    public ImmutableArray<LabelId>? Tags { get; init; }

    public required Stage Stage { get; init; }
    /// <summary>Who it is offered to, or whose it is.</summary>
    public OperatorId? Operator { get; init; }
    /// <summary>The last operator who accepted it.</summary>
    public OperatorId? LastOperator { get; init; }
    /// <summary>Everybody it is or was assigned to.</summary>
    public ImmutableArray<OperatorId> Participants { get; init; } = [];
    /// <summary>Who let an offer lapse since it was last accepted or transferred, longest ago first.</summary>
    public ImmutableArray<OperatorId> Missed { get; init; } = [];

    /// <summary>Its place in the department's queue: lower comes first.</summary>
    public long Order { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    /// <summary>When it first entered a human queue.</summary>
    public required DateTimeOffset WaitingSince { get; init; }
    /// <summary>When it was assigned to its present operator.</summary>
    public DateTimeOffset? AssignedAt { get; init; }
    /// <summary>The offer lapses then.</summary>
    public DateTimeOffset? Until { get; init; }
    public required DateTimeOffset LastMessageAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public Closer? ClosedBy { get; init; }
    public CloseReason? ClosedWhy { get; init; }

    public long LastMessage { get; init; }
    public long LastVisitorMessage { get; init; }
    /// <summary>The visitor's messages that no operator has read.</summary>
    public int Unread { get; init; }
    public long ReadByVisitor { get; init; }
    public long ReadByOperator { get; init; }

    /// <summary>The visitor's channel may not write to them.</summary>
    public bool Stopped { get; init; }

    public ImmutableArray<Rating> Ratings { get; init; } = [];

    /// <summary>Null: it was written by a release that did not count yet.</summary>
    public Tally? Tally { get; init; }

    public ImmutableArray<LabelId> AllTags() => Tags ?? [];

    public bool IsOpen => Stage != Stage.Closed;

    /// <summary>Only that differs which <see cref="Evolution.Said"/> changes.</summary>
    public bool EqualsBesidesTalk(Conversation other) => this == other with
    {
        LastMessage = LastMessage,
        LastMessageAt = LastMessageAt,
        LastVisitorMessage = LastVisitorMessage,
        Unread = Unread,
        ReadByVisitor = ReadByVisitor,
        ReadByOperator = ReadByOperator,
        Tally = Tally,
    };
}

public enum Stage
{
    Queued,
    /// <summary>Offered to an operator who has not accepted yet.</summary>
    Assigned,
    Active,
    Closed,
}

/// <summary>A conversation's place in a queue.</summary>
public readonly record struct Waiting(long Order, ConversationId Conversation) : IComparable<Waiting>
{
    public int CompareTo(Waiting other) => (Order, Conversation).CompareTo((other.Order, other.Conversation));
}

/// <summary>What a command needs to know of an older message, as it was posted.</summary>
public sealed record MessageStub(long Seq, ConversationId Conversation, VisitorId Visitor, bool Note, Author Author);
