using static Microsoft.Playwright.Assertions;

namespace Beseda.Browser.Tests.Console;

public sealed class ReadingPlace(Chromium chromium) : IClassFixture<Chromium>
{
    /// <summary>Where the line that is being read stands: the first whole one in sight, and the distance from the top.</summary>
    private const string Place = """
        () => {
          const log = document.querySelector('#log'), top = log.getBoundingClientRect().top
          const line = [...log.querySelectorAll('.message')].find(one => one.getBoundingClientRect().top >= top)
          return [Number(line.dataset.seq), line.getBoundingClientRect().top - top]
        }
        """;

    [Fact]
    public async Task Older_and_newer_messages_come_without_moving_what_is_being_read()
    {
        await using var server = await RunningServer.StartAsync("--limits", "off");
        var visitor = await Stranger.ComesAsync(server.Address);
        for (var i = 0; i < 400; i++) await visitor.SaysAsync($"Сообщение {i} {string.Join(' ', Enumerable.Repeat("слово", i * 7 % 40))}");
        await using var person = await chromium.PersonAsync(width: 1440, height: 900);
        var anna = await Desk.SignInAsync(person, server.Address);
        await anna.TakeAsync(visitor);
        await Expect(anna.Texts.Last).ToContainTextAsync("Сообщение 399");

        await anna.Page.Locator("#log").HoverAsync();
        var seen = new HashSet<double>();
        for (var step = 0; step < 60 && !await anna.Page.GetByText("Сообщение 0", new() { Exact = true }).IsVisibleAsync(); step++)
        {
            await anna.Page.Mouse.WheelAsync(0, -700);
            await Settled(anna.Page);
            var before = await anna.Page.EvaluateAsync<double[]>(Place);
            seen.Add(before[0]);
            if (step % 3 == 0) await visitor.SaysAsync($"новое {step}");
            // Long enough for a page to be fetched and drawn above, and a message below.
            await anna.Page.EvaluateAsync("() => new Promise(done => setTimeout(done, 150))");
            var after = await anna.Page.EvaluateAsync<double[]>(Place);
            Assert.Equal(before[0], after[0]);
            Assert.InRange(after[1] - before[1], -1, 1);
            Assert.InRange(await anna.Page.Locator("#log .message").CountAsync(), 1, 240);
        }
        Assert.True(seen.Count > 20, $"only {seen.Count} places were read");
        await Expect(anna.Page.GetByText("Сообщение 0", new() { Exact = true })).ToBeVisibleAsync();

        await Expect(anna.Page.Locator(".pill")).ToContainTextAsync("новых сообщени");
        await anna.Page.Locator(".pill").ClickAsync();
        await Expect(anna.Texts.Last).ToBeInViewportAsync();
        await Expect(anna.Texts.Last).ToContainTextAsync("новое");
        await Expect(anna.Page.Locator(".pill")).ToHaveCountAsync(0);
        await visitor.SaysAsync("самое последнее");
        await Expect(anna.Page.Locator("#log").GetByText("самое последнее")).ToBeInViewportAsync();
    }

    /// <summary>Wheel scrolling is animated: waits until it stands still.</summary>
    private static Task Settled(IPage page) => page.EvaluateAsync("""
        () => new Promise(done => {
          const log = document.querySelector('#log')
          let at = -1, still = 0
          const look = () => { still = log.scrollTop === at ? still + 1 : 0; at = log.scrollTop; still > 5 ? done() : requestAnimationFrame(look) }
          look()
        })
        """);
}
