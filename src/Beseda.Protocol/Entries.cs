using System.Text.Json.Serialization;

namespace Beseda.Protocol;

/// <summary>
/// One event as a reader sees it, in a timeline and on a feed alike: the envelope <c>{seq, kind, at, conversation?}</c>
/// and the fields of its kind. A kind this version does not know reads as a bare <see cref="Entry"/>.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind", IgnoreUnrecognizedTypeDiscriminators = true)]
[JsonDerivedType(typeof(ConversationStarted), Kinds.ConversationStarted)]
[JsonDerivedType(typeof(ConversationQueued), Kinds.ConversationQueued)]
[JsonDerivedType(typeof(ConversationAssigned), Kinds.ConversationAssigned)]
[JsonDerivedType(typeof(ConversationAccepted), Kinds.ConversationAccepted)]
[JsonDerivedType(typeof(ConversationTransferred), Kinds.ConversationTransferred)]
[JsonDerivedType(typeof(ConversationClosed), Kinds.ConversationClosed)]
[JsonDerivedType(typeof(ConversationMoved), Kinds.ConversationMoved)]
[JsonDerivedType(typeof(ConversationMerged), Kinds.ConversationMerged)]
[JsonDerivedType(typeof(ConversationLabelled), Kinds.ConversationLabelled)]
[JsonDerivedType(typeof(RatingAsked), Kinds.RatingAsked)]
[JsonDerivedType(typeof(ConversationRated), Kinds.ConversationRated)]
[JsonDerivedType(typeof(MessagePosted), Kinds.MessagePosted)]
[JsonDerivedType(typeof(MessageRead), Kinds.MessageRead)]
[JsonDerivedType(typeof(MessageEdited), Kinds.MessageEdited)]
[JsonDerivedType(typeof(MessageDeleted), Kinds.MessageDeleted)]
[JsonDerivedType(typeof(MessageSent), Kinds.MessageSent)]
[JsonDerivedType(typeof(MessageDelivered), Kinds.MessageDelivered)]
[JsonDerivedType(typeof(MessageFailed), Kinds.MessageFailed)]
[JsonDerivedType(typeof(MessageResent), Kinds.MessageResent)]
[JsonDerivedType(typeof(FileArrived), Kinds.FileArrived)]
[JsonDerivedType(typeof(VisitorStopped), Kinds.VisitorStopped)]
[JsonDerivedType(typeof(OperatorStatusChanged), Kinds.OperatorStatus)]
[JsonDerivedType(typeof(VisitorIdentified), Kinds.VisitorIdentified)]
[JsonDerivedType(typeof(VisitorsLinked), Kinds.VisitorsLinked)]
[JsonDerivedType(typeof(VisitorsSeparated), Kinds.VisitorsSeparated)]
[JsonDerivedType(typeof(DirectoryChanged), Kinds.DirectoryChanged)]
public record Entry
{
    public required long Seq { get; init; }
    public required DateTimeOffset At { get; init; }
    public long? Conversation { get; init; }
}

/// <summary>The names of the kinds, as they stand in <c>kind</c> and in a frame's <c>event:</c>.</summary>
public static class Kinds
{
    public const string ConversationStarted = "conversation.started";
    public const string ConversationQueued = "conversation.queued";
    public const string ConversationAssigned = "conversation.assigned";
    public const string ConversationAccepted = "conversation.accepted";
    public const string ConversationTransferred = "conversation.transferred";
    public const string ConversationClosed = "conversation.closed";
    public const string ConversationMoved = "conversation.moved";
    public const string ConversationMerged = "conversation.merged";
    public const string ConversationLabelled = "conversation.labelled";
    public const string RatingAsked = "rating.asked";
    public const string ConversationRated = "conversation.rated";
    public const string MessagePosted = "message.posted";
    public const string MessageRead = "message.read";
    public const string MessageEdited = "message.edited";
    public const string MessageDeleted = "message.deleted";
    public const string MessageSent = "message.sent";
    public const string MessageDelivered = "message.delivered";
    public const string MessageFailed = "message.failed";
    public const string MessageResent = "message.resent";
    public const string FileArrived = "file.arrived";
    public const string VisitorStopped = "visitor.stopped";
    public const string OperatorStatus = "operator.status";
    public const string VisitorIdentified = "visitor.identified";
    public const string VisitorsLinked = "visitors.linked";
    public const string VisitorsSeparated = "visitors.separated";
    public const string DirectoryChanged = "directory.changed";
}

/// <summary>A visitor as operators see them; a visitor sees only their own.</summary>
/// <param name="Id">Opaque; names the visitor, opens nothing.</param>
/// <param name="Name">As vouched for by the company's site; null for an anonymous visitor.</param>
public sealed record VisitorCard(string Id, string? Name = null);

/// <summary>What the public may know of an operator.</summary>
public sealed record OperatorCard(long Id, string Name, string? Title = null, string? Avatar = null);

/// <summary>Who wrote a message. <c>Id</c> is an operator's id and missing for other kinds.</summary>
public sealed record Author(AuthorKind Kind, long? Id = null, string? Name = null, string? Avatar = null);

public sealed record ConversationStarted : Entry
{
    public VisitorCard? Visitor { get; init; }
    public required string Channel { get; init; }
    public string? Location { get; init; }
    public required long Department { get; init; }
    public string? Source { get; init; }
}

public sealed record ConversationQueued : Entry
{
    public required long Department { get; init; }
    public required int Position { get; init; }
    public required string Reason { get; init; }
    public required bool WithinHours { get; init; }
    public required int OperatorsOnline { get; init; }
}

public sealed record ConversationAssigned : Entry
{
    public required long Operator { get; init; }
    /// <summary>To be accepted before this time; missing where no acceptance is asked.</summary>
    public DateTimeOffset? Until { get; init; }
    /// <summary>Operators' side only.</summary>
    public Why? Why { get; init; }
}

/// <summary>Why this operator: at most ten are named in all, the rest are counted by reason.</summary>
/// <param name="Rule">The rule that decided: <c>last-operator</c>, <c>only-one</c>, <c>fewest-open</c>, <c>longest-idle</c>, <c>hand</c> or <c>transfer</c>.</param>
/// <param name="More">Passed over and not named: reason → how many.</param>
public sealed record Why(
    string Rule,
    IReadOnlyList<Considered> Considered,
    IReadOnlyList<PassedOver> PassedOver,
    IReadOnlyDictionary<string, int>? More = null);

/// <param name="Open">Conversations the operator had open at that moment.</param>
public sealed record Considered(long Operator, int Open, int Limit, DateTimeOffset? IdleSince = null);

/// <param name="Reason"><c>offline</c>, <c>away</c>, <c>unreachable</c>, <c>at-limit</c>, <c>missed-offer</c> or <c>not-chosen</c>.</param>
public sealed record PassedOver(long Operator, string Reason);

public sealed record ConversationAccepted : Entry
{
    public required OperatorCard Operator { get; init; }
}

public sealed record ConversationTransferred : Entry
{
    public required Place From { get; init; }
    public required Place To { get; init; }
    /// <summary>Operators' side only.</summary>
    public string? Comment { get; init; }
}

/// <summary>Where a conversation is or goes: with an operator, or in a department's queue.</summary>
public sealed record Place(long? Operator = null, long? Department = null);

public sealed record ConversationClosed : Entry
{
    public required ClosedBy By { get; init; }
    public string? Why { get; init; }
}

/// <summary>The visitor signed in: the conversation is theirs from here on.</summary>
public sealed record ConversationMoved : Entry
{
    public required string Into { get; init; }
}

/// <summary>The visitor signed in and has another conversation open, which goes on.</summary>
public sealed record ConversationMerged : Entry
{
    public required long Into { get; init; }
}

/// <summary>How the conversation is sorted from here on. Operators' side only.</summary>
public sealed record ConversationLabelled : Entry
{
    public long? Category { get; init; }
    public required IReadOnlyList<long> Tags { get; init; }
    public long? Operator { get; init; }
}

public sealed record RatingAsked : Entry
{
    public required long Operator { get; init; }
    public required int Scale { get; init; }
}

public sealed record ConversationRated : Entry
{
    public required long Operator { get; init; }
    public required int Scale { get; init; }
    public required int Score { get; init; }
    public string? Note { get; init; }
}

public sealed record MessagePosted : Entry
{
    public required string ClientId { get; init; }
    public required Author Author { get; init; }
    /// <summary>Null when the message was deleted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Text { get; init; }
    public IReadOnlyList<FileLink> Files { get; init; } = [];
    /// <summary>The seq of the message answered.</summary>
    public long? ReplyTo { get; init; }
    /// <summary>For operators only.</summary>
    public bool Note { get; init; }
    public DateTimeOffset? EditedAt { get; init; }
    public IReadOnlyList<Button>? Buttons { get; init; }
    /// <summary>Operators' side only: what a letter repeats of those before it.</summary>
    public string? Quoted { get; init; }
    /// <summary>Operators' side only, in a timeline: how far it has got in its channel.</summary>
    public Delivery? Delivery { get; init; }
    /// <summary>With <see cref="Delivery.Failed"/>: see <see cref="MessageFailed.Reason"/>.</summary>
    public string? Failure { get; init; }
}

/// <summary>What the visitor may press instead of writing.</summary>
/// <param name="Payload">What a press says; none: its text.</param>
/// <param name="Url">Opens a page instead.</param>
public sealed record Button(string Text, string? Payload = null, string? Url = null);

/// <param name="Url">A capability: whoever has it may fetch the file. Null: it is still on its way from the channel, or was lost.</param>
/// <param name="State">Missing: it is there.</param>
public sealed record FileLink(
    string Id, string Name, long Size, string ContentType, string? Url,
    int? Width = null, int? Height = null, string? ThumbnailUrl = null, FileState? State = null);

/// <summary>A message says something else from here on.</summary>
public sealed record MessageEdited : Entry
{
    public required long Message { get; init; }
    /// <summary>Null when the message was deleted since.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Text { get; init; }
}

/// <summary>A message was taken back: what it said is erased.</summary>
public sealed record MessageDeleted : Entry
{
    public required long Message { get; init; }
    public required AuthorKind By { get; init; }
}

/// <summary>The visitor's messenger has taken the message. Operators' side only, as are those that follow.</summary>
public sealed record MessageSent : Entry
{
    public required long Message { get; init; }
}

/// <summary>The visitor's device has it.</summary>
public sealed record MessageDelivered : Entry
{
    public required long Message { get; init; }
}

/// <summary>It cannot be delivered.</summary>
public sealed record MessageFailed : Entry
{
    public required long Message { get; init; }
    /// <summary><c>refused</c>, <c>blocked</c>, <c>too-late</c>, <c>expired</c> or <c>channel-off</c>.</summary>
    public required string Reason { get; init; }
    /// <summary>As the platform names it.</summary>
    public string? Code { get; init; }
}

/// <summary>An operator has it tried again.</summary>
public sealed record MessageResent : Entry
{
    public required long Message { get; init; }
}

/// <summary>A file that was on its way has come, or was lost.</summary>
public sealed record FileArrived : Entry
{
    public required long Message { get; init; }
    public required FileLink File { get; init; }
}

/// <summary>The visitor has stopped the channel from writing to them, or lets it again.</summary>
public sealed record VisitorStopped : Entry
{
    public required bool Stopped { get; init; }
}

/// <summary>Everything up to <see cref="Message"/> has been read by that side.</summary>
public sealed record MessageRead : Entry
{
    public required long Message { get; init; }
    public required AuthorKind By { get; init; }
}

public sealed record OperatorStatusChanged : Entry
{
    public required long Operator { get; init; }
    public required OperatorStatus Status { get; init; }
    /// <summary><c>set</c>, <c>connection-lost</c>, <c>reconnected</c>, <c>disabled</c> or <c>took</c>.</summary>
    public required string Cause { get; init; }
}

public sealed record VisitorIdentified : Entry
{
    public required string Visitor { get; init; }
    /// <summary>What the company's site vouched for: name, email, phone and further claims.</summary>
    public required IReadOnlyDictionary<string, string> Fields { get; init; }
}

public sealed record DirectoryChanged : Entry
{
    /// <summary><c>account</c>, <c>departments</c> or <c>operators</c>: read it again.</summary>
    public required string What { get; init; }
}
