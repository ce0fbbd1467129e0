using Beseda.Browser.Tests.Console;
using Beseda.Platforms;
using Beseda.Platforms.Playground;
using static Microsoft.Playwright.Assertions;

namespace Beseda.Browser.Tests.Widget;

/// <summary>Whoever has to leave the page goes on in a messenger.</summary>
public sealed class GoingOn(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task A_talk_on_the_site_goes_on_in_Telegram_and_operators_know_who_it_is()
    {
        await using var town = await Town.StartAsync(pace: 0.1);
        await using var server = await Beside.StartAsync(town);
        await new Company(town).ConnectAsync(server.Address, "admin@demo.example", "beseda-demo", TestContext.Current.CancellationToken);
        await using var operators = await chromium.PersonAsync(width: 1440, height: 900);
        await using var visitors = await chromium.PersonAsync(new() { Locale = "ru-RU", BaseURL = server.Address.AbsoluteUri, ReducedMotion = ReducedMotion.Reduce, BypassCSP = true });
        var anna = await Desk.SignInAsync(operators, server.Address);
        var chat = await ChatWindow.OpenAsync(visitors);

        // Before the first word they are simply there.
        await Expect(chat.Places).ToHaveTextAsync(["Telegram", "ВКонтакте", "Viber", "Messenger"]);
        await Expect(chat.Button("Продолжить в мессенджере")).ToBeHiddenAsync();
        await Access.PassesAsync(chat, "light");
        await chat.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Access.PassesAsync(chat, "dark");
        await chat.WriteAsync("Пришлите, пожалуйста, договор");
        await chat.IsSentAsync();
        await Expect(chat.Places.First).ToBeHiddenAsync();

        // Later a button brings them, and Escape takes only them away.
        await chat.Button("Продолжить в мессенджере").ClickAsync();
        await Expect(chat.Places.First).ToBeFocusedAsync();
        await chat.Page.Keyboard.PressAsync("Escape");
        await Expect(chat.Places.First).ToBeHiddenAsync();
        await Expect(chat.Panel).ToBeVisibleAsync();
        await chat.Button("Продолжить в мессенджере").ClickAsync();

        var maria = town.Telegram.Accounts.Single().Customers.Single();
        maria.Start((await chat.Places.First.GetAttributeAsync("href"))!.Split("start=")[1]);
        maria.Write("Это снова я");
        await anna.Rows.Filter(new() { HasText = "Мария Иванова" }).ClickAsync();
        await Expect(anna.Page.Locator(".facts")).ToContainTextAsync("Пришлите, пожалуйста, договор");
    }

    [Fact]
    public async Task Where_no_messenger_is_connected_none_is_spoken_of()
    {
        await using var server = await RunningServer.StartAsync("--limits", "off");
        await using var visitors = await chromium.PersonAsync(new() { Locale = "ru-RU", BaseURL = server.Address.AbsoluteUri });
        var chat = new ChatWindow(await visitors.NewPageAsync());
        var told = chat.Page.WaitForResponseAsync("**/api/visitor/channels");
        await chat.Page.GotoAsync("/demo/");
        await chat.Launcher.ClickAsync();
        Assert.True((await told).Ok);
        await Expect(chat.Panel.GetByRole(AriaRole.Navigation)).ToBeHiddenAsync();
        await Expect(chat.Button("Продолжить в мессенджере")).ToBeHiddenAsync();
    }
}
