using System.Net.Http.Json;
using System.Text.Json;
using Beseda.Protocol;
using static Microsoft.Playwright.Assertions;

namespace Beseda.Browser.Tests.Console;

/// <summary>An operator's console in a browser tab.</summary>
internal sealed class Desk(IPage page)
{
    private static readonly LocatorAssertionsToBeVisibleOptions AtStart = new() { Timeout = 60_000 };

    public IPage Page => page;

    public ILocator Rows => page.Locator(".row");

    /// <summary>The timeline's messages, notes too, as they stand on the screen.</summary>
    public ILocator Texts => page.Locator("#log .message .text");

    public ILocator Composer => page.Locator("#composer");

    public static async Task<Desk> SignInAsync(IBrowserContext person, Uri server, string name = "anna")
    {
        var page = await person.NewPageAsync();
        await page.GotoAsync($"{server}console");
        await page.Locator("[name=email]").FillAsync($"{name}@demo.example");
        await page.Locator("[name=password]").FillAsync("beseda-demo");
        await page.Locator("#sign-in button").ClickAsync();
        var desk = new Desk(page);
        await desk.IsThereAsync();
        return desk;
    }

    /// <summary>Another tab of somebody who is signed in.</summary>
    public static async Task<Desk> AgainAsync(IBrowserContext person, Uri server, string path = "")
    {
        var page = await person.NewPageAsync();
        await page.GotoAsync($"{server}console{path}");
        var desk = new Desk(page);
        await desk.IsThereAsync();
        return desk;
    }

    public Task IsThereAsync() => Expect(page.Locator("#status-button")).ToBeVisibleAsync(AtStart);

    public ILocator Row(long conversation) => page.Locator($".row[data-id='{conversation}']");

    public async Task OpenAsync(long conversation)
    {
        await Row(conversation).ClickAsync();
        await Expect(page.Locator("#log .message").First).ToBeVisibleAsync();
    }

    public async Task TakeAsync(Stranger visitor)
    {
        await OpenAsync(visitor.Conversation);
        await page.Locator(".compose-state [data-do=take]").ClickAsync();
        await Expect(page.Locator("#note-toggle")).ToBeEnabledAsync();
    }

    public async Task WriteAsync(string text)
    {
        await Composer.FillAsync(text);
        await Composer.PressAsync("Enter");
    }

    /// <summary>Exactly these messages, in this order, none on its way any more.</summary>
    public async Task ShowsAsync(IEnumerable<string> texts)
    {
        await Expect(Texts).ToHaveTextAsync([.. texts], new() { Timeout = 60_000 });
        await Expect(page.Locator("#log .leaving")).ToHaveCountAsync(0, new() { Timeout = 60_000 });
    }
}

/// <summary>What an administrator can look up and set.</summary>
internal static class Office
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The texts of a conversation as they lie in the journal.</summary>
    public static async Task<List<string>> PostedAsync(Uri server, long conversation)
    {
        using var http = await SignedInAsync(server);
        return [.. (await EventsAsync(http)).Where(e => e.Kind == Kinds.MessagePosted && e.Conversation == conversation)
            .Select(e => e.Words!.Value.GetProperty("text").GetString()!)];
    }

    /// <summary>The journal from its beginning.</summary>
    public static async Task<IReadOnlyList<RawEvent>> EventsAsync(HttpClient administrator) =>
        JsonSerializer.Deserialize(await administrator.GetStringAsync("/api/admin/journal?limit=5000", Stop), Reading.Of<JournalPage>())!.Events;

    public static async Task SetDepartmentAsync(Uri server, Func<DepartmentSettings, DepartmentSettings> change)
    {
        using var http = await SignedInAsync(server);
        var department = JsonSerializer.Deserialize(await http.GetStringAsync("/api/admin/departments", Stop), Reading.Of<IReadOnlyList<DepartmentSettings>>())![0];
        using var body = JsonContent.Create(change(department), Reading.Of<DepartmentSettings>());
        (await http.PutAsync($"/api/admin/departments/{department.Id}", body, Stop)).EnsureSuccessStatusCode();
    }

    public static async Task AddDepartmentAsync(Uri server, string name)
    {
        using var http = await SignedInAsync(server);
        var department = JsonSerializer.Deserialize(await http.GetStringAsync("/api/admin/departments", Stop), Reading.Of<IReadOnlyList<DepartmentSettings>>())![0];
        using var body = JsonContent.Create(department with { Id = null, Name = name }, Reading.Of<DepartmentSettings>());
        (await http.PostAsync("/api/admin/departments", body, Stop)).EnsureSuccessStatusCode();
    }

    public static async Task SetOperatorAsync(Uri server, string email, Func<OperatorSettings, OperatorSettings> change)
    {
        using var http = await SignedInAsync(server);
        var operators = JsonSerializer.Deserialize(await http.GetStringAsync("/api/admin/operators", Stop), Reading.Of<IReadOnlyList<OperatorSettings>>())!;
        var one = operators.Single(found => found.Email == email);
        using var body = JsonContent.Create(change(one), Reading.Of<OperatorSettings>());
        (await http.PutAsync($"/api/admin/operators/{one.Id}", body, Stop)).EnsureSuccessStatusCode();
    }

    /// <summary>An administrator's calls.</summary>
    public static async Task<HttpClient> SignedInAsync(Uri server)
    {
        var http = new HttpClient { BaseAddress = server };
        http.DefaultRequestHeaders.Add("X-Beseda-Client", "test");
        using var login = new StringContent("""{"email":"admin@demo.example","password":"beseda-demo"}""", null, "application/json");
        (await http.PostAsync("/api/auth/login", login, Stop)).EnsureSuccessStatusCode();
        return http;
    }
}
