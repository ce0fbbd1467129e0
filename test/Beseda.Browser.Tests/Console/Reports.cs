using Beseda.Browser.Tests.Widget;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Beseda.Browser.Tests.Console;

/// <summary>A supervisor reads reports.</summary>
public sealed class Reports(Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly string[] Pages = ["overview", "service", "operators", "satisfaction", "channels", "queue", "categories"];

    [Fact]
    public async Task A_visitor_rates_and_the_number_changes_on_the_open_report()
    {
        await using var server = await RunningServer.StartAsync();
        await using var visitor = await chromium.PersonAsync(new() { BaseURL = $"{server.Address}", Locale = "ru-RU" });
        await using var operators = await chromium.PersonAsync(width: 1440, height: 900);
        await using var supervisors = await chromium.PersonAsync(width: 1440, height: 900);
        var anna = await Desk.SignInAsync(operators, server.Address);
        var boss = (await Desk.SignInAsync(supervisors, server.Address, "admin")).Page;
        await boss.Locator("#status-button").ClickAsync();
        await boss.Locator("[data-act=reports]").ClickAsync();
        await Expect(boss.Locator(".report-none")).ToContainTextAsync("ничего не было");

        var chat = await ChatWindow.OpenAsync(visitor);
        await chat.WriteAsync("Сколько стоит гигабит?");
        await anna.Rows.First.ClickAsync();
        await Expect(anna.Texts.First).ToBeVisibleAsync();
        await anna.Page.Locator(".compose-state [data-do=take]").ClickAsync();
        await Expect(anna.Page.Locator("#note-toggle")).ToBeEnabledAsync();
        await anna.WriteAsync("850 рублей в месяц");
        await chat.ShowsTheirsAsync("850 рублей в месяц");
        await chat.Button("Завершить чат").ClickAsync();
        await chat.Button("Завершить").ClickAsync();
        await Expect(Figure(boss, "Диалоги")).ToHaveTextAsync("1", new() { Timeout = 30_000 });
        await Expect(Figure(boss, "CSI")).ToHaveTextAsync("—");

        await chat.Button("Оценка 4 из 5").ClickAsync();
        await Expect(Figure(boss, "CSI")).ToHaveTextAsync("4,00", new() { Timeout = 30_000 });
        await Expect(Figure(boss, "Оценок «5»")).ToHaveTextAsync("0,0\u00a0%");

        await Figure(boss, "CSI").ClickAsync();
        await Expect(boss.Locator("#behind li")).ToHaveCountAsync(1);
        await boss.Locator("#behind li button").ClickAsync();
        await Expect(boss.Locator("#log .message .text")).ToHaveTextAsync(["Сколько стоит гигабит?", "850 рублей в месяц"]);
        await boss.GoBackAsync();
        await Expect(Figure(boss, "CSI")).ToHaveTextAsync("4,00");
    }

    [Theory]
    [InlineData(ColorScheme.Light, "ru-RU", 1440)]
    [InlineData(ColorScheme.Dark, "en-GB", 360)]
    public async Task Every_page_of_a_company_s_month_passes_axe_and_can_be_printed(ColorScheme scheme, string locale, int width)
    {
        await using var server = await RunningServer.StartAsync("--days", "20", "--conversations", "600");
        await using var person = await chromium.PersonAsync(new() { Locale = locale, ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 }, BypassCSP = true });
        var page = (await Desk.SignInAsync(person, server.Address, "admin")).Page;
        foreach (var name in Pages)
        {
            await page.GotoAsync($"{server.Address}console/reports/{name}");
            await Expect(page.Locator(".report-table td").First).ToBeVisibleAsync(new() { Timeout = 60_000 });
            var found = await page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
            Assert.True(found.Violations.Length == 0, $"{name}: {string.Join("; ", found.Violations.Select(one => $"{one.Id} {string.Join(", ", one.Nodes.Select(node => node.Html))}"))}");
            var wide = await page.EvaluateAsync<string>("[...document.querySelectorAll('main *')].filter(one => document.documentElement.scrollWidth > innerWidth && one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.filter-bar, nav, .scroll')).map(one => one.className).join(', ')");
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{name} is wider than the screen: {wide}");

            await page.EmulateMediaAsync(new() { Media = Media.Print });
            await Expect(page.Locator(".head")).ToBeHiddenAsync();
            await Expect(page.Locator(".presets").First).ToBeHiddenAsync();
            Assert.True(await page.EvaluateAsync<bool>("document.querySelector('.report').scrollHeight <= document.querySelector('.report').clientHeight + 1"), $"{name} is cut off in print");
            await page.EmulateMediaAsync(new() { Media = Media.Screen });
        }
    }

    [Fact]
    public async Task Behind_a_number_stand_its_conversations()
    {
        await using var server = await RunningServer.StartAsync("--days", "20", "--conversations", "600");
        await using var person = await chromium.PersonAsync(width: 1440, height: 900);
        var page = (await Desk.SignInAsync(person, server.Address, "admin")).Page;
        await page.GotoAsync($"{server.Address}console/reports/overview?channel=vk");
        var shown = await Figure(page, "Диалоги").InnerTextAsync();

        await Figure(page, "Диалоги").ClickAsync();

        await Expect(page.Locator("#behind header .muted")).ToHaveTextAsync(shown);
        while (await page.Locator("#behind > div > .button").CountAsync() > 0)
        {
            var before = await page.Locator("#behind li").CountAsync();
            await page.Locator("#behind > div > .button").ClickAsync();
            await Expect(page.Locator("#behind li").Nth(before)).ToBeAttachedAsync();
        }

        await Expect(page.Locator("#behind li")).ToHaveCountAsync(int.Parse(shown.Replace("\u00a0", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture));
    }

    private static ILocator Figure(IPage page, string title) =>
        page.Locator(".figure", new() { Has = page.Locator("h2", new() { HasTextString = title }) }).Locator(".figure-value");
}
