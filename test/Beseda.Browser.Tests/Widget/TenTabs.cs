using static Microsoft.Playwright.Assertions;

namespace Beseda.Browser.Tests.Widget;

/// <summary>Browsers allow six connections to a host on HTTP/1.1; a visitor may have more tabs than that.</summary>
[Collection(nameof(OnTheSite))]
public sealed class TenTabs(WidgetSite site)
{
    private const string WithoutLocks = "Object.defineProperty(navigator, 'locks', { value: undefined });";

    [Theory]
    [InlineData("locks-", "")]
    [InlineData("lease-", WithoutLocks)]
    public async Task Ten_tabs_hold_one_connection_and_show_the_same(string start, string script)
    {
        await using var visitor = await site.VisitorAsync();
        if (script.Length > 0)
            await visitor.AddInitScriptAsync(script);
        int sessions = 0, feeds = 0;
        visitor.Request += (_, request) =>
        {
            sessions += request.Url.EndsWith("/session", StringComparison.Ordinal) && request.Method == "POST" ? 1 : 0;
            feeds += request.Url.Contains("/visitor/feed", StringComparison.Ordinal) ? 1 : 0;
        };

        var tabs = new List<ChatWindow>();
        for (var i = 0; i < 10; i++)
            tabs.Add(await ChatWindow.OpenAsync(visitor));
        var written = new List<string>();
        foreach (var tab in tabs)
        {
            written.Add($"{start}{written.Count}");
            await tab.WriteAsync(written[^1]);
            await Expect(tab.Mine.Last).ToHaveTextAsync(written[^1]);
        }
        foreach (var tab in tabs)
            await tab.ShowsMineAsync([.. written]);
        Assert.Equal(written, await site.PostedAsync(start));
        Assert.Equal((1, 1), (sessions, feeds));

        await TakesOverAsync(tabs, start);
        Assert.Equal((1, 2), (sessions, feeds));
    }

    /// <summary>The first tab leads; when it is closed another goes on from its position, without a new session.</summary>
    private async Task TakesOverAsync(List<ChatWindow> tabs, string start)
    {
        await tabs[0].Page.CloseAsync();
        var anna = await site.OperatorAsync();
        var conversation = await anna.TakeAsync($"{start}9");
        await anna.SayAsync(conversation, "one answer");
        foreach (var tab in tabs.Skip(1))
            await tab.ShowsTheirsAsync("one answer");
        await tabs[5].WriteAsync($"{start}last");
        await Eventually.HoldsAsync("a follower's message is posted", async () => (await site.PostedAsync($"{start}last")).Length == 1);
        await anna.CloseAsync(conversation);
    }

    [Fact]
    public async Task A_leading_tab_that_hangs_loses_the_lead()
    {
        await using var visitor = await site.VisitorAsync();
        var leader = await ChatWindow.OpenAsync(visitor);
        var follower = await ChatWindow.OpenAsync(visitor);
        var hung = leader.Page.EvaluateAsync("() => { const end = Date.now() + 12000; while (Date.now() < end); }");
        await follower.WriteAsync("hung-1");
        await Eventually.HoldsAsync("the follower sends it itself", async () => (await site.PostedAsync("hung-")).Length == 1, TimeSpan.FromSeconds(10));
        await hung;
        await leader.WriteAsync("hung-2");
        await follower.ShowsMineAsync("hung-1", "hung-2");
        await leader.ShowsMineAsync("hung-1", "hung-2");
        Assert.Equal(["hung-1", "hung-2"], await site.PostedAsync("hung-"));
    }
}
