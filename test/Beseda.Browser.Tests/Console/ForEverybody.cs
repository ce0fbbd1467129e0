using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Beseda.Browser.Tests.Console;

/// <summary>In the dark, by ear, on a phone, in English.</summary>
public sealed class ForEverybody(Chromium chromium) : IClassFixture<Chromium>
{
    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Every_state_of_the_console_passes_axe(ColorScheme scheme)
    {
        await using var server = await RunningServer.StartAsync("--limits", "off");
        await using var person = await chromium.PersonAsync(new() { Locale = "ru-RU", ColorScheme = scheme, ViewportSize = new() { Width = 1440, Height = 900 }, BypassCSP = true });
        var page = await person.NewPageAsync();
        await page.GotoAsync($"{server.Address}console");
        await PassesAsync(page, "sign-in");
        await page.CloseAsync();
        var anna = await Desk.SignInAsync(person, server.Address);
        await PassesAsync(anna.Page, "empty");
        var (visitor, other) = (await Stranger.ComesAsync(server.Address), await Stranger.ComesAsync(server.Address));
        await visitor.SaysAsync("Вопрос со ссылкой https://provider.example");
        await other.SaysAsync("Второй вопрос");
        await Expect(anna.Rows).ToHaveCountAsync(2);
        await PassesAsync(anna.Page, "waiting");
        await anna.TakeAsync(visitor);
        await anna.WriteAsync("Ответ");
        await anna.Page.Keyboard.PressAsync("Alt+KeyI");
        await anna.WriteAsync("Заметка");
        await visitor.TypesAsync("пишу");
        await Expect(anna.Page.Locator(".types")).ToBeVisibleAsync();
        await PassesAsync(anna.Page, "talking");
        foreach (var (key, dialog) in new[] { ("Alt+KeyP", "#hand-over"), ("Alt+KeyX", "#close-chat"), ("Alt+Slash", "#help") })
        {
            await anna.Page.Keyboard.PressAsync(key);
            await Expect(anna.Page.Locator(dialog)).ToBeVisibleAsync();
            await PassesAsync(anna.Page, dialog);
            await anna.Page.Keyboard.PressAsync("Escape");
        }
        await anna.Page.Keyboard.PressAsync("Alt+KeyS");
        await PassesAsync(anna.Page, "menu");
    }

    [Fact]
    public async Task On_a_phone_there_is_one_pane_and_nothing_scrolls_sideways()
    {
        await using var server = await RunningServer.StartAsync("--limits", "off");
        await using var person = await chromium.PersonAsync(new() { Locale = "ru-RU", ViewportSize = new() { Width = 360, Height = 640 }, IsMobile = true, HasTouch = true });
        var anna = await Desk.SignInAsync(person, server.Address);
        var visitor = await Stranger.ComesAsync(server.Address);
        await visitor.SaysAsync(new string('ы', 400) + " https://provider.example/" + new string('a', 400));
        await anna.Row(visitor.Conversation).TapAsync();
        await Expect(anna.Page.Locator(".lists")).ToBeHiddenAsync();
        await anna.Page.Locator(".compose-state [data-do=take]").TapAsync();
        await anna.WriteAsync("Ответ с телефона");
        await anna.ShowsAsync([await anna.Texts.First.InnerTextAsync(), "Ответ с телефона"]);
        await NoSidewaysAsync();
        await anna.Page.Locator("[data-do=about]").First.TapAsync();
        await Expect(anna.Page.GetByText("Почему этот оператор")).ToBeVisibleAsync();
        await NoSidewaysAsync();
        await anna.Page.Locator(".facts [data-do=about]").TapAsync();
        await anna.Page.Locator(".back").TapAsync();
        await Expect(anna.Row(visitor.Conversation)).ToBeVisibleAsync();
        await NoSidewaysAsync();

        async Task NoSidewaysAsync() => Assert.Equal(360, await anna.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task The_language_and_the_light_are_the_operators_choice_and_are_remembered()
    {
        await using var server = await RunningServer.StartAsync();
        await using var person = await chromium.PersonAsync(width: 1440, height: 900);
        var anna = await Desk.SignInAsync(person, server.Address);
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Светлая или тёмная" }).ClickAsync();
        Assert.Equal("rgb(23, 24, 28)", await GroundAsync());
        await anna.Page.Locator("#status-button").ClickAsync();
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "English" }).ClickAsync();
        await Expect(anna.Page.GetByText("My chats")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await anna.IsThereAsync();
        Assert.Equal("rgb(23, 24, 28)", await GroundAsync());

        Task<string> GroundAsync() => anna.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
    }

    private static async Task PassesAsync(IPage page, string state)
    {
        var found = await page.RunAxe(new AxeRunOptions { RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] } });
        Assert.True(found.Violations.Length == 0, $"{state}: {string.Join("; ", found.Violations.Select(v => $"{v.Id}: {string.Join(" ", v.Nodes.Select(n => n.Html))}"))}");
    }
}
