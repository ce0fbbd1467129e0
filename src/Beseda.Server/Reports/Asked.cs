using Beseda.Server.Operators;
using Beseda.Server.Reports.Counting;

namespace Beseda.Server.Reports;

/// <summary>A report that somebody asked for: what it counts is named first, and counted in one pass.</summary>
/// <param name="Query">Checked.</param>
internal sealed record Asked(OperatorPrincipal Caller, ReportQuery Query, ReportReading Reading)
{
    private readonly List<Count> counts = [];

    /// <summary>Serves a page; or says what is wrong with what was asked.</summary>
    public static Delegate Page(Func<Asked, Task<IResult>> page) =>
        async (HttpRequest request, OperatorPrincipal caller, ChatJournal journal, ReportReading reading, TimeProvider clock) =>
            ReportRequest.Read(request.Query, await journal.StateAsync(caller.Account), clock.GetUtcNow(), out var wrong) is { } query
                ? await page(new Asked(caller, query, reading))
                : wrong!;

    public Count Count(Grouping grouping, Measures measures)
    {
        var count = new Count(Query, grouping, measures);
        counts.Add(count);
        return count;
    }

    public async Task<IResult> AnswerAsync<T>(Func<T> tell)
    {
        await Reading.RunAsync(Caller.Account, Query, counts);
        return TypedResults.Ok(tell());
    }
}

internal static class Measure
{
    public const Measures Everything = Measures.FirstResponse | Measures.QueueWait | Measures.Reaction | Measures.Response | Measures.Handling
        | Measures.Duration | Measures.Ratings;
}
