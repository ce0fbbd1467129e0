using System.Diagnostics;
using Beseda.Journal;

namespace Beseda.Server.Doors;

/// <summary>
/// <c>GET /health/live</c>: the process answers. <c>GET /health/ready</c>: so does the database, in time. 200 <c>ready</c> or
/// <c>slow</c>; 503 <c>away</c>, when it has not answered within two seconds or cannot be reached.
/// </summary>
internal static class Health
{
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(2);

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => TypedResults.Text("live")).ExcludeFromDescription();
        app.MapGet("/health/ready", Ready).ExcludeFromDescription();
    }

    private static async Task<IResult> Ready(ChatJournal journal)
    {
        var asked = Stopwatch.GetTimestamp();
        try
        {
            await journal.Readers.ReadAsync(session => session["select 1"].One(row => row.Number(0))).WaitAsync(Away);
            return TypedResults.Text(Stopwatch.GetElapsedTime(asked) < Slow ? "ready" : "slow");
        }
        catch (Exception away) when (away is DatabaseException or TimeoutException)
        {
            return TypedResults.Text("away", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
