namespace Beseda.Browser.Tests;

/// <summary>What an operator does at the console.</summary>
internal static class ConsolePages
{
    public static async Task SignInAsync(this IPage page, Uri address, string email)
    {
        await page.GotoAsync($"{address}console");
        await page.GetByLabel("Электронная почта").FillAsync(email);
        await page.GetByLabel("Пароль").FillAsync("beseda-demo");
        await page.GetByRole(AriaRole.Button, new() { Name = "Войти" }).ClickAsync();
        await Assertions.Expect(page.Locator(".row, .empty, [data-act=open]").First.Or(page.GetByText("Всё спокойно"))).ToBeVisibleAsync(new() { Timeout = 30_000 });
    }

    public static async Task SendAsync(this IPage page, string text)
    {
        var composer = page.Locator("#composer");
        await composer.FillAsync(text);
        await composer.PressAsync("Enter");
    }
}
