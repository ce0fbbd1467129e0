using System.Collections.Concurrent;
using static Microsoft.Playwright.Assertions;

namespace Beseda.Browser.Tests.Console;

public sealed class OneFeedForAllTabs(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task Two_tabs_read_one_feed_and_the_second_takes_over_without_gap_or_repeat()
    {
        await using var server = await RunningServer.StartAsync();
        await using var anna = await chromium.PersonAsync(width: 1440, height: 900);
        var feeds = new ConcurrentQueue<IPage>();
        var alive = new ConcurrentQueue<IPage>();
        anna.Request += (_, request) =>
        {
            if (request.Url.Contains("/api/operator/feed", StringComparison.Ordinal)) feeds.Enqueue(request.Frame.Page);
            if (request.Url.EndsWith("/api/operator/alive", StringComparison.Ordinal)) alive.Enqueue(request.Frame.Page);
        };
        var first = await Desk.SignInAsync(anna, server.Address);
        var visitor = await Stranger.ComesAsync(server.Address);
        await visitor.SaysAsync("1");
        await first.TakeAsync(visitor);
        var second = await Desk.AgainAsync(anna, server.Address, $"/{visitor.Conversation}");
        await Expect(second.Texts).ToHaveCountAsync(1);

        var said = new List<string> { "1" };
        async Task SayAsync()
        {
            said.Add($"{said.Count + 1}");
            await visitor.SaysAsync(said[^1]);
        }
        for (var i = 0; i < 5; i++) await SayAsync();
        await first.ShowsAsync(said);
        await second.ShowsAsync(said);
        Assert.All(feeds, page => Assert.Same(first.Page, page));
        Assert.Single(feeds);

        await first.Page.CloseAsync();
        for (var i = 0; i < 20; i++) await SayAsync();
        await second.ShowsAsync(said);
        Assert.Equal(2, feeds.Count);
        Assert.Same(second.Page, feeds.Last());
        Assert.Equal([first.Page, second.Page], alive.Distinct());
    }

    [Fact]
    public async Task Signing_out_in_one_tab_signs_out_all()
    {
        await using var server = await RunningServer.StartAsync();
        await using var anna = await chromium.PersonAsync();
        var first = await Desk.SignInAsync(anna, server.Address);
        var second = await Desk.AgainAsync(anna, server.Address);
        await first.Page.Locator("#status-button").ClickAsync();
        await first.Page.GetByRole(AriaRole.Button, new() { Name = "Выйти", Exact = true }).ClickAsync();
        await Expect(first.Page.Locator("#sign-in")).ToBeVisibleAsync();
        await Expect(second.Page.Locator("#sign-in")).ToBeVisibleAsync();
        await Expect(second.Page.Locator(".frame")).ToHaveCountAsync(0);
    }
}
