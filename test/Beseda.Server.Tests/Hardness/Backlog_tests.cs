using System.Text.Json;
using Beseda.Server.Doors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace Beseda.Server.Tests.Hardness;

/// <summary>A node that is behind turns visitors' posts away, and nobody else.</summary>
public sealed class Backlog_tests
{
    private readonly FakeTimeProvider clock = new(DateTimeOffset.UtcNow);
    private readonly TaskCompletionSource served = new();
    private readonly Queue<IThreadPoolWorkItem> waiting = [];
    private readonly Backlog backlog;

    public Backlog_tests() => backlog = new Backlog(
        http => http.Request.Path.Value!.EndsWith("/slow", StringComparison.Ordinal) ? served.Task : Task.CompletedTask, clock, waiting.Enqueue);

    [Fact]
    public async Task While_work_waits_for_long_and_many_are_inside_posts_of_visitors_are_turned_away()
    {
        var inside = Fill(520);
        clock.Advance(TimeSpan.FromMilliseconds(30));

        var told = await AskAsync("POST", "/api/visitor/messages");
        Assert.Equal((503, "1"), (told.Response.StatusCode, told.Response.Headers.RetryAfter.ToString()));
        Assert.Equal("overloaded", Body(told).GetProperty("code").GetString());
        Assert.Equal(200, (await AskAsync("GET", "/api/visitor/timeline")).Response.StatusCode);
        Assert.Equal(200, (await AskAsync("POST", "/api/operator/conversations/1/messages")).Response.StatusCode);

        served.SetResult();
        await inside;
        Assert.Equal(200, (await AskAsync("POST", "/api/visitor/messages")).Response.StatusCode);
    }

    [Fact]
    public async Task As_soon_as_work_is_done_in_time_again_everybody_is_let_in()
    {
        _ = Fill(520);
        clock.Advance(TimeSpan.FromMilliseconds(30));
        waiting.Dequeue().Execute();
        Assert.Equal(503, (await AskAsync("POST", "/api/visitor/messages")).Response.StatusCode);

        clock.Advance(TimeSpan.FromMilliseconds(20));
        await AskAsync("POST", "/api/visitor/messages");
        waiting.Dequeue().Execute();
        Assert.Equal(200, (await AskAsync("POST", "/api/visitor/messages")).Response.StatusCode);
    }

    [Fact]
    public async Task A_few_are_served_however_long_it_takes()
    {
        _ = Fill(500);
        clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(200, (await AskAsync("POST", "/api/visitor/messages")).Response.StatusCode);
    }

    private Task Fill(int callers)
    {
        // Long ago nothing was asked: the first sends the probe.
        clock.Advance(TimeSpan.FromSeconds(1));
        return Task.WhenAll(Enumerable.Range(0, callers).Select(_ => AskAsync("POST", "/api/visitor/slow")));
    }

    private async Task<HttpContext> AskAsync(string method, string path)
    {
        var http = new DefaultHttpContext();
        (http.Request.Method, http.Request.Path, http.Response.Body) = (method, path, new MemoryStream());
        await backlog.InvokeAsync(http);
        return http;
    }

    private static JsonElement Body(HttpContext http) => JsonElement.Parse(((MemoryStream)http.Response.Body).ToArray());
}
