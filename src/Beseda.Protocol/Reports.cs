namespace Beseda.Protocol;

/// <summary>A time that passed, in whole seconds, rounded down. Percentiles by nearest rank: each is one of the times.</summary>
/// <param name="N">So many were there; of none there is neither mean, median nor p90.</param>
/// <param name="InHours">The same, as far as departments worked.</param>
public sealed record TimesReport(long? Mean, long? Median, long? P90, long N, TimesReport? InHours = null);

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
    public required long Conversations { get; init; }
    public required OutcomesReport Outcomes { get; init; }
    /// <summary>(abandoned + unanswered) ÷ (handled + abandoned + unanswered).</summary>
    public double? MissedShare { get; init; }
    public required TimesReport FirstResponse { get; init; }
    public required TimesReport QueueWait { get; init; }
    public required TimesReport Reaction { get; init; }
    public required TimesReport Response { get; init; }
    public required TimesReport Handling { get; init; }
    public required TimesReport Duration { get; init; }
    public required CsiReport Csi { get; init; }
    public required NpsReport Nps { get; init; }
}

/// <param name="Share">Of all conversations and calls of the period, from 0 to 1.</param>
public sealed record ChannelShare(string Channel, long Conversations, double Share);

/// <param name="From">The bucket's first hour or day, on the account's clocks, without zone.</param>
public sealed record BucketReport(string From, SummaryReport Summary);

/// <summary><c>GET /api/reports/overview</c>.</summary>
public sealed record OverviewReport : SummaryReport
{
    public required IReadOnlyList<ChannelShare> Channels { get; init; }
    public required IReadOnlyList<BucketReport> Series { get; init; }
}
