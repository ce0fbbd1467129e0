using Beseda.Browser.Tests.Widget;
using Beseda.Platforms;
using Beseda.Platforms.Customers;
using Beseda.Platforms.Playground;
using Photograph = Beseda.Platforms.Customers.Media;
using static Microsoft.Playwright.Assertions;

namespace Beseda.Browser.Tests.Console;

/// <summary>A site and four messengers on one screen. With <c>BESEDA_PICTURES=docs</c> its pictures are kept there.</summary>
public sealed class FiveChannels(Chromium chromium) : IClassFixture<Chromium>
{
    /// <summary>Red light on a white box: what a customer sends when there is no internet.</summary>
    private const string Router = """
        <svg xmlns="http://www.w3.org/2000/svg" width="560" height="360"><rect width="560" height="360" fill="#c9b79c"/><rect y="230" width="560" height="130" fill="#8a6f50"/>
        <path d="M130 200V60m300 140V60" stroke="#2c2f36" stroke-width="14" stroke-linecap="round"/><rect x="90" y="180" width="380" height="90" rx="16" fill="#f4f4f2"/>
        <circle cx="160" cy="226" r="9" fill="#3fb76b"/><circle cx="200" cy="226" r="9" fill="#3fb76b"/><circle cx="240" cy="226" r="11" fill="#e5342b"/><circle cx="240" cy="226" r="22" fill="#e5342b" opacity=".25"/></svg>
        """;

    [Fact]
    public async Task Whoever_writes_wherever_stands_in_one_list_and_is_answered_where_they_wrote()
    {
        await using var town = await Town.StartAsync(pace: 0.1);
        await using var server = await Beside.StartAsync(town);
        await new Company(town).ConnectAsync(server.Address, "admin@demo.example", "beseda-demo", TestContext.Current.CancellationToken);
        await using var operators = await chromium.PersonAsync(width: 1440, height: 900);
        await using var visitors = await chromium.PersonAsync(new() { Locale = "ru-RU", BaseURL = server.Address.AbsoluteUri, ReducedMotion = ReducedMotion.Reduce });
        var anna = await Desk.SignInAsync(operators, server.Address);
        var site = await IrinaAsync(visitors);
        var (maria, peter, olga, ivan) = (Of(town.Telegram), Of(town.Vk), Of(town.Viber), Of(town.Messenger));

        peter.Write("Подключаете ли вы Садовую, 12?");
        olga.Write("Пришлите, пожалуйста, счёт за октябрь");
        ivan.Write("Можно ли платить картой из-за границы?");
        await site.WriteAsync("Какой тариф лучше для дачи?");
        maria.Start();
        maria.Write("Второй день нет интернета");
        maria.Send(Photograph.Photo(await PhotoAsync(visitors)), "На роутере горит красный");
        await Expect(anna.Rows).ToHaveCountAsync(5, new() { Timeout = 60_000 });

        await AnswersAsync(anna, "Пётр Сидоров", "ВКонтакте", "vk", "Да, подключим за два дня.");
        await peter.SeesAsync("Да, подключим за два дня.");
        await AnswersAsync(anna, "Ирина Соколова", "сайт", "site", "«Лёгкий»: его можно приостановить на зиму.");
        await site.ShowsTheirsAsync("«Лёгкий»: его можно приостановить на зиму.");
        await AnswersAsync(anna, "Иван Петров", "Messenger", "messenger", "Да, любой картой Visa или Mastercard.");
        await ivan.SeesAsync("Да, любой картой Visa или Mastercard.");
        await AnswersAsync(anna, "Ольга Кузнецова", "Viber", "viber", "Счёт отправили на вашу почту.");
        await olga.SeesAsync("Счёт отправили на вашу почту.");
        await Expect(anna.Page.Locator(".message.Me .mark.delivered")).ToBeVisibleAsync();
        olga.Read();
        await Expect(anna.Page.Locator(".message.Me .mark.read")).ToBeVisibleAsync();
        await AnswersAsync(anna, "Мария Иванова", "Telegram", "telegram", "Спасибо за фото! На линии авария, починим до 18:00.");
        await maria.SeesAsync("Спасибо за фото! На линии авария, починим до 18:00.");
        await Expect(anna.Page.Locator("#log .picture img")).ToHaveJSPropertyAsync("complete", true);
        await Expect(anna.Page.Locator(".message.Me .mark.sent")).ToBeVisibleAsync();
        await Expect(anna.Rows).ToHaveCountAsync(5);
        await KeepAsync(anna.Page, "channels");

        maria.Press("Завершить чат");
        await maria.SeesAsync("Как вам помог оператор Анна?");
        maria.Press("5 ★");
        await Expect(anna.Page.Locator(".facts")).ToContainTextAsync("5 / 5");
        await KeepAsync(anna.Page, "channels-rated");
    }

    /// <summary>Her row says from where she writes; taken and answered, she is among one's own.</summary>
    private static async Task AnswersAsync(Desk anna, string name, string channel, string mark, string answer)
    {
        var row = anna.Rows.Filter(new() { Has = anna.Page.GetByRole(AriaRole.Link, new() { Name = $"{name} {channel}", Exact = true }) });
        await Expect(row.Locator($".face .ch-{mark}")).ToBeVisibleAsync();
        await row.ClickAsync();
        await anna.Page.Locator(".compose-state [data-do=take]").ClickAsync();
        await Expect(anna.Page.Locator("#note-toggle")).ToBeEnabledAsync();
        await anna.WriteAsync(answer);
        await Expect(anna.Texts.Last).ToHaveTextAsync(answer);
    }

    private static Customer Of(Platform platform) => platform.Accounts.Single().Customers.Single();

    /// <summary>A subscriber in her account on the provider's site.</summary>
    private static async Task<ChatWindow> IrinaAsync(IBrowserContext browser)
    {
        var page = await browser.NewPageAsync();
        await page.GotoAsync("/demo/account");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ирина Соколова" }).ClickAsync();
        // The page before has the same address, and nobody's e-mail.
        await Expect(page.GetByText("irina@demo.example")).ToBeVisibleAsync();
        await page.CloseAsync();
        return await ChatWindow.OpenAsync(browser, "/demo/account");
    }

    private static async Task<byte[]> PhotoAsync(IBrowserContext browser)
    {
        var page = await browser.NewPageAsync();
        await page.SetContentAsync($"<body style='margin:0'>{Router}");
        var photo = await page.ScreenshotAsync(new() { Clip = new() { Width = 560, Height = 360 } });
        await page.CloseAsync();
        return photo;
    }

    private static async Task KeepAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("BESEDA_PICTURES") is not { Length: > 0 } folder)
            return;
        await page.Mouse.MoveAsync(700, 10);
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), Animations = ScreenshotAnimations.Disabled });
    }
}
