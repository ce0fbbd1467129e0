using System.Collections.Concurrent;
using System.Text;
using Beseda.Client;
using Beseda.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Beseda.Console.Tests.Client;

public sealed class Feed_tests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string Message(long seq, string text = "привет 🙂") =>
        $"id: {seq}\nevent: message.posted\ndata: {{\"kind\":\"message.posted\",\"seq\":{seq},\"at\":\"2026-03-01T10:00:00.000Z\"," +
        $"\"conversation\":1,\"clientId\":\"c{seq}\",\"author\":{{\"kind\":\"visitor\"}},\"text\":\"{text}\"}}\n\n";

    private static Feed Feed(Door door, long since, TimeSpan? silence = null) =>
        new(new Wire(door.Http, _ => { }), "/feed", since, "j1")
        {
            Pause = _ => TimeSpan.FromMilliseconds(1),
            Silence = silence ?? TimeSpan.FromSeconds(30),
        };

    [Fact]
    public async Task Frames_are_whole_however_the_network_cuts_them_in_pieces()
    {
        var bytes = Encoding.UTF8.GetBytes(": hello\n\n" + Message(1) + "id: 5\n\n" + Message(6).Replace("\n", "\r\n", StringComparison.Ordinal)
            + "event: ping\ndata: {}\n\nevent: news-of-next-year\ndata: {}\n\nevent: reset\ndata: {}\n\n");
        await using var door = await Door.Open(app => app.MapGet("/feed", async context =>
        {
            context.Response.ContentType = "text/event-stream";
            foreach (var one in bytes)
            {
                await context.Response.Body.WriteAsync(new[] { one }, context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        }));
        var feed = Feed(door, 0);

        var frames = await feed.ToListAsync(Stop);

        Assert.Collection(frames,
            first => Assert.Equal("привет 🙂", Assert.IsType<MessagePosted>(Assert.IsType<EntryFrame>(first).Entry).Text),
            second => Assert.Equal(6, Assert.IsType<EntryFrame>(second).Entry.Seq),
            third => Assert.IsType<PingFrame>(third),
            last => Assert.IsType<ResetFrame>(last));
        Assert.Equal(6, feed.Position);
    }

    /// <summary>Every connection dies after a chance number of bytes; the whole must still be everything once.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Connections_that_break_anywhere_lose_and_double_nothing(int seed)
    {
        const int last = 300;
        var chance = new Random(seed);
        var connections = 0;
        await using var door = await Door.Open(app => app.MapGet("/feed", async (HttpContext context, long since) =>
        {
            Interlocked.Increment(ref connections);
            context.Response.ContentType = "text/event-stream";
            var everything = new StringBuilder();
            // Every third event is not for this reader: only the heartbeat tells of it.
            for (var seq = since + 1; seq <= last; seq++) everything.Append(seq % 3 == 0 ? $"id: {seq}\n\n" : Message(seq));
            var bytes = Encoding.UTF8.GetBytes(everything.Append("event: reset\ndata: {}\n\n").ToString());
            var enough = Math.Min(bytes.Length, chance.Next(0, 6_000));
            for (var sent = 0; sent < enough;)
            {
                var piece = Math.Min(enough - sent, chance.Next(1, 700));
                await context.Response.Body.WriteAsync(bytes.AsMemory(sent, piece), context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                sent += piece;
            }
            if (enough < bytes.Length) context.Cut();
        }));

        var seen = await Feed(door, 0).OfType<EntryFrame>().Select(frame => frame.Entry.Seq).ToListAsync(Stop);

        Assert.Equal(Enumerable.Range(1, last).Where(seq => seq % 3 != 0).Select(seq => (long)seq), seen);
        Assert.True(connections > 5, $"only {connections} connections");
    }

    [Fact]
    public async Task A_heartbeat_moves_the_position_so_that_a_quiet_reader_resumes_near_the_head()
    {
        var asked = new ConcurrentQueue<string>();
        await using var door = await Door.Open(app => app.MapGet("/feed", async (HttpContext context) =>
        {
            asked.Enqueue(context.Request.QueryString.Value!);
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync(asked.Count == 1 ? "id: 4711\n\n" : "event: reset\ndata: {}\n\n", context.RequestAborted);
        }));

        await Feed(door, 10).ToListAsync(Stop);

        Assert.Equal(["?since=10&journal=j1", "?since=4711&journal=j1"], asked);
    }

    [Fact]
    public async Task A_silent_connection_is_given_up()
    {
        await using var door = await Door.Open(app => app.MapGet("/feed", async (HttpContext context) =>
        {
            context.Response.ContentType = "text/event-stream";
            // However often it takes until the first message has come through, the silence follows that.
            if (context.Request.Query["since"] != "1")
            {
                await context.Response.WriteAsync(Message(1), context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            }
            await context.Response.WriteAsync(Message(2) + "event: reset\ndata: {}\n\n", context.RequestAborted);
        }));

        var frames = await Feed(door, 0, TimeSpan.FromMilliseconds(300)).ToListAsync(Stop);

        Assert.Equal([1L, 2L], frames.OfType<EntryFrame>().Select(frame => frame.Entry.Seq));
    }

    [Fact]
    public async Task Busy_and_broken_servers_are_waited_for_but_a_refusal_ends_the_feed()
    {
        var connections = 0;
        await using var door = await Door.Open(app => app.MapGet("/feed", (HttpContext context) => ++connections switch
        {
            1 => context.Response.Problem(503, "busy"),
            2 => context.Response.Problem(502, "gateway"),
            3 => Broken(context),
            _ => context.Response.Problem(401, "unauthenticated"),
        }));

        var refused = await Assert.ThrowsAsync<BesedaException>(() => Feed(door, 0).ToListAsync(Stop).AsTask());

        Assert.Equal("unauthenticated", refused.Code);
        Assert.Equal(4, connections);

        static Task Broken(HttpContext context)
        {
            context.Cut();
            return Task.CompletedTask;
        }
    }
}
