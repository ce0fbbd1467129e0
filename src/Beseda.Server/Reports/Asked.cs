using Beseda.Server.Operators;
using Beseda.Server.Reports.Counting;
using Beseda.Server.Reports.Files;

namespace Beseda.Server.Reports;

/// <summary>A report that somebody asked for: what it counts is named first, and counted in one pass.</summary>
/// <param name="Query">Checked.</param>
internal sealed record Asked(HttpRequest Request, OperatorPrincipal Caller, AccountState State, ReportQuery Query, ReportReading Reading, ReportPage Page)
{
    private readonly List<Count> counts = [];

    /// <summary>Serves a page; or says what is wrong with what was asked.</summary>
    public static Delegate Serve(ReportPage page) =>
        async (HttpRequest request, OperatorPrincipal caller, ChatJournal journal, ReportReading reading, TimeProvider clock) =>
        {
            var state = await journal.StateAsync(caller.Account);
            return ReportRequest.Read(request.Query, state, clock.GetUtcNow(), out var wrong) is { } query
                ? await page.Count(new Asked(request, caller, state, query, reading, page))
                : wrong!;
        };

    public Count Count(Grouping grouping, Measures measures)
    {
        var count = new Count(Query, grouping, measures);
        counts.Add(count);
        return count;
    }

    /// <summary>As JSON, or one of its tables as a file.</summary>
    public async Task<IResult> AnswerAsync<T>(Func<T> tell)
        where T : Wire.SummaryReport
    {
        await Reading.RunAsync(Caller.Account, Query, counts);
        return ReportFile.IsWanted(Request) ? ReportFile.Of(Request, Page.Name, Page.Rows, tell(), State) : TypedResults.Ok(tell());
    }
}

/// <param name="Name">In the address.</param>
/// <param name="Rows">What its rows are.</param>
internal sealed record ReportPage(string Name, Grouping Rows, Func<Asked, Task<IResult>> Count);

internal static class Measure
{
    public const Measures Everything = Measures.FirstResponse | Measures.QueueWait | Measures.Reaction | Measures.Response | Measures.Handling
        | Measures.Duration | Measures.Ratings;
}
