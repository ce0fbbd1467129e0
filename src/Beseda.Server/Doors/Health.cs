namespace Beseda.Server.Doors;

/// <summary><c>GET /health/live</c>: the process answers. <c>GET /health/ready</c>: so does the database.</summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => TypedResults.Text("live")).ExcludeFromDescription();
        app.MapGet("/health/ready", Ready).ExcludeFromDescription();
    }

    private static async Task<IResult> Ready(ChatJournal journal)
    {
        await journal.Readers.ReadAsync(session => session["select 1"].One(row => row.Number(0)));
        return TypedResults.Text("ready");
    }
}
