using Beseda.Server.Reports.Counting;

namespace Beseda.Server.Reports.Pages;

/// <summary>Pages that tell one thing apart, and everything of each.</summary>
internal static class Breakdowns
{
    /// <summary><c>GET /api/reports/operators</c>.</summary>
    public static async Task<IResult> Operators(Asked asked)
    {
        var (byTime, byOperator) = (asked.Count(Grouping.Time, Measure.Everything), asked.Count(Grouping.Operator, Measure.Everything));
        return await asked.AnswerAsync(() => ReportTelling.Fill(
            new Wire.PageReport { Series = ReportTelling.Series(asked.Query, byTime), Rows = ReportTelling.Rows(byOperator) }, byTime.Sum()));
    }

    /// <summary><c>GET /api/reports/satisfaction</c>.</summary>
    public static async Task<IResult> Satisfaction(Asked asked)
    {
        var (byTime, byOperator) = (asked.Count(Grouping.Time, Measures.Ratings), asked.Count(Grouping.Operator, Measures.Ratings));
        return await asked.AnswerAsync(() => ReportTelling.Fill(
            new Wire.SatisfactionReport { Series = ReportTelling.Series(asked.Query, byTime), Rows = ReportTelling.Rows(byOperator) }, byTime.Sum()));
    }

    /// <summary><c>GET /api/reports/channels</c>.</summary>
    public static async Task<IResult> Channels(Asked asked)
    {
        var (byTime, byChannel) = (asked.Count(Grouping.ChannelTime, Measures.Conversations), asked.Count(Grouping.Channel, Measure.Everything));
        return await asked.AnswerAsync(() =>
        {
            var times = byTime.Groups.ToLookup(one => one.Key.Number, one => (one.Key.Name!, one.Value.Conversations));
            return ReportTelling.Fill(
                new Wire.ChannelsReport
                {
                    Rows = ReportTelling.Rows(byChannel),
                    Channels = ReportTelling.Shares(byChannel.Groups.Select(one => (one.Key.Name!, one.Value.Conversations))),
                    Shares = [.. asked.Query.Clock.Buckets(asked.Query.From, asked.Query.To).Select(bucket =>
                        new Wire.ChannelBucket(ReportTelling.Name(asked.Query.Clock, bucket), ReportTelling.Shares(times[bucket])))],
                },
                byChannel.Sum());
        });
    }

    /// <summary><c>GET /api/reports/queue</c>.</summary>
    public static async Task<IResult> Queue(Asked asked)
    {
        const Measures Waits = Measures.QueueWait | Measures.FirstResponse;
        var (byTime, byDepartment) = (asked.Count(Grouping.Time, Waits), asked.Count(Grouping.Department, Waits));
        var byHour = asked.Count(Grouping.HourOfWeek, Measures.FirstResponse);
        return await asked.AnswerAsync(() => ReportTelling.Fill(
            new Wire.QueueReport
            {
                Series = ReportTelling.Series(asked.Query, byTime),
                Rows = ReportTelling.Rows(byDepartment),
                Hours = ReportTelling.Hours(byHour),
            },
            byTime.Sum()));
    }

    /// <summary><c>GET /api/reports/categories</c>.</summary>
    public static async Task<IResult> Categories(Asked asked)
    {
        var (byCategory, byTag) = (asked.Count(Grouping.Category, Measure.Everything), asked.Count(Grouping.Tag, Measure.Everything));
        return await asked.AnswerAsync(() => ReportTelling.Fill(
            new Wire.CategoriesReport { Rows = ReportTelling.Rows(byCategory), Tags = ReportTelling.Rows(byTag) }, byCategory.Sum()));
    }
}
