using static Microsoft.Playwright.Assertions;

namespace Beseda.Browser.Tests.Widget;

/// <summary>The widget on a page, as its visitor uses it.</summary>
internal sealed class ChatWindow(IPage page)
{
    public IPage Page => page;

    public ILocator Launcher => page.Locator("beseda-chat .launcher");

    public ILocator Panel => page.Locator("beseda-chat .panel");

    public ILocator Composer => page.GetByLabel("Ваше сообщение");

    /// <summary>The visitor's own words.</summary>
    public ILocator Mine => Panel.Locator(".mine .bubble p");

    public ILocator Theirs => Panel.Locator(".theirs .bubble p");

    /// <summary>Messengers to go on in.</summary>
    public ILocator Places => Panel.Locator(".place");

    /// <summary>What stands under the newest of the visitor's own messages.</summary>
    public ILocator State => Panel.Locator(".foot.mine").Last;

    public static async Task<ChatWindow> OpenAsync(IBrowserContext visitor, string path = "/demo/")
    {
        var chat = new ChatWindow(await visitor.NewPageAsync());
        await chat.Page.GotoAsync(path);
        await chat.Launcher.ClickAsync();
        await Expect(chat.Panel.Locator(".state")).ToContainTextAsync(new System.Text.RegularExpressions.Regex("."));
        return chat;
    }

    public async Task WriteAsync(string text)
    {
        await Composer.FillAsync(text);
        await Composer.PressAsync("Enter");
    }

    public Task ShowsMineAsync(params string[] texts) => Expect(Mine).ToHaveTextAsync(texts, new() { Timeout = 30_000 });

    public Task ShowsTheirsAsync(params string[] texts) => Expect(Theirs).ToHaveTextAsync(texts, new() { Timeout = 30_000 });

    public Task IsSentAsync() => Expect(State).ToContainTextAsync("Отправлено", new() { Timeout = 30_000 });

    public Task SaysAsync(string words) => Expect(Panel).ToContainTextAsync(words, new() { Timeout = 15_000 });

    public ILocator Button(string name) => Panel.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
