namespace Beseda.Server.Reports.Counting;

/// <summary>What a report is about.</summary>
/// <param name="From">In whole seconds, as <paramref name="To"/>, which is no part of it.</param>
/// <param name="Clock">The account's.</param>
internal sealed record ReportQuery(DateTimeOffset From, DateTimeOffset To, ReportClock Clock)
{
    // Of each that is not empty, one has to fit.
    public IReadOnlySet<string> Channels { get; init; } = new HashSet<string>();
    public IReadOnlySet<string> Locations { get; init; } = new HashSet<string>();
    public IReadOnlySet<string> Languages { get; init; } = new HashSet<string>();
    /// <summary>Where it was last.</summary>
    public IReadOnlySet<long> Departments { get; init; } = new HashSet<long>();
    /// <summary>With whom it was at any time. What is counted of operators is then theirs alone.</summary>
    public IReadOnlySet<long> Operators { get; init; } = new HashSet<long>();
    public IReadOnlySet<long> Categories { get; init; } = new HashSet<long>();
    public IReadOnlySet<long> Tags { get; init; } = new HashSet<long>();
}

/// <summary>What a report tells apart.</summary>
internal enum Grouping
{
    None,
    /// <summary>By when it happened: see <see cref="ReportClock.Bucket"/>.</summary>
    Time,
    /// <summary>0: Monday's first hour, 167: Sunday's last.</summary>
    HourOfWeek,
    Channel,
    Department,
    Operator,
    Category,
    Tag,
    Language,
    Location,
    /// <summary>By channel and time.</summary>
    ChannelTime,
    /// <summary>By outcome and how it was closed: see <see cref="GroupKey.OfEnd"/>.</summary>
    End,
}

/// <summary>What is counted; each reads more.</summary>
[Flags]
internal enum Measures
{
    Conversations = 0,
    FirstResponse = 1,
    QueueWait = 2,
    Reaction = 4,
    Handling = 8,
    Response = 16,
    Duration = 32,
    Ratings = 64,
    Messages = 128,
}

/// <param name="Number">An id, or a time; 0: none.</param>
/// <param name="Name">Of what has no number.</param>
internal readonly record struct GroupKey(long Number, string? Name = null)
{
    private const int Closings = 64;

    /// <param name="outcome">As in the column; <paramref name="closing"/>, too.</param>
    public static long OfEnd(long outcome, long closing) => outcome * Closings + closing;

    public (long Outcome, long Closing) End => (Number / Closings, Number % Closings);
}
