using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Beseda.Client;
using Beseda.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Beseda.Console.Tests.Client;

public sealed class Posting_tests
{
    private const string Accepted = """{"seq":9,"conversation":5,"at":"2026-03-01T10:00:00.000Z"}""";

    private static readonly OperatorMessage Hello = new("once", "Здравствуйте");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_is_sent_again_with_its_client_id_until_the_server_has_it()
    {
        var bodies = new ConcurrentQueue<string>();
        await using var door = await Door.Open(app => app.MapPost("/api/operator/conversations/5/messages", async (HttpContext context) =>
        {
            bodies.Enqueue(await new StreamReader(context.Request.Body).ReadToEndAsync(context.RequestAborted));
            switch (bodies.Count)
            {
                case 1: context.Cut(); break;
                case 2: await context.Response.Problem(503, "busy"); break;
                case 3: await context.Response.Problem(502, "gateway"); break;
                case 4: await context.Response.Problem(504, "gateway"); break;
                default: await context.Response.Json(Accepted); break;
            }
        }));

        var answer = await new OperatorClient(door.Http).PostAsync(5, Hello, stop: Stop);

        Assert.Equal(9, answer.Seq);
        Assert.Equal(5, bodies.Count);
        Assert.Equal("once", Assert.Single(bodies.Distinct().Select(body => JsonDocument.Parse(body).RootElement.GetProperty("clientId").GetString())));
    }

    [Fact]
    public async Task The_server_says_when_to_come_again_and_is_obeyed()
    {
        var times = new ConcurrentQueue<long>();
        await using var door = await Door.Open(app => app.MapPost("/api/visitor/{what}", async (string what, HttpContext context) =>
        {
            if (what == "session") { await context.Response.Json(Session); return; }
            times.Enqueue(Stopwatch.GetTimestamp());
            context.Response.Headers.RetryAfter = "1";
            if (times.Count == 1) await context.Response.Problem(429, "slow-down");
            else await context.Response.Json(Accepted);
        }));
        var visitor = new VisitorClient(door.Http);
        await visitor.SessionAsync(new SessionRequest("demo"), Stop);

        await visitor.PostAsync(new VisitorMessage("once", "?"), stop: Stop);

        Assert.True(Stopwatch.GetElapsedTime(times.First(), times.Last()) >= TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData(409, "already-taken")]
    [InlineData(422, "invalid")]
    [InlineData(500, "broken")]
    public async Task A_refusal_is_not_repeated_and_tells_its_name(int status, string code)
    {
        var calls = 0;
        await using var door = await Door.Open(app => app.MapPost("/api/operator/conversations/5/messages", (HttpContext context) =>
        {
            calls++;
            return context.Response.Problem(status, code);
        }));

        var refused = await Assert.ThrowsAsync<BesedaException>(() => new OperatorClient(door.Http).PostAsync(5, Hello, stop: Stop));

        Assert.Equal((status, code, "No.", "too long", 1), ((int)refused.Status, refused.Code, refused.Message, refused.Errors["text"], calls));
    }

    [Fact]
    public async Task Patience_ends_with_the_last_failure()
    {
        var calls = 0;
        await using var door = await Door.Open(app => app.MapPost("/api/operator/conversations/5/messages", (HttpContext context) =>
        {
            calls++;
            return context.Response.Problem(503, "busy");
        }));

        var refused = await Assert.ThrowsAsync<BesedaException>(() =>
            new OperatorClient(door.Http).PostAsync(5, Hello, TimeSpan.FromSeconds(1), Stop));

        Assert.Equal("busy", refused.Code);
        Assert.InRange(calls, 2, 6);
    }

    [Fact]
    public async Task What_is_no_problem_of_ours_is_still_an_exception_with_its_status()
    {
        await using var door = await Door.Open(app => app.MapGet("/api/operator/desk", (HttpContext context) =>
        {
            context.Response.StatusCode = 418;
            return context.Response.WriteAsync("<h1>A proxy's page</h1>");
        }));

        var refused = await Assert.ThrowsAsync<BesedaException>(() => new OperatorClient(door.Http).DeskAsync(Stop));

        Assert.Equal(((HttpStatusCode)418, "unknown"), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task An_operator_names_the_program_and_a_visitor_shows_the_newest_token()
    {
        var heads = new ConcurrentQueue<string>();
        await using var door = await Door.Open(app =>
        {
            app.MapPost("/api/operator/alive", context => Note(context, "X-Beseda-Client"));
            app.MapPost("/api/visitor/read", context => Note(context, "Authorization"));
            app.MapPost("/api/visitor/session", async context =>
            {
                heads.Enqueue(await new StreamReader(context.Request.Body).ReadToEndAsync(context.RequestAborted));
                await context.Response.Json(Session);
            });
        });
        var visitor = new VisitorClient(door.Http);

        await new OperatorClient(door.Http, "bot").AliveAsync(Stop);
        await visitor.SessionAsync(new SessionRequest("demo"), Stop);
        await visitor.ReadAsync(7, Stop);
        await visitor.SessionAsync(new SessionRequest("demo"), Stop);

        Assert.Equal(["bot", """{"account":"demo"}""", "Bearer t1", """{"account":"demo","token":"t1"}"""], heads);

        Task Note(HttpContext context, string header)
        {
            heads.Enqueue(context.Request.Headers[header].ToString());
            context.Response.StatusCode = 204;
            return Task.CompletedTask;
        }
    }

    private const string Session =
        """
        {"token":"t1","journal":"j1","visitor":{"id":"v1"},"seq":3,"availability":"online","conversation":null,
         "timeline":[],"hasMore":false,"settings":{"name":"Demo","ratingScale":5}}
        """;
}
