namespace Beseda.Server.Reports.Facts;

/// <summary>
/// What is kept of conversations for reports, a number each. Those named <c>…Of</c> begin a list of their own: the row of the
/// conversation that an entry belongs to, ascending. All times are whole seconds; −1 and 0, as told: there is none.
/// </summary>
internal enum Column
{
    // Of each conversation.
    Id,
    /// <summary>Since the beginning of the facts.</summary>
    Start,
    Department,
    /// <summary>A place in the list of names, as location and language.</summary>
    Channel,
    Location,
    Language,
    /// <summary>0: none.</summary>
    Category,
    /// <summary>0: it is open; else one more than the outcome's number.</summary>
    Outcome,
    /// <summary>0: it is open; else one more than eight times who closed it and why.</summary>
    Closing,

    TagOf,
    Tag,

    /// <summary>−1: no human has answered yet.</summary>
    First,
    FirstWorked,
    /// <summary>0: nobody who is known.</summary>
    FirstBy,

    /// <summary>−1: it is open.</summary>
    Duration,
    DurationWorked,

    WaitOf,
    WaitBy,
    Wait,
    WaitWorked,

    StintOf,
    StintBy,
    /// <summary>Since the conversation's start.</summary>
    StintFrom,
    /// <summary>−1: it is theirs still.</summary>
    StintTo,
    /// <summary>−1: they wrote nothing.</summary>
    Reaction,
    ReactionWorked,

    HandlingOf,
    HandlingBy,
    Handling,
    HandlingWorked,

    ResponseOf,
    ResponseBy,
    Response,
    ResponseWorked,

    RatingOf,
    RatingBy,
    Scale,
    /// <summary>Since the conversation's start.</summary>
    Asked,
    /// <summary>−1: not answered.</summary>
    Score,
    /// <summary>Since the conversation's start; −1: not answered.</summary>
    Rated,

    Transfers,
    VisitorMessages,
    OperatorMessages,
    BotMessages,
}

/// <summary>Columns that are read together.</summary>
internal enum Block : short
{
    Rows = 1,
    Tags = 2,
    First = 3,
    Durations = 4,
    Waits = 5,
    Stints = 6,
    Handling = 7,
    Responses = 8,
    Ratings = 9,
    Messages = 10,
}

internal static class Blocks
{
    public static readonly IReadOnlyList<Block> All = Enum.GetValues<Block>();

    public static (Column First, Column Last) Columns(this Block block) => block switch
    {
        Block.Rows => (Column.Id, Column.Closing),
        Block.Tags => (Column.TagOf, Column.Tag),
        Block.First => (Column.First, Column.FirstBy),
        Block.Durations => (Column.Duration, Column.DurationWorked),
        Block.Waits => (Column.WaitOf, Column.WaitWorked),
        Block.Stints => (Column.StintOf, Column.ReactionWorked),
        Block.Handling => (Column.HandlingOf, Column.HandlingWorked),
        Block.Responses => (Column.ResponseOf, Column.ResponseWorked),
        Block.Ratings => (Column.RatingOf, Column.Rated),
        Block.Messages => (Column.Transfers, Column.BotMessages),
    };
}
