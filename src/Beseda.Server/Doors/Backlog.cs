using System.Diagnostics.Metrics;
using System.Text.Json;

namespace Beseda.Server.Doors;

/// <summary>
/// Turns visitors' posts away at the door, for next to nothing, while this node is behind: all it accepted then would be
/// late. How far behind is told by a probe, queued like all other work: as long as it waits, everything waits. Visitors
/// come again by themselves; operators are never turned away here.
/// </summary>
/// <param name="queue">Where the probe waits; default: the thread pool.</param>
internal sealed class Backlog(RequestDelegate next, TimeProvider clock, Action<IThreadPoolWorkItem>? queue = null) : IThreadPoolWorkItem
{
    /// <summary>So few are served however long it takes: a machine that stands still for a moment turns nobody away.</summary>
    private const int Few = 512;

    /// <summary>An answer waits for its turn several times.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan ProbeEvery = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Lately = TimeSpan.FromMilliseconds(100);
    private static readonly Meter Meter = new("Beseda.Server");
    private static readonly Counter<long> TurnedAway =
        Meter.CreateCounter<long>("beseda.posts.turned_away", "{request}", "Visitors' posts that this node was too far behind to accept.");

    /// <summary>Written once: to write it each time costs as much as a good part of a post.</summary>
    private static readonly byte[] Answer = JsonSerializer.SerializeToUtf8Bytes(Problems.Overloaded().ProblemDetails, JsonSerializerOptions.Web);

    private readonly Action<IThreadPoolWorkItem> queue = queue ?? (probe => ThreadPool.UnsafeQueueUserWorkItem(probe, preferLocal: false));
    private int inside;
    private long queuedAt;
    private long doneAt;
    private long waited;

    public Task InvokeAsync(HttpContext http) => IsPost(http.Request) ? ServeAsync(http) : next(http);

    /// <summary>The probe's turn has come.</summary>
    public void Execute()
    {
        var now = clock.GetTimestamp();
        Volatile.Write(ref waited, now - Volatile.Read(ref queuedAt));
        Volatile.Write(ref doneAt, now);
        Volatile.Write(ref queuedAt, 0);
    }

    private static bool IsPost(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && request.Path.StartsWithSegments("/api/visitor", StringComparison.Ordinal);

    private async Task ServeAsync(HttpContext http)
    {
        var others = Interlocked.Increment(ref inside) - 1;
        try
        {
            await (IsFarBehind() && others >= Few ? TurnAwayAsync(http) : next(http));
        }
        finally
        {
            Interlocked.Decrement(ref inside);
        }
    }

    private static Task TurnAwayAsync(HttpContext http)
    {
        TurnedAway.Add(1);
        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        http.Response.ContentType = "application/problem+json";
        http.Response.Headers.RetryAfter = "1";
        http.Response.ContentLength = Answer.Length;
        return http.Response.Body.WriteAsync(Answer, 0, Answer.Length);
    }

    private bool IsFarBehind()
    {
        var now = clock.GetTimestamp();
        var (since, last) = (Volatile.Read(ref queuedAt), Volatile.Read(ref doneAt));
        if (since == 0 && clock.GetElapsedTime(last, now) > ProbeEvery && Interlocked.CompareExchange(ref queuedAt, now, 0) == 0)
            queue(this);
        return (since != 0 && clock.GetElapsedTime(since, now) > Long)
            || (clock.GetElapsedTime(last, now) < Lately && clock.GetElapsedTime(0, Volatile.Read(ref waited)) > Long);
    }
}
