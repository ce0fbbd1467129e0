using static Microsoft.Playwright.Assertions;

namespace Beseda.Browser.Tests.Widget;

/// <summary>Signing in to the provider's site and out of it.</summary>
[Collection(nameof(OnTheSite))]
public sealed class Customers(WidgetSite site)
{
    [Fact]
    public async Task Signing_in_takes_the_talk_along_and_signing_out_leaves_nothing_behind()
    {
        await using var visitor = await site.VisitorAsync();
        var chat = await ChatWindow.OpenAsync(visitor);
        await chat.WriteAsync("guest-1");
        await chat.IsSentAsync();

        await SignInAsync(chat, "Ирина Соколова");
        await Expect(chat.Mine.Last).ToHaveTextAsync("guest-1");
        await chat.WriteAsync("customer-1");
        await chat.IsSentAsync();
        var anna = await site.OperatorAsync();
        Assert.Equal("Ирина Соколова", (await anna.FindAsync("customer-1")).Visitor.Name);

        await chat.Page.GetByRole(AriaRole.Button, new() { Name = "Выйти" }).ClickAsync();
        await chat.SaysAsync("Напишите вопрос");
        await Expect(chat.Mine).ToHaveCountAsync(0);

        await SignInAsync(chat, "Ирина Соколова");
        await Expect(chat.Mine.Last).ToHaveTextAsync("customer-1");
        await EndAsync("customer-1");
    }

    [Fact]
    public async Task What_a_customer_could_not_send_is_never_sent_in_a_guest_s_name()
    {
        const string Messages = "**/api/visitor/messages";
        await using var visitor = await site.VisitorAsync();
        var chat = await ChatWindow.OpenAsync(visitor);
        await SignInAsync(chat, "Павел Орлов");
        await visitor.RouteAsync(Messages, route => route.AbortAsync());
        await chat.WriteAsync("held-1");
        await Expect(chat.State).ToContainTextAsync("Ждёт отправки");

        await chat.Page.GetByRole(AriaRole.Button, new() { Name = "Выйти" }).ClickAsync();
        await chat.SaysAsync("Напишите вопрос");
        await visitor.UnrouteAsync(Messages);
        await chat.WriteAsync("held-guest");
        await chat.IsSentAsync();
        await chat.ShowsMineAsync("held-guest");
        Assert.Equal(["held-guest"], await site.PostedAsync("held-"));

        await SignInAsync(chat, "Павел Орлов");
        await Eventually.HoldsAsync("the customer's words are posted", async () => (await site.PostedAsync("held-")).Contains("held-1"));
        await EndAsync("held-1");
    }

    [Fact]
    public async Task A_page_may_say_who_is_signed_in_at_any_time()
    {
        await using var visitor = await site.VisitorAsync();
        var chat = await ChatWindow.OpenAsync(visitor);
        await chat.WriteAsync("late-guest");
        await chat.IsSentAsync();
        await chat.Page.RunAndWaitForResponseAsync(
            () => chat.Page.EvaluateAsync("Beseda.identify(() => fetch('/demo/identity?customer=100582').then(r => r.json()).then(j => j.identity))"),
            "**/api/visitor/session");
        await Expect(chat.Mine.Last).ToHaveTextAsync("late-guest");
        await chat.WriteAsync("late-customer");
        await chat.IsSentAsync();
        await chat.Page.EvaluateAsync("Beseda.signOut()");
        await chat.SaysAsync("Напишите вопрос");
        await Expect(chat.Mine).ToHaveCountAsync(0);
        await EndAsync("late-customer");
    }

    [Fact]
    public async Task A_site_whose_identities_fail_still_has_a_chat()
    {
        await using var visitor = await site.VisitorAsync();
        await visitor.RouteAsync("**/demo/identity", route => route.AbortAsync());
        var chat = new ChatWindow(await visitor.NewPageAsync());
        await chat.Page.GotoAsync("/demo/");
        await chat.Launcher.ClickAsync();
        await chat.Composer.FillAsync("no-identity");
        await chat.Composer.PressAsync("Enter");
        await chat.IsSentAsync();
        Assert.Equal(["no-identity"], await site.PostedAsync("no-identity"));
    }

    /// <summary>The customers are shared by these tests; none is to find another's conversation open.</summary>
    private async Task EndAsync(string said)
    {
        var anna = await site.OperatorAsync();
        await anna.CloseAsync(await anna.TakeAsync(said));
    }

    private static async Task SignInAsync(ChatWindow chat, string name)
    {
        await chat.Page.GotoAsync("/demo/account");
        await chat.Page.GetByRole(AriaRole.Button, new() { Name = name }).ClickAsync();
        await Expect(chat.Page.GetByRole(AriaRole.Heading, new() { Name = name })).ToBeVisibleAsync();
    }
}
