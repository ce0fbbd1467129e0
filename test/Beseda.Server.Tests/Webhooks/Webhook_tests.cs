using System.Security.Cryptography;
using System.Text;
using Beseda.Protocol;
using Beseda.Server.Tests.Durability;

namespace Beseda.Server.Tests.Webhooks;

/// <summary>Other programs hear of what happens: signed, in order, at least once, and only what their owner may see.</summary>
public sealed class Webhook_tests : IAsyncLifetime
{
    private Server server = null!;
    private Company company = null!;
    private Receiver receiver = null!;

    public async ValueTask InitializeAsync()
    {
        server = await Server.StartAsync(["--limits", "off", "--Outbound:Allow:0=127.0.0.1/32"]);
        company = await Company.OpenAsync(server);
        receiver = await Receiver.OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await receiver.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task What_happens_is_sent_signed_and_in_order()
    {
        var hook = await AddAsync(new WebhookSettings(receiver.Url));
        var guest = await company.ReceiveAsync();
        for (var i = 0; i < 5; i++)
            await guest.WriteAsync($"Привет {i}");

        await Until.TrueAsync(() => receiver.All.Count >= 7);
        Assert.Equal(["conversation.started", "message.posted", "conversation.queued"], Kinds().Take(3));
        Assert.Equal(5, Kinds().Count(kind => kind == "message.posted"));
        Assert.Equal(receiver.All.Select(one => one.Seq).Order(), receiver.All.Select(one => one.Seq));
        Assert.All(receiver.All, one => Assert.True(IsSigned(one, hook.Secret!)));
        Assert.All(receiver.All, one => Assert.Equal(company.Journal.Id, one.Json.GetProperty("journal").GetString()));
        Assert.Equal("Привет 0", receiver.All.First(one => one.Kind == "message.posted").Json.GetProperty("text").GetString());
    }

    [Fact]
    public async Task What_is_not_taken_is_sent_again_before_what_follows_in_its_conversation()
    {
        await AddAsync(new WebhookSettings(receiver.Url, ["message.posted"]));
        var refusals = 0;
        receiver.Answer = one => one.Json.TryGetProperty("text", out var text) && text.GetString() == "упрямое" && refusals++ < 2 ? 302 : 200;
        var (first, second) = (await company.ReceiveAsync(), await company.ReceiveAsync());
        await first.WriteAsync("упрямое");
        await first.WriteAsync("после него");
        await second.WriteAsync("другое");

        await Until.TrueAsync(() => receiver.All.Count >= 5);
        Assert.Equal(["упрямое", "упрямое", "упрямое", "после него"], Texts().Where(text => text != "другое"));
        Assert.Equal(["1", "2", "3"], receiver.All.Where(one => one.Body.Contains("упрямое", StringComparison.Ordinal)).Select(one => one.Attempt));
        Assert.True(Texts().IndexOf("другое") < 3);
        await Until.TrueAsync(async () => (await HookAsync()) is { WaitingConversations: 0, Lag: 0, FailingSince: null });
    }

    [Fact]
    public async Task A_failure_is_seen_and_a_pause_ends_when_it_is_lifted()
    {
        var hook = await AddAsync(new WebhookSettings(receiver.Url));
        receiver.Answer = _ => 500;
        var guest = await company.ReceiveAsync();
        await guest.WriteAsync("раз");
        await Until.TrueAsync(async () => await HookAsync() is { Error: "HTTP 500", FailingSince: not null });

        var paused = (await company.Admin.PutAsync($"/api/admin/webhooks/{hook.Id}", new WebhookSettings(receiver.Url, Paused: true))).Read<WebhookSettings>();
        Assert.True(paused.Paused);
        receiver.Answer = _ => 200;
        (await company.Admin.PutAsync($"/api/admin/webhooks/{hook.Id}", new WebhookSettings(receiver.Url, Paused: false))).Must(200);
        await Until.TrueAsync(async () => await HookAsync() is { Lag: 0, WaitingConversations: 0, FailingSince: null });
    }

    [Fact]
    public async Task Everything_from_an_event_on_can_be_sent_again()
    {
        var guest = await company.ReceiveAsync();
        var posted = await guest.WriteAsync("раз");
        var hook = await AddAsync(new WebhookSettings(receiver.Url, From: posted.Seq));
        await Until.TrueAsync(() => receiver.All.Any(one => one.Seq == posted.Seq));
        Assert.All(receiver.All, one => Assert.True(one.Seq >= posted.Seq));

        (await company.Admin.PostAsync($"/api/admin/webhooks/{hook.Id}/replay", new ReplayRequest(1))).Must(200);
        await Until.TrueAsync(() => receiver.All.Count(one => one.Seq == posted.Seq) == 2);
        Assert.Contains(receiver.All, one => one.Seq < posted.Seq);
    }

    [Fact]
    public async Task One_whose_maker_is_no_operator_any_more_sends_nothing()
    {
        var other = await company.HireAsync("Пётр", Role.Administrator);
        (await other.PostAsync("/api/admin/webhooks", new WebhookSettings(receiver.Url))).Must(200);
        (await company.Admin.PutAsync($"/api/admin/operators/{other.Id}", new OperatorSettings(other.Email, "Пётр", Role.Administrator, 4, [company.Department], Enabled: false))).Must(200);
        await (await company.ReceiveAsync()).WriteAsync("тайна");

        await Until.TrueAsync(async () => await HookAsync() is { Error: not null });
        Assert.DoesNotContain(receiver.All, one => one.Body.Contains("тайна", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://10.0.0.1/")]
    [InlineData("http://[::1]:80/")]
    [InlineData("http://[::ffff:192.168.1.1]/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("ftp://a.example/")]
    [InlineData("https://user:secret@a.example/")]
    [InlineData("nonsense")]
    public async Task An_address_that_is_none_of_the_public_internet_is_refused(string url) =>
        (await company.Admin.PostAsync("/api/admin/webhooks", new WebhookSettings(url))).Must(422, "invalid");

    [Fact]
    public async Task A_name_that_turns_out_to_be_of_this_machine_is_not_called()
    {
        await using var strict = await Server.StartAsync(["--limits", "off"]);
        var firm = await Company.OpenAsync(strict);
        var hook = new UriBuilder(receiver.Url) { Host = "localhost" }.ToString();
        (await firm.Admin.PostAsync("/api/admin/webhooks", new WebhookSettings(hook))).Must(200);
        await (await firm.ReceiveAsync()).WriteAsync("раз");

        await Until.TrueAsync(async () => (await firm.Admin.GetAsync("/api/admin/webhooks")).Read<IReadOnlyList<WebhookSettings>>()
            .Single().Error == "The address is not on the public internet.");
        Assert.Empty(receiver.All);
    }

    private List<string> Kinds() => [.. receiver.All.Select(one => one.Kind)];

    private List<string> Texts() => [.. receiver.All.Select(one => one.Json.GetProperty("text").GetString()!)];

    private async Task<WebhookSettings> AddAsync(WebhookSettings settings) =>
        (await company.Admin.PostAsync("/api/admin/webhooks", settings)).Read<WebhookSettings>();

    private async Task<WebhookSettings> HookAsync() =>
        (await company.Admin.GetAsync("/api/admin/webhooks")).Read<IReadOnlyList<WebhookSettings>>().Single();

    /// <summary>As whoever receives it is to check it.</summary>
    private static bool IsSigned(Received one, string secret)
    {
        var parts = one.Signature.Split(',').ToDictionary(part => part[..part.IndexOf('=', StringComparison.Ordinal)], part => part[(part.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{parts["t"]}.{one.Body}"));
        return parts["v1"] == Convert.ToHexStringLower(mac);
    }
}
