using Beseda.Protocol;

namespace Beseda.Server.Tests.Sessions;

/// <summary>Which sites may carry an account's widget.</summary>
public sealed class Origin_tests(Server server)
{
    private const string Ours = "https://www.provider.example";
    private const string Foreign = "https://evil.example";

    [Fact]
    public async Task Only_sites_on_the_list_may_call_when_there_is_a_list()
    {
        var company = await Company.OpenAsync(server);
        var anybody = new Caller(server.Address).With("Origin", Foreign);
        (await SessionAsync(anybody, company)).Must(200);
        var guest = await company.ReceiveAsync();

        var settings = (await company.Admin.GetAsync("/api/admin/account")).Read<AccountSettings>();
        (await company.Admin.PutAsync("/api/admin/account", settings with { Origins = [$"{Ours}/", "http://localhost:5000"], IdentityKey = null })).Must(200);

        (await SessionAsync(anybody, company)).Must(403, "origin-not-allowed");
        (await SessionAsync(anybody.With("Origin", "null"), company)).Must(403, "origin-not-allowed");
        (await SessionAsync(anybody.With("Origin", Ours), company)).Must(200);
        (await SessionAsync(anybody.With("Origin", Ours.ToUpperInvariant()), company)).Must(200);
        (await SessionAsync(anybody.With("Origin", "http://localhost:5000"), company)).Must(200);
        (await SessionAsync(anybody.With("Origin", "http://localhost:5001"), company)).Must(403);
        (await SessionAsync(new Caller(server.Address), company)).Must(200);
        var from = guest.Caller.With("Origin", Foreign);
        foreach (var path in new[] { "feed", "timeline" })
            (await from.GetAsync($"/api/visitor/{path}")).Must(403, "origin-not-allowed");
        (await from.PostAsync("/api/visitor/messages", new VisitorMessage("a", "Привет"))).Must(403, "origin-not-allowed");
        (await from.PostAsync("/api/visitor/close")).Must(403, "origin-not-allowed");
        (await guest.Caller.With("Origin", Ours).PostAsync("/api/visitor/messages", new VisitorMessage("a", "Привет"))).Must(200);
    }

    [Theory]
    [InlineData("session", "POST", "content-type")]
    [InlineData("messages", "POST", "authorization,content-type,x-beseda-client")]
    [InlineData("feed", "GET", "authorization,last-event-id")]
    public async Task The_preflight_lets_any_site_ask_and_never_with_credentials(string path, string method, string headers)
    {
        var caller = new Caller(server.Address).With("Origin", Foreign)
            .With("Access-Control-Request-Method", method).With("Access-Control-Request-Headers", headers);

        var answer = await caller.SendAsync(HttpMethod.Options, $"/api/visitor/{path}", null);

        answer.Must(204);
        Assert.Equal(["*"], answer.Headers["Access-Control-Allow-Origin"]);
        Assert.Contains(method, answer.Headers["Access-Control-Allow-Methods"].Single(), StringComparison.Ordinal);
        foreach (var header in headers.Split(','))
            Assert.Contains(header, answer.Headers["Access-Control-Allow-Headers"].Single(), StringComparison.OrdinalIgnoreCase);
        Assert.Empty(answer.Headers["Access-Control-Allow-Credentials"]);
    }

    [Fact]
    public async Task Every_answer_of_the_visitor_s_door_can_be_read_by_the_site_and_none_of_the_operators()
    {
        var company = await Company.OpenAsync(server);
        var guest = await company.ReceiveAsync();
        var visitor = guest.Caller.With("Origin", Foreign);
        var readable = new[]
        {
            await SessionAsync(visitor, company),
            await visitor.PostAsync("/api/visitor/messages", new VisitorMessage("a", "")),
            await visitor.GetAsync("/api/visitor/timeline"),
            await visitor.GetAsync("/api/visitor/feed?since=x"),
            await visitor.With("Authorization", "Bearer x").GetAsync("/api/visitor/feed"),
            await visitor.With("Authorization", "Bearer x").GetAsync("/api/visitor/timeline"),
        };
        Assert.All(readable, answer => Assert.Equal(["*"], answer.Headers["Access-Control-Allow-Origin"]));
        await using var feed = await Listener.OpenAsync(visitor, "/api/visitor/feed");
        Assert.Equal(["*"], feed.Reply.Headers["Access-Control-Allow-Origin"]);

        var office = company.Admin.Caller.With("Origin", Foreign);
        foreach (var path in new[] { "/api/operator/desk", "/api/admin/journal", "/api/admin/account" })
            Assert.Empty((await office.GetAsync(path)).Headers["Access-Control-Allow-Origin"]);
        var preflight = await office.With("Access-Control-Request-Method", "PUT").SendAsync(HttpMethod.Options, "/api/operator/status", null);
        Assert.Empty(preflight.Headers["Access-Control-Allow-Origin"]);
    }

    private static Task<Reply> SessionAsync(Caller caller, Company company) =>
        caller.PostAsync("/api/visitor/session", new SessionRequest(company.Key));
}
