namespace Beseda.Protocol;

/// <summary><c>POST /api/auth/login</c>. <c>Account</c> is the account's key; needed only by users with several.</summary>
public sealed record LoginRequest(string Email, string Password, string? Account = null);

/// <summary>Either signed in (<c>Operator</c> is set), or the accounts to choose from.</summary>
public sealed record LoginAnswer(OperatorCard? Operator, string? Account, IReadOnlyList<AccountChoice>? Accounts = null);

public sealed record AccountChoice(string Key, string Name);

/// <summary><c>GET /api/operator/desk</c>: everything open that this operator may see, as of <c>Seq</c>.</summary>
public sealed record Desk(
    long Seq, string Journal, DateTimeOffset Now, Me Me, IReadOnlyList<DeskOperator> Operators,
    IReadOnlyList<DeskDepartment> Departments, IReadOnlyList<DeskConversation> Conversations,
    IReadOnlyList<DeskChannel>? Channels = null, IReadOnlyList<Label>? Labels = null);

/// <param name="Kind">As in <see cref="DeskConversation.Channel"/>; <c>site</c> is none of these.</param>
public sealed record DeskChannel(string Kind, Capabilities Capabilities);

public sealed record Me(long Id, string Name, string Email, Role Role, OperatorStatus Status, int Limit, IReadOnlyList<long> Departments);

/// <param name="Open">Conversations this operator has now.</param>
/// <param name="Status">As others see it: <c>offline</c> while the connection is lost.</param>
public sealed record DeskOperator(
    long Id, string Name, string? Title, string? Avatar, Role Role, OperatorStatus Status,
    int Open, int Limit, IReadOnlyList<long> Departments);

public sealed record DeskDepartment(long Id, string Name, Routing Routing);

/// <param name="WaitingSince">When it first entered a human queue.</param>
/// <param name="Until">When an offer lapses.</param>
/// <param name="Unread">Visitor's messages nobody has read.</param>
public sealed record DeskConversation(
    long Id, VisitorCard Visitor, string Channel, string? Location, long Department, ConversationStatus Status,
    long? Operator, DateTimeOffset StartedAt, DateTimeOffset WaitingSince, DateTimeOffset? Until,
    int? QueuePosition, LastMessage? Last, int Unread, long? Category = null, IReadOnlyList<long>? Tags = null);

/// <param name="Text">As it is now; null: the message was deleted.</param>
/// <param name="Files">What hangs on it; missing: nothing.</param>
public sealed record LastMessage(long Seq, DateTimeOffset At, AuthorKind Author, string? Text, bool Note, IReadOnlyList<FileLink>? Files = null);

public sealed record StatusRequest(OperatorStatus Status);

/// <summary><c>POST /api/operator/conversations/{id}/messages</c>.</summary>
public sealed record OperatorMessage(
    string ClientId, string Text, bool Note = false, long? ReplyTo = null, IReadOnlyList<string>? Files = null,
    IReadOnlyList<Button>? Buttons = null);

/// <summary><c>PUT …/messages/{message}</c>.</summary>
public sealed record EditedMessage(string Text);

/// <summary>Exactly one of operator and department.</summary>
public sealed record TransferRequest(long? Operator = null, long? Department = null, string? Comment = null);

/// <param name="Fields">What is known of the visitor: from the company's site, or from their channel (<c>username</c>, <c>phone</c>, <c>language</c>).</param>
public sealed record ConversationTimeline(
    long Seq, DeskConversation Conversation, IReadOnlyList<Entry> Events, bool HasMore,
    IReadOnlyDictionary<string, string>? Fields = null)
{
    /// <summary>Before the conversation's beginning there is what the same person said elsewhere: ask with <c>history=true</c>.</summary>
    public bool HasHistory { get; init; }
}

/// <summary><c>PUT …/labels</c>: all that the conversation has from now on.</summary>
public sealed record LabelRequest(long? Category = null, IReadOnlyList<long>? Tags = null);

/// <summary>A page of closed and open conversations, newest first; the next page: <c>before</c> = <c>Next</c>.</summary>
public sealed record ConversationPage(IReadOnlyList<DeskConversation> Conversations, long? Next)
{
    /// <summary>Of all pages together, where that is known.</summary>
    public long? Total { get; init; }
}
