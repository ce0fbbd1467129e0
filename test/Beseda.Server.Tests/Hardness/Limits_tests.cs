using System.Globalization;
using Beseda.Protocol;

namespace Beseda.Server.Tests.Hardness;

/// <summary>Who calls in a loop is told to wait, and nobody else has to.</summary>
public sealed class Limits_tests
{
    [Fact]
    public async Task Who_writes_without_end_is_told_when_to_go_on_and_others_write_on()
    {
        await using var server = await Server.StartAsync(["--limits", "on"]);
        var company = await Company.OpenAsync(server);
        var (loud, quiet) = (await company.ReceiveAsync(), await company.ReceiveAsync());

        var answers = await AskAsync(60, n => loud.PostAsync("messages", new VisitorMessage($"{n}", $"{n}")));

        var refused = IsToldToWait(answers);
        await quiet.WriteAsync("Здравствуйте!");
        await Task.Delay(refused, TestContext.Current.CancellationToken);
        await loud.WriteAsync("И ещё");
        // What was refused left nothing behind, what was accepted is there.
        Assert.Equal(
            answers.Count(answer => answer.Status == 200) + 2,
            (await company.JournalAsync()).Count(e => e.Kind == "message.posted"));
    }

    [Fact]
    public async Task Signals_have_a_limit_of_their_own()
    {
        await using var server = await Server.StartAsync(["--limits", "on"]);
        var guest = await (await Company.OpenAsync(server)).ReceiveAsync();
        await guest.WriteAsync("Здравствуйте!");

        IsToldToWait(await AskAsync(150, _ => guest.PostAsync("typing", new TypingRequest("а"))));

        await guest.WriteAsync("Пишу дальше");
    }

    [Fact]
    public async Task Passwords_cannot_be_tried_one_after_the_other()
    {
        await using var server = await Server.StartAsync(["--limits", "on"]);
        var caller = new Caller(server.Address).With("X-Beseda-Client", "tests");

        IsToldToWait(await AskAsync(30, n => caller.PostAsync("/api/auth/login", new LoginRequest($"{n}@example.com", "guess"))));
    }

    [Fact]
    public async Task Sessions_are_not_made_without_end()
    {
        await using var server = await Server.StartAsync(["--limits", "on"]);
        var company = await Company.OpenAsync(server);
        var caller = new Caller(server.Address);

        IsToldToWait(await AskAsync(250, _ => caller.PostAsync("/api/visitor/session", new SessionRequest(company.Key))));
    }

    private static Task<Reply[]> AskAsync(int times, Func<int, Task<Reply>> ask) => Task.WhenAll(Enumerable.Range(0, times).Select(ask));

    private static TimeSpan IsToldToWait(Reply[] answers)
    {
        var refused = answers.Where(answer => answer.Status == 429).ToList();
        Assert.NotEmpty(refused);
        Assert.NotEqual(answers.Length, refused.Count);
        Assert.All(refused, answer => Assert.Equal("too-many", answer.Code));
        return TimeSpan.FromSeconds(refused.Max(answer => int.Parse(answer.Headers["Retry-After"].Single(), CultureInfo.InvariantCulture)));
    }
}
