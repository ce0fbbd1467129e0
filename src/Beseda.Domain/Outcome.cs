namespace Beseda.Domain;

/// <summary>What came of a command.</summary>
public abstract record Outcome
{
    private Outcome() { }

    /// <param name="Events">In order; empty when what was wanted already holds.</param>
    /// <param name="State">The state with the events folded in.</param>
    public sealed record Accepted(IReadOnlyList<Recorded> Events, AccountState State, Receipt Receipt) : Outcome;

    public sealed record Refused(Refusal Why) : Outcome;
}

/// <summary>What the caller gets: the place of the event that answers the command.</summary>
public readonly record struct Receipt(long Seq, DateTimeOffset At, ConversationId? Conversation = null, VisitorId? Visitor = null);

/// <summary>Why a command was not carried out.</summary>
public enum Refusal
{
    /// <summary>Not there, or not for this caller to see.</summary>
    ConversationNotFound,
    OperatorNotFound,
    DepartmentNotFound,
    ReplyNotFound,
    MessageNotFound,
    ChannelNotFound,
    LabelNotFound,
    /// <summary>No person writes from so many.</summary>
    TooManyAddresses,
    /// <summary>An earlier message of its chat is missing: it may be on its way.</summary>
    OutOfOrder,
    NotAllowed,
    AlreadyTaken,
    NotTaken,
    ConversationClosed,
    OperatorUnavailable,
    NoDepartment,
    NotAsked,
    AlreadyRated,
    RatingLapsed,
    WrongScale,
    ScoreOutOfRange,
    LastAdministrator,
    AlreadyAnOperator,
}
