using static Microsoft.Playwright.Assertions;

namespace Beseda.Browser.Tests.Widget;

/// <summary>What a visitor wrote arrives once and in order, whatever happens to the page, the network or the server.</summary>
[Collection(nameof(OnTheSite))]
public sealed class NothingIsLost(WidgetSite site)
{
    private const string Messages = "**/api/visitor/messages";

    [Fact]
    public async Task A_message_on_its_way_when_the_page_is_reloaded_arrives_once()
    {
        await using var visitor = await site.VisitorAsync();
        var chat = await ChatWindow.OpenAsync(visitor);
        var held = new TaskCompletionSource<IRoute>();
        await chat.Page.RouteAsync(Messages, route => held.TrySetResult(route), new() { Times = 1 });
        await chat.WriteAsync("reload-1");
        await chat.WriteAsync("reload-2");
        var first = await held.Task;
        await first.FetchAsync();
        await chat.Page.ReloadAsync();
        await chat.ShowsMineAsync("reload-1", "reload-2");
        await chat.IsSentAsync();
        Assert.Equal(["reload-1", "reload-2"], await site.PostedAsync("reload-"));
    }

    [Fact]
    public async Task A_message_whose_answer_was_lost_is_sent_again_and_is_there_once()
    {
        await using var visitor = await site.VisitorAsync();
        var chat = await ChatWindow.OpenAsync(visitor);
        await LoseAnswersAsync(chat, times: 2);
        await chat.WriteAsync("answer-1");
        await chat.WriteAsync("answer-2");
        await chat.ShowsMineAsync("answer-1", "answer-2");
        await chat.IsSentAsync();
        Assert.Equal(["answer-1", "answer-2"], await site.PostedAsync("answer-"));
    }

    [Fact]
    public async Task Words_written_without_a_network_are_sent_when_it_is_back_even_after_a_new_page()
    {
        await using var visitor = await site.VisitorAsync();
        var chat = await ChatWindow.OpenAsync(visitor);
        await chat.WriteAsync("offline-1");
        await chat.IsSentAsync();
        await visitor.SetOfflineAsync(true);
        await chat.WriteAsync("offline-2");
        await chat.WriteAsync("offline-3");
        await chat.SaysAsync("Нет связи");
        await Expect(chat.State).ToContainTextAsync("Ждёт отправки");
        await chat.Page.CloseAsync();

        await visitor.SetOfflineAsync(false);
        var next = new ChatWindow(await visitor.NewPageAsync());
        await next.Page.GotoAsync("/demo/");
        await next.Launcher.ClickAsync();
        await next.ShowsMineAsync("offline-1", "offline-2", "offline-3");
        await next.IsSentAsync();
        Assert.Equal(["offline-1", "offline-2", "offline-3"], await site.PostedAsync("offline-"));
    }

    [Fact]
    public async Task A_network_that_comes_back_is_used_at_once()
    {
        await using var visitor = await site.VisitorAsync();
        var chat = await ChatWindow.OpenAsync(visitor);
        await chat.WriteAsync("back-1");
        await chat.IsSentAsync();
        var failures = 0;
        visitor.RequestFailed += (_, _) => failures++;
        await visitor.SetOfflineAsync(true);
        await chat.WriteAsync("back-2");
        await chat.SaysAsync("Нет связи");
        var anna = await site.OperatorAsync();
        await anna.SayAsync(await anna.TakeAsync("back-1"), "while you were away");
        // By now the widget waits long between its tries; it must not finish such a wait.
        await Eventually.HoldsAsync("several tries have failed", () => Task.FromResult(failures >= 8), TimeSpan.FromMinutes(1));
        await visitor.SetOfflineAsync(false);
        await Expect(chat.Theirs).ToHaveTextAsync("while you were away", new() { Timeout = 6_000 });
        await chat.ShowsMineAsync("back-1", "back-2");
        await Expect(chat.Panel.Locator(".strip")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_server_killed_again_and_again_loses_and_doubles_nothing()
    {
        await using var visitor = await site.VisitorAsync();
        var chat = await ChatWindow.OpenAsync(visitor);
        var written = new List<string>();
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 5; i++)
            {
                written.Add($"killed-{round}{i}");
                await chat.WriteAsync(written[^1]);
                if (i == 2)
                    await site.KillServerAsync();
            }
            await site.StartServerAsync();
        }
        await chat.ShowsMineAsync([.. written]);
        await chat.IsSentAsync();
        Assert.Equal(written, await site.PostedAsync("killed-"));
    }

    [Fact]
    public async Task A_draft_is_still_there_after_a_reload()
    {
        await using var visitor = await site.VisitorAsync();
        var chat = await ChatWindow.OpenAsync(visitor);
        await chat.Composer.FillAsync("ещё не дописал");
        await chat.Page.ReloadAsync();
        await Expect(chat.Composer).ToHaveValueAsync("ещё не дописал");
    }

    [Fact]
    public async Task A_browser_without_storage_can_still_write()
    {
        await using var visitor = await site.VisitorAsync();
        await visitor.AddInitScriptAsync("""
            for (const area of ["localStorage", "sessionStorage"])
              Object.defineProperty(window, area, { get() { throw new DOMException("blocked", "SecurityError"); } });
            """);
        var chat = await ChatWindow.OpenAsync(visitor);
        await LoseAnswersAsync(chat, times: 1);
        await chat.WriteAsync("memory-1");
        await chat.IsSentAsync();
        Assert.Equal(["memory-1"], await site.PostedAsync("memory-"));
    }

    /// <summary>The server gets the message; the browser never hears of it.</summary>
    private static Task LoseAnswersAsync(ChatWindow chat, int times) => chat.Page.RouteAsync(Messages, async route =>
    {
        await route.FetchAsync();
        await route.AbortAsync();
    }, new() { Times = times });
}
