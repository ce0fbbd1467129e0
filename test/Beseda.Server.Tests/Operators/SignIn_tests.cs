using Beseda.Protocol;

namespace Beseda.Server.Tests.Operators;

public sealed class SignIn_tests(Server server)
{
    private const string Password = "correct-horse";
    private static readonly IEnumerable<Route> Office = Route.All.Where(route => route.Who is Who.Operator or Who.Administrator);

    [Fact]
    public async Task The_right_password_opens_a_session_by_a_cookie_that_scripts_cannot_read()
    {
        var company = await Company.OpenAsync(server);

        var answer = await SignInAsync(company.Admin.Email, Password);

        var login = answer.Read<LoginAnswer>();
        Assert.Equal((company.Admin.Id, company.Key), (login.Operator!.Id, login.Account));
        var cookie = answer.Headers["Set-Cookie"].Single();
        Assert.StartsWith("beseda=", cookie, StringComparison.Ordinal);
        foreach (var flag in new[] { "httponly", "samesite=lax", "path=/", "expires=" })
            Assert.Contains(flag, cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Behind_a_known_proxy_that_speaks_https_the_cookie_is_for_https_alone()
    {
        await using var proxied = await Server.StartAsync(["--limits", "off", "--Proxies:0=127.0.0.1"]);
        var company = await Company.OpenAsync(proxied);
        var proxy = new Caller(proxied.Address).With("X-Forwarded-Proto", "https").With("X-Forwarded-For", "203.0.113.7");
        var unknown = new Caller(server.Address).With("X-Forwarded-Proto", "https");
        var other = await Company.OpenAsync(server);

        var secure = await proxy.PostAsync("/api/auth/login", new LoginRequest(company.Admin.Email, Password));
        var plain = await unknown.PostAsync("/api/auth/login", new LoginRequest(other.Admin.Email, Password));

        Assert.Contains("; secure", secure.Headers["Set-Cookie"].Single(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("; secure", plain.Headers["Set-Cookie"].Single(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_are_answered_alike()
    {
        var company = await Company.OpenAsync(server);

        var wrong = await SignInAsync(company.Admin.Email, "wrong-horse-battery");
        var unknown = await SignInAsync("nobody@nowhere.example", "wrong-horse-battery");

        wrong.Must(401, "sign-in-failed");
        unknown.Must(401, "sign-in-failed");
        Assert.Equal(Told(wrong), Told(unknown));
        Assert.Empty(wrong.Headers["Set-Cookie"]);

        static string Told(Reply reply) => string.Join(' ', reply.Json.EnumerateObject().Where(one => one.Name != "traceId"));
    }

    [Fact]
    public async Task After_eight_wrong_passwords_the_right_one_is_too_late()
    {
        var company = await Company.OpenAsync(server);
        for (var i = 0; i < 7; i++)
            (await SignInAsync(company.Admin.Email, $"wrong-password-{i}")).Must(401, "sign-in-failed");

        var eighth = await SignInAsync(company.Admin.Email, "wrong-password-8");
        var right = await SignInAsync(company.Admin.Email, Password);

        foreach (var answer in new[] { eighth, right })
            Assert.InRange(int.Parse(answer.Must(429, "locked-out").Headers["Retry-After"].Single()), 1, 300);
    }

    [Fact]
    public async Task Without_signing_in_every_call_is_refused()
    {
        var scene = await Scene.SetAsync(server);
        var nobody = new Caller(server.Address).With("X-Beseda-Client", "tests");
        foreach (var caller in new[] { nobody, nobody.With("Cookie", "beseda=nonsense"), nobody.With("Authorization", "Bearer nonsense"), scene.Guest.Caller })
            foreach (var route in Office)
                (await caller.RawAsync(route.Verb, scene.Fill(route.Path), scene.Fill(route.Body))).Must(401, "signed-out");
    }

    [Fact]
    public async Task What_changes_something_needs_the_header_that_no_foreign_page_can_send()
    {
        var scene = await Scene.SetAsync(server);
        var before = (await scene.Company.JournalAsync()).Count;
        foreach (var route in Office.Where(route => route.Method != "GET"))
        {
            var forged = new Caller(server.Address).With("Cookie", scene.Of(route.Who).Headers["Cookie"]);
            (await forged.RawAsync(route.Verb, scene.Fill(route.Path), scene.Fill(route.Body))).Must(403, "client-header-missing");
            (await forged.PostAsync("/api/auth/logout")).Must(403, "client-header-missing");
            (await forged.GetAsync("/api/operator/desk")).Must(200);
        }

        Assert.Equal(before, (await scene.Company.JournalAsync()).Count);
    }

    [Fact]
    public async Task Every_call_of_the_protocol_works_as_it_is_written()
    {
        foreach (var route in Route.All)
        {
            var scene = await Scene.SetAsync(server);
            var answer = await scene.CallAsync(route);
            if (route.Path == "/api/auth/login")
                answer.Must(401, "sign-in-failed");
            else
                Assert.True(answer.Status is 200 or 204, $"{route}: {answer}");
        }
    }

    [Fact]
    public async Task Who_answers_for_several_companies_chooses_one()
    {
        var one = await Company.OpenAsync(server);
        var other = await Company.OpenAsync(server);
        var shared = new OperatorSettings(one.Admin.Email, "Ольга", Departments: [other.Department]);
        var there = (await other.Admin.PostAsync("/api/admin/operators", shared)).Read<OperatorSettings>();

        var choice = await SignInAsync(one.Admin.Email, Password);
        var chosen = await SignInAsync(one.Admin.Email, Password, other.Key);

        Assert.Empty(choice.Headers["Set-Cookie"]);
        Assert.Null(choice.Read<LoginAnswer>().Operator);
        Assert.Equal([one.Key, other.Key], choice.Read<LoginAnswer>().Accounts!.Select(account => account.Key).Order());
        Assert.Equal((there.Id, other.Key), (chosen.Read<LoginAnswer>().Operator!.Id, chosen.Read<LoginAnswer>().Account));
        (await SignInAsync(one.Admin.Email, Password, "elsewhere")).Must(403, "no-account");
    }

    [Fact]
    public async Task A_disabled_operator_is_out_at_once_and_cannot_come_in_again()
    {
        var company = await Company.OpenAsync(server);
        var anna = await company.HireAsync("Анна");
        (await anna.GetAsync("/api/operator/desk")).Must(200);

        (await company.Admin.PutAsync($"/api/admin/operators/{anna.Id}", new OperatorSettings(anna.Email, "Анна", Enabled: false))).Must(200);

        (await anna.GetAsync("/api/operator/desk")).Must(401, "signed-out");
        (await SignInAsync(anna.Email, Password)).Must(403, "no-account");
    }

    [Fact]
    public async Task Signing_out_takes_the_cookie_back()
    {
        var company = await Company.OpenAsync(server);

        var answer = await company.Admin.PostAsync("/api/auth/logout");

        answer.Must(204);
        Assert.StartsWith("beseda=;", answer.Headers["Set-Cookie"].Single(), StringComparison.Ordinal);
    }

    private Task<Reply> SignInAsync(string email, string password, string? account = null) =>
        new Caller(server.Address).PostAsync("/api/auth/login", new LoginRequest(email, password, account));
}
