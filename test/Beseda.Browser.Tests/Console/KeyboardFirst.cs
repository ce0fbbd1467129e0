using Beseda.Browser.Tests.Widget;
using static Microsoft.Playwright.Assertions;

namespace Beseda.Browser.Tests.Console;

public sealed class KeyboardFirst(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task A_whole_working_day_without_a_mouse()
    {
        await using var server = await RunningServer.StartAsync("--limits", "off");
        var nikolay = await Colleague.OnDutyAsync(server.Address, "nikolay");
        await using var person = await chromium.PersonAsync(width: 1440, height: 900);
        var anna = await Desk.SignInAsync(person, server.Address);
        var (first, second) = (await Stranger.ComesAsync(server.Address), await Stranger.ComesAsync(server.Address));
        await first.SaysAsync("первый");
        await second.SaysAsync("второй");
        await Expect(anna.Rows).ToHaveCountAsync(2);
        await Expect(anna.Page).ToHaveTitleAsync("(2) Беседа");

        var keys = anna.Page.Keyboard;
        await keys.PressAsync("Alt+KeyN");
        await Expect(anna.Texts).ToHaveTextAsync(["первый"]);
        await Expect(anna.Page.Locator("#note-toggle")).ToBeEnabledAsync();
        await Expect(anna.Composer).ToBeFocusedAsync();
        await keys.TypeAsync("добрый");
        await keys.PressAsync("Shift+Enter");
        await keys.TypeAsync("день");
        await keys.PressAsync("Enter");
        await anna.ShowsAsync(["первый", "добрый\nдень"]);

        await keys.PressAsync("Alt+KeyI");
        await keys.TypeAsync("проверить порт");
        await keys.PressAsync("Enter");
        await Expect(anna.Page.Locator(".message.note .text")).ToHaveTextAsync("проверить порт");
        await Expect(anna.Page.Locator(".compose.note")).ToHaveCountAsync(0);

        await keys.PressAsync("Alt+ArrowDown");
        await Expect(anna.Texts).ToHaveTextAsync(["второй"]);
        await keys.PressAsync("Alt+KeyA");
        await Expect(anna.Page.Locator("#note-toggle")).ToBeEnabledAsync();
        await keys.PressAsync("Alt+KeyP");
        await Expect(anna.Page.GetByPlaceholder("Найти по имени")).ToBeFocusedAsync();
        await keys.TypeAsync("Николай");
        await keys.PressAsync("Enter");
        await Expect(anna.Page.Locator("#hand-over")).ToBeHiddenAsync();
        await Expect(anna.Page.Locator(".compose-state")).ToContainTextAsync("Николай");
        await nikolay.TakeAsync("второй");
        await Expect(anna.Page.Locator(".compose-state")).ToContainTextAsync("Чат ведёт Николай");

        await keys.PressAsync("Alt+ArrowUp");
        await Expect(anna.Texts.First).ToHaveTextAsync("первый");
        await keys.PressAsync("Alt+KeyX");
        await Expect(anna.Page.Locator("#close-chat")).ToBeVisibleAsync();
        await keys.PressAsync("Enter");
        await Expect(anna.Page.GetByText("Чат закрыт.")).ToBeVisibleAsync();
        await keys.PressAsync("Escape");
        await Expect(anna.Page.Locator("#log")).ToHaveCountAsync(0);
        await keys.PressAsync("?");
        await Expect(anna.Page.Locator("#help")).ToBeVisibleAsync();
        await keys.PressAsync("Escape");
        await keys.PressAsync("Alt+KeyS");
        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("Enter");
        await Expect(anna.Page.Locator("#status-button")).ToContainTextAsync("Отошёл");
    }

    [Fact]
    public async Task Every_chat_keeps_its_own_draft()
    {
        await using var server = await RunningServer.StartAsync("--limits", "off");
        await using var person = await chromium.PersonAsync(width: 1440, height: 900);
        var anna = await Desk.SignInAsync(person, server.Address);
        var (first, second) = (await Stranger.ComesAsync(server.Address), await Stranger.ComesAsync(server.Address));
        await first.SaysAsync("первый");
        await second.SaysAsync("второй");
        await anna.TakeAsync(first);
        await anna.Composer.FillAsync("для первого");
        await anna.TakeAsync(second);
        await Expect(anna.Composer).ToHaveValueAsync("");
        await anna.Composer.FillAsync("для второго");
        await anna.OpenAsync(first.Conversation);
        await Expect(anna.Composer).ToHaveValueAsync("для первого");
        await anna.Page.GoBackAsync();
        await Expect(anna.Composer).ToHaveValueAsync("для второго");
    }

    [Fact]
    public async Task What_a_visitor_types_is_seen_and_forgotten()
    {
        await using var server = await RunningServer.StartAsync("--limits", "off");
        await using var person = await chromium.PersonAsync(width: 1440, height: 900);
        var anna = await Desk.SignInAsync(person, server.Address);
        var visitor = await Stranger.ComesAsync(server.Address);
        await visitor.SaysAsync("вопрос");
        await anna.TakeAsync(visitor);
        await visitor.TypesAsync("Нижний Нов");
        await Expect(anna.Page.Locator(".types")).ToHaveTextAsync("Нижний Нов");
        await Expect(anna.Row(visitor.Conversation).Locator(".preview")).ToHaveTextAsync("печатает: Нижний Нов");
        await Expect(anna.Page.Locator(".types")).ToHaveCountAsync(0, new() { Timeout = 10_000 });
        await anna.WriteAsync("Где вы?");
        await anna.ShowsAsync(["вопрос", "Где вы?"]);
        await visitor.ReadsAsync(await visitor.SaysAsync("Нижний Новгород"));
        await Expect(anna.Page.Locator(".message.Me .mark.read")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task What_is_offered_counts_down_and_goes_back_when_nobody_accepts()
    {
        await using var server = await RunningServer.StartAsync("--limits", "off");
        await Office.SetDepartmentAsync(server.Address, department => department with { Routing = Protocol.Routing.Automatic, AcceptSeconds = 5 });
        await using var person = await chromium.PersonAsync(width: 1440, height: 900);
        var anna = await Desk.SignInAsync(person, server.Address);
        var visitor = await Stranger.ComesAsync(server.Address);
        await visitor.SaysAsync("вопрос");
        await Expect(anna.Row(visitor.Conversation).Locator(".take.offered")).ToBeVisibleAsync();
        await Expect(anna.Row(visitor.Conversation).Locator(".until")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^0:0[0-5]$"));
        await Expect(anna.Page).ToHaveTitleAsync("(1) Беседа");
        await anna.Page.Keyboard.PressAsync("Alt+KeyN");
        await Expect(anna.Page.Locator("#note-toggle")).ToBeEnabledAsync();
        await Expect(anna.Page.Locator(".facts")).ToContainTextAsync("Единственный, кто мог");
    }
}
