namespace Beseda.Protocol;

/// <summary>A time that passed, in whole seconds, rounded down. Percentiles by nearest rank: each is one of the times.</summary>
/// <param name="N">So many were there; of none there is neither mean, median nor p90.</param>
/// <param name="InHours">The same, as far as departments worked.</param>
public sealed record TimesReport(long? Mean, long? Median, long? P90, long N, TimesReport? InHours = null)
{
    public static readonly TimesReport None = new(null, null, null, 0);
}

/// <summary>How many closed conversations came to which end; each stands in one of them.</summary>
/// <param name="ShortAbandons">Abandoned in less than five seconds: not among <paramref name="Abandoned"/>, nor among what was missed.</param>
public sealed record OutcomesReport(
    long Handled, long Abandoned, long Unanswered, long OffHours, long Contained, long Silent, long ShortAbandons);

/// <summary>Ratings from 1 to 5. Shares from 0 to 1.</summary>
/// <param name="N">Answers in the period.</param>
/// <param name="Asked">Questions in the period.</param>
/// <param name="Answered">Of those questions, so many have an answer by now; <paramref name="ResponseRate"/> is their share.</param>
public sealed record CsiReport(
    double? Mean, double? Share5, double? Share45, long N, long Asked, long Answered, double? ResponseRate, IReadOnlyList<long> Scores);

/// <summary>Ratings from 0 to 10: −100 to 100, and between what the score of all customers lies with 95 %.</summary>
/// <inheritdoc cref="CsiReport"/>
public sealed record NpsReport(
    double? Score, double? Low, double? High, long N, long Asked, long Answered, double? ResponseRate, IReadOnlyList<long> Scores);

/// <summary>Everything that is counted of some conversations.</summary>
public record SummaryReport
{
    /// <summary>That started in the period.</summary>
    public long Conversations { get; init; }
    public OutcomesReport Outcomes { get; init; } = new(0, 0, 0, 0, 0, 0, 0);
    /// <summary>(abandoned + unanswered) ÷ (handled + abandoned + unanswered).</summary>
    public double? MissedShare { get; init; }
    /// <summary>From entering a queue for the first time to the first public message of a human.</summary>
    public TimesReport FirstResponse { get; init; } = TimesReport.None;
    /// <summary>From each entry into a queue to the acceptance.</summary>
    public TimesReport QueueWait { get; init; } = TimesReport.None;
    /// <summary>From each acceptance to that operator's first public message.</summary>
    public TimesReport Reaction { get; init; } = TimesReport.None;
    /// <summary>From each visitor's message that opens a wait to the next human's.</summary>
    public TimesReport Response { get; init; } = TimesReport.None;
    /// <summary>Of each operator of each closed conversation: the gaps between its messages, each no longer than the account's pauses.</summary>
    public TimesReport Handling { get; init; } = TimesReport.None;
    /// <summary>Of closed conversations.</summary>
    public TimesReport Duration { get; init; } = TimesReport.None;
    public CsiReport Csi { get; init; } = new(null, null, null, 0, 0, 0, null, []);
    public NpsReport Nps { get; init; } = new(null, null, null, 0, 0, 0, null, []);
}

/// <summary>A page: all of it, over time, and by what the page is about.</summary>
public record PageReport : SummaryReport
{
    public IReadOnlyList<BucketReport> Series { get; init; } = [];
    public IReadOnlyList<RowReport> Rows { get; init; } = [];
}

/// <param name="From">The bucket's first hour or day, on the account's clocks, without zone.</param>
public sealed record BucketReport(string From, SummaryReport Summary);

/// <param name="Key">The id or name of what this row is about; empty: of none.</param>
public sealed record RowReport(string Key, SummaryReport Summary);

/// <param name="Share">Of all conversations and calls of the period, from 0 to 1.</param>
public sealed record ChannelShare(string Channel, long Conversations, double Share);

/// <summary><c>GET /api/reports/overview</c>.</summary>
public sealed record OverviewReport : PageReport
{
    public IReadOnlyList<ChannelShare> Channels { get; init; } = [];
}

/// <summary><c>GET /api/reports/service</c>: rows are departments.</summary>
public sealed record ServiceReport : PageReport
{
    /// <summary>What was missed, by how it ended.</summary>
    public IReadOnlyList<MissedReport> Missed { get; init; } = [];
    /// <summary>168: from Monday's first hour to Sunday's last, on the account's clocks.</summary>
    public IReadOnlyList<HourReport> Hours { get; init; } = [];
}

/// <param name="Outcome"><c>abandoned</c>, <c>unanswered</c>, <c>shortAbandons</c> or <c>offHours</c>.</param>
/// <param name="By">Who closed it: visitor, operator, timeout or system.</param>
/// <param name="Why">finished, idle or merged.</param>
public sealed record MissedReport(string Outcome, string By, string Why, long Conversations);

public sealed record HourReport(long Conversations, double? MissedShare, TimesReport FirstResponse);

/// <summary><c>GET /api/reports/satisfaction</c>: rows are operators.</summary>
public sealed record SatisfactionReport : PageReport;

/// <summary><c>GET /api/reports/channels</c>: rows are channels.</summary>
public sealed record ChannelsReport : PageReport
{
    public IReadOnlyList<ChannelShare> Channels { get; init; } = [];
    /// <summary>The same for each bucket of time.</summary>
    public IReadOnlyList<ChannelBucket> Shares { get; init; } = [];
}

/// <inheritdoc cref="BucketReport"/>
public sealed record ChannelBucket(string From, IReadOnlyList<ChannelShare> Channels);

/// <summary><c>GET /api/reports/queue</c>: rows are departments.</summary>
public sealed record QueueReport : PageReport
{
    /// <inheritdoc cref="ServiceReport.Hours"/>
    public IReadOnlyList<HourReport> Hours { get; init; } = [];
}

/// <summary><c>GET /api/reports/categories</c>: rows are categories.</summary>
public sealed record CategoriesReport : PageReport
{
    public IReadOnlyList<RowReport> Tags { get; init; } = [];
}
