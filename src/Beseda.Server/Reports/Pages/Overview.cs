using Beseda.Server.Reports.Counting;

namespace Beseda.Server.Reports.Pages;

/// <summary><c>GET /api/reports/overview</c>: the numbers by which the company is judged.</summary>
internal static class Overview
{
    public static async Task<IResult> Get(Asked asked)
    {
        var byTime = asked.Count(Grouping.Time, Measure.Everything);
        var byChannel = asked.Count(Grouping.Channel, Measures.Conversations);
        return await asked.AnswerAsync(() => ReportTelling.Fill(
            new Wire.OverviewReport
            {
                Series = ReportTelling.Series(asked.Query, byTime),
                Rows = ReportTelling.Rows(byChannel),
                Channels = ReportTelling.Shares(byChannel.Groups.Select(one => (one.Key.Name!, one.Value.Conversations))),
            },
            byTime.Sum()));
    }
}
