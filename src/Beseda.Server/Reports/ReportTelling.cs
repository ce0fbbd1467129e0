using System.Globalization;
using Beseda.Domain.Metrics;
using Beseda.Server.Reports.Counting;

namespace Beseda.Server.Reports;

/// <summary>What was counted, in the words of the protocol.</summary>
internal static class ReportTelling
{
    public static readonly Summary Nothing = new();

    public static Wire.SummaryReport Of(Summary one) => Fill(new Wire.SummaryReport(), one);

    /// <summary>A page with the numbers of all that it is about.</summary>
    public static T Fill<T>(T page, Summary one)
        where T : Wire.SummaryReport => (T)((Wire.SummaryReport)page with
        {
            Conversations = one.Conversations,
            Outcomes = Of(one.Outcomes),
            MissedShare = one.Outcomes.MissedShare,
            FirstResponse = Of(one.FirstResponse),
            QueueWait = Of(one.QueueWait),
            Reaction = Of(one.Reaction),
            Response = Of(one.Response),
            Handling = Of(one.Handling),
            Duration = Of(one.Duration),
            Csi = Csi(one.Csi),
            Nps = Nps(one.Nps),
        });

    public static Wire.TimesReport Of(Times times) => Of(times.Passed) with { InHours = Of(times.Worked) };

    public static Wire.OutcomesReport Of(Outcomes outcomes) => new(
        outcomes[ConversationOutcome.Handled], outcomes[ConversationOutcome.Abandoned], outcomes[ConversationOutcome.Unanswered],
        outcomes[ConversationOutcome.OffHours], outcomes[ConversationOutcome.Contained], outcomes[ConversationOutcome.Silent],
        outcomes[ConversationOutcome.ShortAbandon]);

    public static Wire.CsiReport Csi(Scores scores) => new(
        scores.Mean, scores.Share(5, 5), scores.Share(4, 5), scores.Count, scores.Asked, scores.Answered, scores.ResponseRate,
        [.. Enumerable.Range(1, 5).Select(score => scores[score])]);

    public static Wire.NpsReport Nps(Scores scores) => new(
        scores.Nps, scores.NpsInterval?.Low, scores.NpsInterval?.High, scores.Count, scores.Asked, scores.Answered, scores.ResponseRate,
        [.. Enumerable.Range(0, 11).Select(score => scores[score])]);

    /// <summary>A row for each of what was told apart, most conversations first.</summary>
    public static IReadOnlyList<Wire.RowReport> Rows(Count counted) =>
        [.. counted.Groups.OrderByDescending(one => one.Value.Conversations).ThenBy(one => one.Key.Number).ThenBy(one => one.Key.Name, StringComparer.Ordinal)
            .Select(one => new Wire.RowReport(one.Key.Name ?? (one.Key.Number == 0 ? "" : one.Key.Number.ToString(CultureInfo.InvariantCulture)), Of(one.Value)))];

    public static IReadOnlyList<Wire.HourReport> Hours(Count byHour) =>
        [.. Enumerable.Range(0, 168).Select(hour => byHour.Groups.GetValueOrDefault(new GroupKey(hour), Nothing))
            .Select(one => new Wire.HourReport(one.Conversations, one.Outcomes.MissedShare, Of(one.FirstResponse)))];

    public static IReadOnlyList<Wire.ChannelShare> Shares(IEnumerable<(string Channel, long Conversations)> channels)
    {
        var known = channels.Where(one => one.Conversations > 0).ToList();
        var all = known.Sum(one => one.Conversations);
        return [.. known.OrderByDescending(one => one.Conversations).ThenBy(one => one.Channel, StringComparer.Ordinal)
            .Select(one => new Wire.ChannelShare(one.Channel, one.Conversations, (double)one.Conversations / all))];
    }

    /// <summary>All buckets of the period, those in which nothing happened as well.</summary>
    public static IReadOnlyList<Wire.BucketReport> Series(ReportQuery query, Count byTime) =>
        [.. query.Clock.Buckets(query.From, query.To).Select(bucket => new Wire.BucketReport(
            Name(query.Clock, bucket), Of(byTime.Groups.GetValueOrDefault(new GroupKey(bucket), Nothing))))];

    public static string Name(ReportClock clock, long bucket) => clock.Beginning(bucket).ToString(
        clock.Unit == BucketUnit.Hour ? "yyyy-MM-dd'T'HH':00'" : "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Wire.TimesReport Of(Histogram times) => new(times.Mean, times.Median, times.P90, times.Count);
}
