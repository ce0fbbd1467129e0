using Beseda.Platforms;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Beseda.Browser.Tests.Console;

/// <summary>An administrator connects a messenger and looks after it.</summary>
public sealed class ChannelsPage(Chromium chromium) : IClassFixture<Chromium>
{
    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task A_bot_is_connected_by_its_token_tried_and_printed_and_every_step_passes_axe(ColorScheme scheme)
    {
        await using var town = await Town.StartAsync(pace: 0.1);
        await using var server = await RunningServer.StartAsync("--limits", "off", "--Outbound:Allow:0=127.0.0.0/8", $"--Channels:telegram:Address={town.Address}");
        var bot = town.Telegram.Open("Свет и Сеть");
        await using var person = await chromium.PersonAsync(new() { Locale = "ru-RU", ColorScheme = scheme, ViewportSize = new() { Width = 1440, Height = 900 }, BypassCSP = true });
        var page = (await Desk.SignInAsync(person, server.Address, "admin")).Page;
        await page.Locator("#status-button").ClickAsync();
        await page.Locator("[data-act=channels]").ClickAsync();
        await PassesAsync(page, "none yet");
        await page.Locator(".kind", new() { HasText = "Telegram" }).ClickAsync();
        await page.Locator("#field-token").FillAsync("1:wrong");
        await page.Locator("#save").ClickAsync();
        await Expect(page.Locator("#field-token-more")).ToContainTextAsync("401 Unauthorized");
        await PassesAsync(page, "wrong token");
        await page.Locator("#field-token").FillAsync(bot.Token);
        await page.Locator("#save").ClickAsync();
        await Expect(page.Locator(".channel-ready")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Свет и Сеть" })).ToBeVisibleAsync();
        await PassesAsync(page, "connected");

        var maria = bot.Meet("Мария Иванова");
        maria.Start();
        await maria.SeesAsync(said => said.Text?.StartsWith("Здравствуйте", StringComparison.Ordinal) == true);
        await page.Locator("#test").ClickAsync();
        await Expect(page.Locator(".condition")).ToContainTextAsync("Отправлено");
        await maria.SeesAsync("Тестовое сообщение из Беседы");

        await page.Locator("#show-code").ClickAsync();
        await Expect(page.Locator("#channel-code img")).ToHaveJSPropertyAsync("complete", true);
        Assert.True(await page.Locator("#channel-code img").EvaluateAsync<int>("code => code.naturalWidth") > 0);
        await PassesAsync(page, "code");
        var saved = await page.RunAndWaitForDownloadAsync(() => page.Locator("#channel-code [download]", new() { HasText = "PNG" }).ClickAsync());
        Assert.Equal("telegram.png", saved.SuggestedFilename);
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("summary").ClickAsync();
        await PassesAsync(page, "texts");
    }

    private static async Task PassesAsync(IPage page, string state)
    {
        var found = await page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        Assert.True(found.Violations.Length == 0, $"{state}: {string.Join("; ", found.Violations.Select(one => $"{one.Id} {string.Join(", ", one.Nodes.Select(node => node.Html))}"))}");
    }
}
