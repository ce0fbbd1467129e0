using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Beseda.Browser.Tests.Widget;

/// <summary>For everybody: by keyboard, by ear, in the dark, on a small phone.</summary>
[Collection(nameof(OnTheSite))]
public sealed class Access(WidgetSite site)
{
    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Every_state_of_the_chat_passes_axe(ColorScheme scheme)
    {
        await using var visitor = await site.VisitorAsync(new() { ColorScheme = scheme, BypassCSP = true });
        var anna = await site.OperatorAsync();
        var chat = await ChatWindow.OpenAsync(visitor);
        await PassesAsync(chat, "empty");
        var question = $"axe-{scheme}";
        await chat.WriteAsync(question);
        await chat.SaysAsync("Пожалуйста, подождите");
        await PassesAsync(chat, "waiting");
        var asked = (await anna.FindAsync(question)).Last!.Seq;
        await anna.SayAsync(await anna.TakeAsync(question), "https://example.org", replyTo: asked);
        await chat.ShowsTheirsAsync("https://example.org");
        await PassesAsync(chat, "talking");
        await chat.Button("Завершить чат").ClickAsync();
        await PassesAsync(chat, "asking to close");
        await chat.Button("Завершить").ClickAsync();
        await Expect(chat.Button("Оценка 5 из 5")).ToBeVisibleAsync();
        await PassesAsync(chat, "rating");
    }

    [Fact]
    public async Task The_keyboard_opens_writes_rates_and_closes()
    {
        await using var visitor = await site.VisitorAsync();
        var chat = new ChatWindow(await visitor.NewPageAsync());
        await chat.Page.GotoAsync("/demo/");
        await chat.Launcher.FocusAsync();
        await chat.Page.Keyboard.PressAsync("Enter");
        await Expect(chat.Composer).ToBeFocusedAsync();
        await chat.Page.Keyboard.TypeAsync("one");
        await chat.Page.Keyboard.PressAsync("Shift+Enter");
        await chat.Page.Keyboard.TypeAsync("two");
        await chat.Page.Keyboard.PressAsync("Enter");
        await chat.ShowsMineAsync("one\ntwo");
        await Expect(chat.Composer).ToBeFocusedAsync();
        await chat.Page.Keyboard.PressAsync("Escape");
        await Expect(chat.Panel).ToBeHiddenAsync();
        await Expect(chat.Launcher).ToBeFocusedAsync();
    }

    [Fact]
    public async Task On_a_phone_the_chat_fills_the_screen_and_nothing_scrolls_sideways()
    {
        await using var visitor = await site.VisitorAsync(new() { ViewportSize = new() { Width = 360, Height = 640 }, IsMobile = true, HasTouch = true });
        var chat = await ChatWindow.OpenAsync(visitor);
        var box = (await chat.Panel.BoundingBoxAsync())!;
        Assert.Equal((0, 0, 360, 640), (box.X, box.Y, box.Width, box.Height));
        Assert.Equal(360, await chat.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await Expect(chat.Launcher).ToBeHiddenAsync();
        foreach (var button in await chat.Panel.GetByRole(AriaRole.Button).AllAsync())
            if (await button.IsVisibleAsync())
                Assert.InRange((await button.BoundingBoxAsync())!.Height, 44, 100);
        await chat.Button("Свернуть чат").ClickAsync();
        await Expect(chat.Launcher).ToBeVisibleAsync();
    }

    [Fact]
    public async Task English_pages_speak_English()
    {
        await using var visitor = await site.VisitorAsync(new() { Locale = "en-GB" });
        var page = await visitor.NewPageAsync();
        await page.GotoAsync("/demo/");
        await page.GetByRole(AriaRole.Button, new() { Name = "Open chat" }).ClickAsync();
        await Expect(page.GetByLabel("Your message")).ToBeFocusedAsync();
    }

    internal static async Task PassesAsync(ChatWindow chat, string state)
    {
        var found = await chat.Page.RunAxe(new AxeRunContext { Include = [new("beseda-chat")] });
        Assert.True(found.Violations.Length == 0, $"{state}: {string.Join("; ", found.Violations.Select(v => $"{v.Id}: {v.Nodes[0].Html}"))}");
    }
}
