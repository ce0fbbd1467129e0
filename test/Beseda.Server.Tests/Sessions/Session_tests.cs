using Beseda.Protocol;

namespace Beseda.Server.Tests.Sessions;

public sealed class Session_tests(Server server)
{
    [Fact]
    public async Task A_first_session_knows_nobody_and_writes_nothing()
    {
        var company = await Company.OpenAsync(server);
        var before = await company.JournalAsync();

        var guest = await company.ReceiveAsync();

        var session = guest.Session;
        Assert.Null(session.Conversation);
        Assert.Empty(session.Timeline);
        Assert.False(session.HasMore);
        Assert.Null(session.Visitor.Name);
        Assert.Equal(Availability.Offline, session.Availability);
        Assert.Equal("Общество", session.Settings.Name);
        Assert.Equal(before.Count, session.Seq);
        Assert.Equal(before.Count, (await company.JournalAsync()).Count);
    }

    [Fact]
    public async Task Who_comes_again_finds_the_conversation_as_it_stands()
    {
        var company = await Company.OpenAsync(server);
        var guest = await company.ReceiveAsync();
        var first = await guest.WriteAsync("Здравствуйте!");

        var again = await guest.ReturnAsync(company.Key);

        Assert.Equal(guest.Session.Visitor.Id, again.Session.Visitor.Id);
        Assert.NotEqual(guest.Session.Token, again.Session.Token);
        Assert.Equal(first.Conversation, again.Session.Conversation!.Id);
        Assert.Equal(ConversationStatus.Queued, again.Session.Conversation.Status);
        Assert.Equal(1, again.Session.Conversation.QueuePosition);
        Assert.Equal(["ConversationStarted", "MessagePosted", "ConversationQueued"], again.Session.Timeline.Select(entry => entry.GetType().Name));
        Assert.Equal((await company.JournalAsync()).Count, again.Session.Seq);
    }

    [Fact]
    public async Task A_replaced_token_s_feeds_end_with_a_reset()
    {
        var company = await Company.OpenAsync(server);
        var guest = await company.ReceiveAsync();
        await using var feed = await guest.ListenAsync();

        await guest.ReturnAsync(company.Key);

        Assert.Equal(new Told(null, "reset", "{}"), (await feed.ToEndAsync())[^1]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("../../etc/passwd")]
    [InlineData("пароль")]
    public async Task An_unknown_token_is_treated_as_none(string token)
    {
        var company = await Company.OpenAsync(server);

        var guest = await Guest.ComeAsync(server.Address, company.Key, token);

        Assert.Null(guest.Session.Conversation);
        Assert.NotEqual(token, guest.Session.Token);
    }

    [Fact]
    public async Task A_token_changed_in_any_place_opens_nothing()
    {
        var company = await Company.OpenAsync(server);
        var guest = await company.ReceiveAsync();
        await guest.WriteAsync("Здравствуйте!");
        var token = guest.Session.Token;

        for (var i = 0; i < token.Length; i += 3)
        {
            var changed = string.Concat(token.AsSpan(0, i), token[i] == 'A' ? "B" : "A", token.AsSpan(i + 1));
            var answer = await guest.Caller.With("Authorization", $"Bearer {changed}").GetAsync("/api/visitor/timeline");
            // The last character of base64url holds bits that are not read.
            if (i < token.Length - 1)
                answer.Must(401, "token-invalid");
            if (i % 9 == 0 && i < token.Length - 1)
                Assert.NotEqual(guest.Session.Visitor.Id, (await Guest.ComeAsync(server.Address, company.Key, changed)).Session.Visitor.Id);
        }
    }

    [Fact]
    public async Task A_token_of_one_account_is_unknown_to_another()
    {
        var one = await Company.OpenAsync(server);
        var other = await Company.OpenAsync(server);
        var guest = await one.ReceiveAsync();
        await guest.WriteAsync("Здравствуйте!");

        var there = await guest.ReturnAsync(other.Key);

        Assert.NotEqual(guest.Session.Visitor.Id, there.Session.Visitor.Id);
        Assert.Empty(there.Session.Timeline);
    }

    [Theory]
    [InlineData("no-such-account")]
    [InlineData("")]
    [InlineData("DEMO")]
    public async Task An_unknown_account_is_not_found(string account) =>
        (await new Caller(server.Address).PostAsync("/api/visitor/session", new { account })).Must(404, "account-not-found");

    [Fact]
    public async Task Without_a_token_a_visitor_s_calls_are_refused()
    {
        var nobody = new Caller(server.Address);
        foreach (var path in new[] { "messages", "typing", "read", "close", "rating" })
            (await nobody.PostAsync($"/api/visitor/{path}", new { })).Must(401, "token-invalid");
        foreach (var path in new[] { "feed", "timeline" })
            (await nobody.GetAsync($"/api/visitor/{path}")).Must(401, "token-invalid");
    }

    [Fact]
    public async Task Availability_says_whether_writing_now_finds_somebody()
    {
        var company = await Company.OpenAsync(server);
        var anna = await company.HireAsync("Анна", limit: 1);
        await anna.BeAsync(OperatorStatus.Online);
        var guest = await company.ReceiveAsync();
        Assert.Equal(Availability.Online, guest.Session.Availability);
        await using var feed = await guest.ListenAsync();

        var other = await company.ReceiveAsync();
        await anna.DoAsync((await other.WriteAsync("Здравствуйте!")).Conversation, "take");

        Assert.Equal(Availability.Busy, (await company.ReceiveAsync()).Session.Availability);
        Assert.Equal("busy", (await feed.NextAsync(frame => frame is { Event: "availability" } && frame.Data.Contains("busy", StringComparison.Ordinal)))
            .Json().GetProperty("availability").GetString());
        await anna.BeAsync(OperatorStatus.Away);
        Assert.Equal(Availability.Offline, (await company.ReceiveAsync()).Session.Availability);
    }
}
