using System.Collections.Immutable;
using Beseda.Domain.Channels;
using Beseda.Domain.Files;
using Beseda.Domain.Metrics;
using Beseda.Domain.Routing;

namespace Beseda.Domain.Conversations;

/// <param name="Channel">Where it was asked: <c>site</c>, later <c>app</c>, <c>telegram</c> and so on.</param>
/// <param name="Location">Which of the company's sites or apps.</param>
/// <param name="Source">What led to it: <c>visitor</c> wrote first.</param>
public sealed record ConversationStarted(
    ConversationId Conversation, VisitorId Visitor, DepartmentId Department, string Channel, string? Location, string Source)
    : ConversationEvent(Conversation, Visitor)
{
    /// <summary>The visitor's: two letters; null: not known.</summary>
    public string? Language { get; init; }
    /// <summary>See <see cref="MessagePosted.Number"/>.</summary>
    public long? Number { get; init; }
}

/// <param name="Position">From 1.</param>
/// <param name="Order">See <see cref="Conversation.Order"/>.</param>
public sealed record ConversationQueued(
    ConversationId Conversation, VisitorId Visitor, DepartmentId Department, QueueReason Reason, int Position, long Order,
    bool WithinHours, int OperatorsOnline) : ConversationEvent(Conversation, Visitor);

public enum QueueReason { New, Transfer, AcceptTimeout, OperatorLost, OperatorOffline }

/// <param name="Until">To be accepted before; null when the operator took it themselves.</param>
public sealed record ConversationAssigned(
    ConversationId Conversation, VisitorId Visitor, OperatorId Operator, DateTimeOffset? Until, Why Why)
    : ConversationEvent(Conversation, Visitor);

public sealed record ConversationAccepted(ConversationId Conversation, VisitorId Visitor, OperatorId Operator)
    : ConversationEvent(Conversation, Visitor)
{
    /// <summary>As the account has it at this moment; null: <see cref="Metrics.Pauses.Standard"/>.</summary>
    public Pauses? Pauses { get; init; }
}

public sealed record ConversationTransferred(
    ConversationId Conversation, VisitorId Visitor, Place From, Place To, OperatorId By, TransferWords? Words)
    : ConversationEvent(Conversation, Visitor);

/// <summary>With an operator of a department, or in its queue (no operator).</summary>
public sealed record Place(DepartmentId Department, OperatorId? Operator);

public sealed record TransferWords(string Comment);

/// <param name="Operator">Who closed it, when an operator did.</param>
public sealed record ConversationClosed(
    ConversationId Conversation, VisitorId Visitor, Closer By, CloseReason Why, OperatorId? Operator)
    : ConversationEvent(Conversation, Visitor)
{
    /// <summary>See <see cref="MessagePosted.Number"/>.</summary>
    public long? Number { get; init; }
}

public enum Closer { Visitor, Operator, Timeout, System }

public enum CloseReason { Finished, Idle, Merged }

/// <param name="Visitor">Whose it is from here on.</param>
/// <param name="From">The anonymous visitor it was.</param>
public sealed record ConversationMoved(ConversationId Conversation, VisitorId Visitor, VisitorId From)
    : ConversationEvent(Conversation, Visitor);

/// <param name="Into">The customer's other conversation, which goes on.</param>
/// <param name="Customer">Who the visitor turned out to be.</param>
public sealed record ConversationMerged(ConversationId Conversation, VisitorId Visitor, ConversationId Into, VisitorId Customer)
    : ConversationEvent(Conversation, Visitor);

public sealed record MessagePosted(
    ConversationId Conversation, VisitorId Visitor, Author Author, string ClientId, bool Note, long? ReplyTo, MessageWords? Words)
    : ConversationEvent(Conversation, Visitor)
{
    /// <summary>What its channel calls it: unique among the messages of one visitor. Null where Beseda's own number is all there is.</summary>
    public string? External { get; init; }
    /// <summary>Its number among all messages of its chat, in a channel that numbers them without gaps.</summary>
    public long? Number { get; init; }
    /// <summary>Null: none. As they were when it was posted: see <see cref="MessageState.Files"/>.</summary>
    public ImmutableArray<MessageFile>? Files { get; init; }
}

/// <param name="Text">May be empty where there are files.</param>
public sealed record MessageWords(string Text)
{
    /// <summary>Of each of the message's files, in their order.</summary>
    public ImmutableArray<FileWords>? Files { get; init; }
    public ImmutableArray<Button>? Buttons { get; init; }
    /// <summary>What a letter repeats of those before it: kept, and shown only when asked for.</summary>
    public string? Quoted { get; init; }
    /// <summary>What a letter is about: its answers say so, too.</summary>
    public string? Subject { get; init; }
}

/// <summary>The newest edit counts.</summary>
/// <param name="Message">Its seq.</param>
public sealed record MessageEdited(ConversationId Conversation, VisitorId Visitor, long Message, bool Note, Author By, MessageWords? Words)
    : ConversationEvent(Conversation, Visitor);

/// <summary>Its words, and those of its edits, are erased where they are stored.</summary>
public sealed record MessageDeleted(ConversationId Conversation, VisitorId Visitor, long Message, bool Note, Author By)
    : ConversationEvent(Conversation, Visitor);

/// <summary>Who wrote: the kind, and which operator.</summary>
public readonly record struct Author(AuthorKind Kind, OperatorId? Operator = null);

public enum AuthorKind { Visitor, Operator, Bot, System }

/// <summary>That side has seen everything up to <paramref name="Message"/>.</summary>
public sealed record MessageRead(ConversationId Conversation, VisitorId Visitor, Author By, long Message)
    : ConversationEvent(Conversation, Visitor);

/// <summary>The visitor has stopped the channel from writing to them, or lets it again.</summary>
public sealed record VisitorStopped(ConversationId Conversation, VisitorId Visitor, bool Stopped) : ConversationEvent(Conversation, Visitor);
