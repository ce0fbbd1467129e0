using Beseda.Protocol;

namespace Beseda.Server.Tests.Operating;

/// <summary>What whoever runs the server sees of it, and how it stops.</summary>
public sealed class Operating_tests(Server server)
{
    [Fact]
    public async Task Metrics_count_commands_commits_feeds_and_what_waits()
    {
        var company = await Company.OpenAsync(server);
        var guest = await company.ReceiveAsync();
        await using var listener = await guest.ListenAsync();
        await guest.WriteAsync("Привет");
        (await guest.PostAsync("rating", new RatingRequest(1, Operator: 1, Scale: 5, Score: 5))).Must(404);

        var metrics = (await new Caller(server.Address).GetAsync("/metrics")).Must(200).Text;

        Assert.Matches("beseda_commands_total\\{[^}]*outcome=\"committed\"[^}]*\\} [1-9]", metrics);
        Assert.Matches("beseda_commands_total\\{[^}]*outcome=\"refused\"[^}]*\\} [1-9]", metrics);
        Assert.Matches("beseda_commit_duration_seconds_count(\\{[^}]*\\})? [1-9]", metrics);
        Assert.Matches("beseda_commit_commands_bucket", metrics);
        Assert.Matches("beseda_feeds(\\{[^}]*\\})? [1-9]", metrics);
        Assert.Matches("beseda_queue_conversations(\\{[^}]*\\})? [1-9]", metrics);
        Assert.DoesNotContain("Привет", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_are_for_those_who_may_read_them()
    {
        await using var strict = await Server.StartAsync(["--Metrics:Allow:0=10.9.8.0/24"]);
        (await new Caller(strict.Address).GetAsync("/metrics")).Must(403, "not-allowed");
    }

    [Fact]
    public async Task Health_says_live_and_ready()
    {
        Assert.Equal("live", (await new Caller(server.Address).GetAsync("/health/live")).Must(200).Text);
        Assert.Equal("ready", (await new Caller(server.Address).GetAsync("/health/ready")).Must(200).Text);
    }

    [Fact]
    public async Task A_server_that_stops_sends_its_readers_elsewhere_and_carries_out_what_it_was_asked()
    {
        await using var stopping = await Server.StartAsync(["--limits", "off"]);
        var company = await Company.OpenAsync(stopping);
        var guest = await company.ReceiveAsync();
        await using var listener = await guest.ListenAsync();
        var posts = Enumerable.Range(0, 50).Select(i => guest.PostAsync("messages", new VisitorMessage($"{i}", "Привет"))).ToList();
        await posts[0];

        var restarted = stopping.RestartAsync();

        Assert.Equal("going-away", (await listener.ToEndAsync())[^1].Event);
        await restarted;
        var accepted = (await Task.WhenAll(posts.Select(Outcome))).Count(status => status == 200);
        Assert.InRange(accepted, 1, 50);
        Assert.Equal(accepted, (await company.JournalAsync()).Count(e => e.Kind == "message.posted"));
    }

    private static async Task<int> Outcome(Task<Reply> post)
    {
        try
        {
            return (await post).Status;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }
}
