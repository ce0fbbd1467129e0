using Beseda.Browser.Tests.Widget;
using static Microsoft.Playwright.Assertions;

namespace Beseda.Browser.Tests.Console;

/// <summary>What an operator wrote arrives once and in order, and what was written to them is seen once, whatever happens.</summary>
public sealed class NothingIsLostAtTheDesk(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task A_server_killed_again_and_again_loses_and_doubles_nothing()
    {
        await using var server = await RunningServer.StartAsync("--limits", "off");
        await using var person = await chromium.PersonAsync(width: 1440, height: 900);
        var anna = await Desk.SignInAsync(person, server.Address);
        var visitor = await Stranger.ComesAsync(server.Address);
        await visitor.SaysAsync("вопрос");
        await anna.TakeAsync(visitor);
        for (var round = 0; round < 3; round++)
        {
            var asks = Task.WhenAll(Enumerable.Range(0, 5).Select(i => visitor.SaysAsync($"посетитель {round}{i}")));
            for (var i = 0; i < 5; i++)
            {
                await anna.WriteAsync($"ответ {round}{i}");
                if (i == 2) await server.KillAsync();
            }
            await Expect(anna.Page.Locator(".banner.bad")).ToBeVisibleAsync();
            await server.RestartAsync();
            await asks;
            await Expect(anna.Page.Locator(".banner.bad")).ToHaveCountAsync(0, new() { Timeout = 60_000 });
        }

        await Expect(anna.Page.Locator("#log .leaving")).ToHaveCountAsync(0, new() { Timeout = 60_000 });
        var posted = await Office.PostedAsync(server.Address, visitor.Conversation);
        await anna.ShowsAsync(posted);
        var expected = Enumerable.Range(0, 15).Select(i => $"ответ {i / 5}{i % 5}");
        Assert.Equal(expected, posted.Where(text => text.StartsWith("ответ", StringComparison.Ordinal)));
        Assert.Equal(15, posted.Where(text => text.StartsWith("посетитель", StringComparison.Ordinal)).Distinct().Count());
        Assert.Equal(31, posted.Count);
    }

    [Fact]
    public async Task Words_written_without_a_network_survive_a_reload_and_are_sent_once()
    {
        await using var server = await RunningServer.StartAsync("--limits", "off");
        await using var person = await chromium.PersonAsync(width: 1440, height: 900);
        var anna = await Desk.SignInAsync(person, server.Address);
        var visitor = await Stranger.ComesAsync(server.Address);
        await visitor.SaysAsync("вопрос");
        await anna.TakeAsync(visitor);

        await anna.Page.RouteAsync("**/messages", route => route.AbortAsync());
        await anna.WriteAsync("раз");
        await anna.WriteAsync("два");
        await anna.Composer.FillAsync("ещё не дописано");
        await Expect(anna.Page.Locator("#log .leaving")).ToHaveCountAsync(2);
        await Eventually.HoldsAsync("the draft is kept", () =>
            anna.Page.EvaluateAsync<bool>("Object.keys(localStorage).some(key => key.startsWith('beseda.draft.'))"));
        await anna.Page.UnrouteAllAsync();
        await anna.Page.ReloadAsync();
        await anna.IsThereAsync();

        await anna.ShowsAsync(["вопрос", "раз", "два"]);
        await Expect(anna.Composer).ToHaveValueAsync("ещё не дописано");
        Assert.Equal(["вопрос", "раз", "два"], await Office.PostedAsync(server.Address, visitor.Conversation));
    }

    [Fact]
    public async Task An_answer_lost_on_the_way_back_does_not_double_the_message()
    {
        await using var server = await RunningServer.StartAsync("--limits", "off");
        await using var person = await chromium.PersonAsync(width: 1440, height: 900);
        var anna = await Desk.SignInAsync(person, server.Address);
        var visitor = await Stranger.ComesAsync(server.Address);
        await visitor.SaysAsync("вопрос");
        await anna.TakeAsync(visitor);
        await anna.Page.RouteAsync("**/messages", async route => { await route.FetchAsync(); await route.AbortAsync(); }, new() { Times = 2 });
        await anna.WriteAsync("раз");
        await anna.WriteAsync("два");
        await anna.ShowsAsync(["вопрос", "раз", "два"]);
        Assert.Equal(["вопрос", "раз", "два"], await Office.PostedAsync(server.Address, visitor.Conversation));
    }

    [Fact]
    public async Task A_feed_that_cannot_go_on_is_begun_anew_from_a_new_desk()
    {
        await using var server = await RunningServer.StartAsync("--limits", "off");
        await using var person = await chromium.PersonAsync(width: 1440, height: 900);
        var anna = await Desk.SignInAsync(person, server.Address);
        var visitor = await Stranger.ComesAsync(server.Address);
        await visitor.SaysAsync("вопрос");
        await anna.TakeAsync(visitor);
        // Anna's own rights change: her feed ends with a reset.
        var desk = anna.Page.WaitForResponseAsync("**/api/operator/desk");
        await Office.SetOperatorAsync(server.Address, "anna@demo.example", operatorNow => operatorNow with { Limit = 7 });
        await desk;
        await visitor.SaysAsync("ещё");
        await anna.WriteAsync("ответ");
        await anna.ShowsAsync(["вопрос", "ещё", "ответ"]);
        await Expect(anna.Page.Locator(".banner.bad")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_department_that_is_renamed_is_renamed_on_the_desk()
    {
        await using var server = await RunningServer.StartAsync("--limits", "off");
        // Where there is one alone, nobody needs to read its name.
        await Office.AddDepartmentAsync(server.Address, "Продажи");
        await using var person = await chromium.PersonAsync(width: 1440, height: 900);
        var anna = await Desk.SignInAsync(person, server.Address);
        var visitor = await Stranger.ComesAsync(server.Address);
        await visitor.SaysAsync("вопрос");
        await Expect(anna.Row(visitor.Conversation)).ToContainTextAsync("Поддержка");
        await Office.SetDepartmentAsync(server.Address, department => department with { Name = "Служба заботы" });
        await Expect(anna.Row(visitor.Conversation)).ToContainTextAsync("Служба заботы");
        await visitor.SaysAsync("ещё");
        await Expect(anna.Row(visitor.Conversation)).ToContainTextAsync("ещё");
    }
}
