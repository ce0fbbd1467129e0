using Beseda.Domain.Conversations;
using Beseda.Domain.Metrics;
using Beseda.Server.Conversations;
using Beseda.Server.Reports.Counting;

namespace Beseda.Server.Reports.Pages;

/// <summary><c>GET /api/reports/service</c>: how long customers wait, when, and what is missed.</summary>
internal static class ServiceLevel
{
    private const Measures Waits = Measures.FirstResponse | Measures.QueueWait | Measures.Reaction | Measures.Response | Measures.Handling | Measures.Duration;

    public static async Task<IResult> Get(Asked asked)
    {
        var byTime = asked.Count(Grouping.Time, Waits);
        var byDepartment = asked.Count(Grouping.Department, Waits);
        var byHour = asked.Count(Grouping.HourOfWeek, Measures.FirstResponse);
        var byEnd = asked.Count(Grouping.End, Measures.Conversations);
        return await asked.AnswerAsync(() => ReportTelling.Fill(
            new Wire.ServiceReport
            {
                Series = ReportTelling.Series(asked.Query, byTime),
                Rows = ReportTelling.Rows(byDepartment),
                Hours = ReportTelling.Hours(byHour),
                Missed = [.. byEnd.Groups.OrderByDescending(one => one.Value.Conversations).Select(one => Missed(one.Key, one.Value.Conversations)).OfType<Wire.MissedReport>()],
            },
            byTime.Sum()));
    }

    /// <summary>Null: nothing was missed.</summary>
    private static Wire.MissedReport? Missed(GroupKey end, long conversations)
    {
        var (outcome, closing) = end.End;
        var name = outcome == 0 ? null : (ConversationOutcome)(outcome - 1) switch
        {
            ConversationOutcome.Abandoned => "abandoned",
            ConversationOutcome.Unanswered => "unanswered",
            ConversationOutcome.OffHours => "offHours",
            ConversationOutcome.ShortAbandon => "shortAbandons",
            _ => null,
        };
        return name is null ? null : new Wire.MissedReport(
            name, Spelt(Names.Of((Closer)((closing - 1) / 8))), Names.Of((CloseReason)((closing - 1) % 8)), conversations);
    }

    private static string Spelt(Wire.ClosedBy by) => by switch
    {
        Wire.ClosedBy.Visitor => "visitor",
        Wire.ClosedBy.Operator => "operator",
        Wire.ClosedBy.Timeout => "timeout",
        Wire.ClosedBy.System => "system",
    };
}
