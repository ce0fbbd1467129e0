using System.Collections.Immutable;
using Beseda.Domain.Deliveries;
using Beseda.Domain.Files;

namespace Beseda.Domain.Conversations;

/// <summary>What became of a message since it was posted; none for a message of which nothing did.</summary>
public sealed record MessageState(long Message, ConversationId Conversation, VisitorId Visitor)
{
    /// <summary>It came from the visitor, not from the company.</summary>
    public bool FromVisitor { get; init; }
    /// <summary>What its channel calls it, part by part: a long message is several there.</summary>
    public ImmutableArray<string> Externals { get; init; } = [];
    /// <summary>Which parts the platform has taken.</summary>
    public ImmutableArray<int> Parts { get; init; } = [];
    /// <summary>The seqs of its edits; the newest, the last, counts.</summary>
    public ImmutableArray<long> Edits { get; init; } = [];
    /// <summary>The seqs of what was said of its files later; null: nothing.</summary>
    public ImmutableArray<long>? Arrivals { get; init; }
    public bool Deleted { get; init; }
    public Delivery Delivery { get; init; }
    /// <summary>Why it could not be delivered.</summary>
    public DeliveryFault? Failure { get; init; }
    /// <summary>Files that have changed since: by their ids.</summary>
    public ImmutableSortedDictionary<string, MessageFile> Files { get; init; } = ImmutableSortedDictionary<string, MessageFile>.Empty;

    public bool Equals(MessageState? other) => other is not null
        && (Message, Conversation, Visitor, FromVisitor, Deleted, Delivery, Failure)
            == (other.Message, other.Conversation, other.Visitor, other.FromVisitor, other.Deleted, other.Delivery, other.Failure)
        && Externals.SequenceEqual(other.Externals) && Parts.SequenceEqual(other.Parts) && Edits.SequenceEqual(other.Edits)
        && (Arrivals ?? []).SequenceEqual(other.Arrivals ?? []) && Files.SequenceEqual(other.Files);

    public override int GetHashCode() => Message.GetHashCode();
}

/// <summary>How far a message to a visitor has got in its channel. Only ever further, but for a failure and a new attempt.</summary>
public enum Delivery
{
    /// <summary>It is not said: the site's own chat needs no such steps.</summary>
    None,
    /// <summary>The platform has all of it.</summary>
    Sent,
    /// <summary>The visitor's device has it.</summary>
    Delivered,
    Failed,
}
