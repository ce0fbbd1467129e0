using Beseda.Server.Operators;
using Beseda.Server.Reports.Counting;

namespace Beseda.Server.Reports.Pages;

/// <summary><c>GET /api/reports/overview</c>.</summary>
internal static class Overview
{
    private const Measures Everything = Measures.FirstResponse | Measures.QueueWait | Measures.Reaction | Measures.Response | Measures.Handling
        | Measures.Duration | Measures.Ratings;

    public static async Task<IResult> Get(HttpRequest request, OperatorPrincipal caller, ChatJournal journal, ReportReading reading, TimeProvider clock)
    {
        if (ReportRequest.Read(request.Query, await journal.StateAsync(caller.Account), clock.GetUtcNow(), out var wrong) is not { } query)
            return wrong!;
        var byTime = new Count(query, Grouping.Time, Everything);
        var byChannel = new Count(query, Grouping.Channel, Measures.Conversations);
        await reading.RunAsync(caller.Account, query, byTime, byChannel);
        return TypedResults.Ok(Told(query, byTime, byChannel));
    }

    private static Wire.OverviewReport Told(ReportQuery query, Count byTime, Count byChannel)
    {
        var told = ReportTelling.Of(byTime.Sum());
        return new Wire.OverviewReport
        {
            Conversations = told.Conversations,
            Outcomes = told.Outcomes,
            MissedShare = told.MissedShare,
            FirstResponse = told.FirstResponse,
            QueueWait = told.QueueWait,
            Reaction = told.Reaction,
            Response = told.Response,
            Handling = told.Handling,
            Duration = told.Duration,
            Csi = told.Csi,
            Nps = told.Nps,
            Channels = [.. byChannel.Groups.Where(one => one.Value.Conversations > 0).OrderByDescending(one => one.Value.Conversations).ThenBy(one => one.Key.Name, StringComparer.Ordinal)
                .Select(one => new Wire.ChannelShare(one.Key.Name!, one.Value.Conversations, (double)one.Value.Conversations / told.Conversations))],
            Series = ReportTelling.Series(query, byTime),
        };
    }
}
