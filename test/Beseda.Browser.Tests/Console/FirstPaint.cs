using static Microsoft.Playwright.Assertions;

namespace Beseda.Browser.Tests.Console;

/// <summary>The runtime takes its seconds; the page does not wait for it.</summary>
public sealed class FirstPaint(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Painted = """
        () => new Promise(done => new PerformanceObserver(seen => {
          const paint = seen.getEntries().find(one => one.name === 'first-contentful-paint')
          if (paint) done(paint.startTime)
        }).observe({ type: 'paint', buffered: true }))
        """;

    [Fact]
    public async Task The_frame_is_there_within_half_a_second_however_long_the_runtime_takes()
    {
        await using var server = await RunningServer.StartAsync();
        await using var person = await chromium.PersonAsync(width: 1440, height: 900);
        var anna = await Desk.SignInAsync(person, server.Address);

        var runtime = new TaskCompletionSource();
        var page = await person.NewPageAsync();
        await page.RouteAsync("**/*.wasm", async route => { await runtime.Task; await route.ContinueAsync(); });
        await page.GotoAsync($"{server.Address}console", new() { WaitUntil = WaitUntilState.Commit });
        var painted = await page.EvaluateAsync<double>(Painted);
        TestContext.Current.TestOutputHelper!.WriteLine($"first contentful paint after {painted:0} ms");
        await Expect(page.GetByText("Мои чаты")).ToBeVisibleAsync();
        Assert.NotEqual(0, await page.Locator(".row.ghost").CountAsync());
        Assert.InRange(painted, 0, 500);
        runtime.SetResult();
        await new Desk(page).IsThereAsync();
        await Expect(page.Locator(".ghost")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_is_typed_before_the_runtime_is_there_signs_in_when_it_is()
    {
        await using var server = await RunningServer.StartAsync();
        await using var person = await chromium.PersonAsync(width: 1440, height: 900);
        var runtime = new TaskCompletionSource();
        var page = await person.NewPageAsync();
        await page.RouteAsync("**/*.wasm", async route => { await runtime.Task; await route.ContinueAsync(); });
        await page.GotoAsync($"{server.Address}console", new() { WaitUntil = WaitUntilState.Commit });
        await Expect(page.Locator("[name=email]")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("anna@demo.example");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("beseda-demo");
        await page.Keyboard.PressAsync("Enter");
        runtime.SetResult();
        await new Desk(page).IsThereAsync();
    }

    [Fact]
    public async Task A_wrong_password_is_said_and_the_form_stays()
    {
        await using var server = await RunningServer.StartAsync();
        await using var person = await chromium.PersonAsync();
        var page = await person.NewPageAsync();
        await page.GotoAsync($"{server.Address}console");
        await page.GetByLabel("Электронная почта").FillAsync("anna@demo.example");
        await page.GetByLabel("Пароль").FillAsync("не тот");
        await page.GetByRole(AriaRole.Button, new() { Name = "Войти" }).ClickAsync();
        await Expect(page.Locator("#sign-in .error")).ToHaveTextAsync("Почта или пароль не подходят.", new() { Timeout = 60_000 });
        await Expect(page.GetByLabel("Электронная почта")).ToHaveValueAsync("anna@demo.example");
    }
}
