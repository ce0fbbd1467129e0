using System.Text.Json.Serialization;

namespace Beseda.Protocol;

/// <summary><c>POST /api/visitor/session</c>.</summary>
/// <param name="Account">The account's key, as in <c>data-account</c>.</param>
/// <param name="Location">Which of the company's sites or apps; free text, at most 100 characters.</param>
/// <param name="Department">Where a new conversation goes when the message names no department.</param>
/// <param name="Token">The token of the last session; replaced by the answer's.</param>
/// <param name="Identity">A JWT by which the company's own site vouches for a signed-in customer.</param>
/// <param name="Locale">BCP 47, such as <c>ru</c>.</param>
public sealed record SessionRequest(
    string Account, string? Location = null, long? Department = null, string? Token = null,
    string? Identity = null, Page? Page = null, string? Locale = null);

public sealed record Page(string? Url = null, string? Title = null, string? Referrer = null);

/// <param name="Seq">The snapshot is as of this position: read the feed from here.</param>
/// <param name="Timeline">The newest entries of the visitor's whole history, ascending.</param>
/// <param name="HasMore">Older entries exist.</param>
public sealed record SessionAnswer(
    string Token, string Journal, VisitorCard Visitor, long Seq, Availability Availability,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] VisitorConversation? Conversation,
    IReadOnlyList<Entry> Timeline, bool HasMore, WidgetSettings Settings);

public sealed record VisitorConversation(long Id, ConversationStatus Status, OperatorCard? Operator = null, int? QueuePosition = null);

/// <param name="Name">The company's name, for the header.</param>
/// <param name="Accent">CSS colour; null: the widget's own.</param>
public sealed record WidgetSettings(string Name, string? Accent, int RatingScale);

/// <summary><c>POST /api/visitor/messages</c>.</summary>
/// <param name="ClientId">1–64 characters chosen by the client; the same again is the same message.</param>
/// <param name="Text">1–10,000 UTF-16 units after trimming.</param>
public sealed record VisitorMessage(
    string ClientId, string Text, long? Department = null, long? ReplyTo = null, IReadOnlyList<string>? Files = null);

/// <param name="Seq">The message's id.</param>
public sealed record MessageAccepted(long Seq, long Conversation, DateTimeOffset At);

/// <summary><c>POST …/typing</c>. Null or empty: stopped.</summary>
public sealed record TypingRequest(string? Draft = null);

/// <summary><c>POST …/read</c>: everything up to this message has been seen.</summary>
public sealed record ReadRequest(long Seq);

/// <summary><c>POST /api/visitor/close</c>; no conversation: the open one.</summary>
public sealed record CloseRequest(long? Conversation = null);

/// <summary><c>POST /api/visitor/rating</c>.</summary>
/// <param name="Operator">Default: the last operator asked about.</param>
/// <param name="Scale">5 (1–5) or 10 (0–10).</param>
public sealed record RatingRequest(long Conversation, int Scale, int Score, long? Operator = null, string? Note = null);

/// <summary>A page of entries, ascending; ask for the page before it with <c>before</c> = its first seq.</summary>
public sealed record TimelinePage(long Seq, IReadOnlyList<Entry> Events, bool HasMore);
