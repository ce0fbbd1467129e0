using static Microsoft.Playwright.Assertions;

namespace Beseda.Browser.Tests.Widget;

/// <summary>What the visitor sees and can do when the server says no.</summary>
[Collection(nameof(OnTheSite))]
public sealed class Refusals(WidgetSite site)
{
    private const string Messages = "**/api/visitor/messages";

    [Fact]
    public async Task A_refused_message_says_why_and_can_be_sent_again()
    {
        await using var visitor = await site.VisitorAsync();
        var chat = await ChatWindow.OpenAsync(visitor);
        await RefuseAsync(chat, 422, "invalid");
        await chat.WriteAsync("refused-1");
        await Expect(chat.State).ToContainTextAsync("Не отправлено. Сервер не принял такой текст.");
        await chat.WriteAsync("refused-2");
        await Eventually.HoldsAsync("the next message is not held up", async () => (await site.PostedAsync("refused-")).Length == 1);
        await chat.Page.ReloadAsync();
        await chat.Button("Повторить").ClickAsync();
        await Eventually.HoldsAsync("both are posted", async () => (await site.PostedAsync("refused-")).Length == 2);
        await Expect(chat.Panel.Locator(".failed")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_refused_message_can_be_changed_or_dropped()
    {
        await using var visitor = await site.VisitorAsync();
        var chat = await ChatWindow.OpenAsync(visitor);
        await RefuseAsync(chat, 422, "invalid");
        await chat.WriteAsync("change me");
        await chat.Button("Изменить").ClickAsync();
        await Expect(chat.Composer).ToHaveValueAsync("change me");
        await Expect(chat.Mine).ToHaveCountAsync(0);
        await RefuseAsync(chat, 422, "invalid");
        await chat.Composer.PressAsync("Enter");
        await chat.Button("Удалить").ClickAsync();
        await Expect(chat.Mine).ToHaveCountAsync(0);
        Assert.Empty(await site.PostedAsync("change me"));
    }

    [Fact]
    public async Task A_busy_server_is_asked_again_no_sooner_than_it_said()
    {
        await using var visitor = await site.VisitorAsync();
        var chat = await ChatWindow.OpenAsync(visitor);
        var asked = new List<DateTime>();
        chat.Page.Request += (_, request) =>
        {
            if (request.Url.EndsWith("/messages", StringComparison.Ordinal) && request.Method == "POST")
                asked.Add(DateTime.UtcNow);
        };
        await RefuseAsync(chat, 503, "overloaded", retryAfter: 3);
        await chat.WriteAsync("busy-1");
        await Expect(chat.State).ToContainTextAsync("Ждёт отправки");
        await chat.IsSentAsync();
        Assert.Equal(2, asked.Count);
        Assert.InRange((asked[1] - asked[0]).TotalSeconds, 2.9, 8);
    }

    [Fact]
    public async Task A_token_the_server_does_not_know_any_more_costs_no_message()
    {
        await using var visitor = await site.VisitorAsync();
        var chat = await ChatWindow.OpenAsync(visitor);
        await RefuseAsync(chat, 401, "token-invalid");
        await chat.WriteAsync("token-1");
        await chat.IsSentAsync();
        Assert.Equal(["token-1"], await site.PostedAsync("token-"));
    }

    [Fact]
    public async Task Markup_in_words_is_words()
    {
        const string Text = "<img src=x onerror=alert(1)><b>b</b> javascript:alert(1) https://example.org/a?b=1&c=(2).";
        await using var visitor = await site.VisitorAsync();
        var chat = await ChatWindow.OpenAsync(visitor);
        await chat.WriteAsync(Text);
        await chat.ShowsMineAsync(Text);
        await Expect(chat.Panel.Locator(".bubble img, .bubble b")).ToHaveCountAsync(0);
        var links = chat.Mine.Locator("a");
        await Expect(links).ToHaveCountAsync(1);
        await Expect(links).ToHaveAttributeAsync("href", "https://example.org/a?b=1&c=(2)");
        await Expect(links).ToHaveAttributeAsync("rel", "noopener noreferrer nofollow");
    }

    [Fact]
    public async Task Too_long_a_text_is_not_cut_but_counted()
    {
        await using var visitor = await site.VisitorAsync();
        var chat = await ChatWindow.OpenAsync(visitor);
        await chat.Composer.FillAsync(new string('я', 10_007));
        await Expect(chat.Panel.Locator(".counter")).ToHaveTextAsync("Лишних символов: 7");
        await Expect(chat.Button("Отправить")).ToBeDisabledAsync();
        await chat.Composer.FillAsync(new string('я', 10_000));
        await chat.Composer.PressAsync("Enter");
        await chat.IsSentAsync();
    }

    private static Task RefuseAsync(ChatWindow chat, int status, string code, int? retryAfter = null) => chat.Page.RouteAsync(Messages, route => route.FulfillAsync(new()
    {
        Status = status,
        ContentType = "application/problem+json",
        Headers = retryAfter is { } seconds ? [new("Retry-After", seconds.ToString(System.Globalization.CultureInfo.InvariantCulture))] : null,
        Body = $$"""{"status":{{status}},"code":"{{code}}","title":"no"}""",
    }), new() { Times = 1 });
}
