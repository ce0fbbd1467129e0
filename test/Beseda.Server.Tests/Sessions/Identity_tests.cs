using System.Security.Cryptography;
using System.Text;
using Beseda.Protocol;

namespace Beseda.Server.Tests.Sessions;

/// <summary>How the company's own site vouches for a customer.</summary>
public sealed class Identity_tests(Server server)
{
    [Fact]
    public async Task A_customer_is_the_same_visitor_from_every_browser()
    {
        var company = await Company.OpenAsync(server);
        var key = await Identity.KeyAsync(company);
        var phone = await Guest.ComeAsync(server.Address, company.Key, identity: Identity.Of(key, "100417"));
        await phone.WriteAsync("Здравствуйте!");

        var laptop = await Guest.ComeAsync(server.Address, company.Key, identity: Identity.Of(key, "100417"));

        Assert.Equal(phone.Session.Visitor, laptop.Session.Visitor);
        Assert.Equal("Ирина", laptop.Session.Visitor.Name);
        Assert.Equal(3, laptop.Session.Timeline.Count);
        Assert.Single(await company.JournalAsync(), e => e.Kind == "visitor.identified");
        Assert.NotEqual(phone.Session.Visitor.Id, (await Guest.ComeAsync(server.Address, company.Key, identity: Identity.Of(key, "100582"))).Session.Visitor.Id);
    }

    [Fact]
    public async Task Only_a_change_of_what_is_vouched_for_is_written_and_supervisors_hear_of_it()
    {
        var company = await Company.OpenAsync(server);
        var key = await Identity.KeyAsync(company);
        await using var feed = await company.Admin.ListenAsync();
        var claims = new { sub = "7", exp = Identity.In(TimeSpan.FromHours(1)), name = "Павел", email = "p@example.com", plan = "Гигабит", age = 40, iss = "site" };

        await Guest.ComeAsync(server.Address, company.Key, identity: Identity.Sign(key, claims));
        await Guest.ComeAsync(server.Address, company.Key, identity: Identity.Sign(key, claims));
        var last = await Guest.ComeAsync(server.Address, company.Key, identity: Identity.Of(key, "7", "Пётр"));

        Assert.Equal("Пётр", last.Session.Visitor.Name);
        Assert.Equal(2, (await company.JournalAsync()).Count(e => e.Kind == "visitor.identified"));
        var fields = (await feed.NextAsync("visitor.identified")).Json().GetProperty("fields");
        Assert.Equal("""{"email":"p@example.com","name":"Павел","plan":"Гигабит"}""", fields.GetRawText());
    }

    public static readonly TheoryData<string, string, int, string> Wrong = new()
    {
        { """{"sub":"7","exp":1}""", "HS256", 401, "identity-expired" },
        { """{"sub":"7"}""", "HS256", 401, "identity-invalid" },
        { """{"exp":{in1h}}""", "HS256", 401, "identity-invalid" },
        { """{"sub":"","exp":{in1h}}""", "HS256", 401, "identity-invalid" },
        { """{"sub":7,"exp":"tomorrow"}""", "HS256", 401, "identity-invalid" },
        { """{"sub":"7","exp":{in25h}}""", "HS256", 401, "identity-invalid" },
        { """{"sub":"7","exp":99999999999999}""", "HS256", 401, "identity-invalid" },
        { """{"sub":"7","exp":-1}""", "HS256", 401, "identity-expired" },
        { """{"sub":"7","exp":{in1h}}""", "none", 401, "identity-invalid" },
        { """{"sub":"7","exp":{in1h}}""", "HS384", 401, "identity-invalid" },
        { """{"sub":"7","exp":{in1h}}""", "RS256", 401, "identity-invalid" },
        { """["sub","7"]""", "HS256", 401, "identity-invalid" },
        { """{"sub":["7","8"],"exp":{in1h}}""", "HS256", 401, "identity-invalid" },
        { "not json", "HS256", 401, "identity-invalid" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task An_identity_that_does_not_hold_is_refused(string claims, string algorithm, int status, string code)
    {
        var company = await Company.OpenAsync(server);
        var key = await Identity.KeyAsync(company);
        var text = claims.Replace("{in1h}", $"{Identity.In(TimeSpan.FromHours(1))}", StringComparison.Ordinal)
            .Replace("{in25h}", $"{Identity.In(TimeSpan.FromHours(25))}", StringComparison.Ordinal);

        var answer = await SessionAsync(company, Identity.SignText(key, text, $$"""{"alg":"{{algorithm}}","typ":"JWT"}"""));

        answer.Must(status, code);
    }

    [Fact]
    public async Task Nobody_but_the_account_s_key_vouches()
    {
        var company = await Company.OpenAsync(server);
        var other = await Company.OpenAsync(server);
        var right = Identity.Of(await Identity.KeyAsync(company), "7");
        var parts = right.Split('.');

        (await SessionAsync(company, Identity.Of(await Identity.KeyAsync(other), "7"))).Must(401, "identity-invalid");
        (await SessionAsync(company, Identity.Of(RandomNumberGenerator.GetBytes(32), "7"))).Must(401, "identity-invalid");
        (await SessionAsync(company, Identity.Of(Encoding.UTF8.GetBytes(company.Key), "7"))).Must(401, "identity-invalid");
        foreach (var broken in new[] { "", ".", "..", "a.b.c", $"{parts[0]}.{parts[1]}", $"{parts[0]}.{parts[1]}.", $"{right}.x", $"{parts[0]}.{parts[1]}A.{parts[2]}", new('x', 300_000) })
            (await SessionAsync(company, broken)).Must(401, "identity-invalid");
        (await SessionAsync(company, right)).Must(200);
    }

    [Fact]
    public async Task A_token_that_came_with_an_identity_is_worth_nothing_without_one()
    {
        var company = await Company.OpenAsync(server);
        var signed = await Guest.ComeAsync(server.Address, company.Key, identity: Identity.Of(await Identity.KeyAsync(company), "7"));
        await signed.WriteAsync("Мой договор 100417");
        await using var feed = await signed.ListenAsync();

        var next = await signed.ReturnAsync(company.Key);

        Assert.NotEqual(signed.Session.Visitor.Id, next.Session.Visitor.Id);
        Assert.Null(next.Session.Visitor.Name);
        Assert.Empty(next.Session.Timeline);
        Assert.Null(next.Session.Conversation);
        Assert.Equal("reset", (await feed.ToEndAsync())[^1].Event);
    }

    [Fact]
    public async Task Signing_in_brings_the_open_conversation_along_and_a_message_resent_is_still_the_same()
    {
        var company = await Company.OpenAsync(server);
        var key = await Identity.KeyAsync(company);
        var guest = await company.ReceiveAsync();
        var first = await guest.WriteAsync("Не работает интернет", "resent");
        await using var staff = await company.Admin.ListenAsync();

        var signed = await guest.ReturnAsync(company.Key, Identity.Of(key, "7"));

        Assert.NotEqual(guest.Session.Visitor.Id, signed.Session.Visitor.Id);
        Assert.Equal(first.Conversation, signed.Session.Conversation!.Id);
        Assert.Contains(signed.Session.Timeline, entry => entry is MessagePosted { ClientId: "resent" });
        Assert.Equal(signed.Session.Visitor.Id, (await staff.NextAsync("conversation.moved")).Json().GetProperty("into").GetString());
        Assert.Equal(first.Seq, (await signed.WriteAsync("Не работает интернет", "resent")).Seq);
        Assert.Equal("Ирина", (await company.Admin.DeskAsync()).Conversations.Single().Visitor.Name);

        // Whoever still holds the anonymous token sees nothing of it any more.
        Assert.Empty((await guest.TimelineAsync()).Events);
        await guest.PostAsync("close", new CloseRequest(first.Conversation));
        Assert.Equal(ConversationStatus.Queued, (await company.Admin.DeskAsync()).Conversations.Single().Status);
    }

    [Fact]
    public async Task Who_signs_in_with_another_conversation_open_goes_on_with_that_one()
    {
        var company = await Company.OpenAsync(server);
        var key = await Identity.KeyAsync(company);
        var phone = await Guest.ComeAsync(server.Address, company.Key, identity: Identity.Of(key, "7"));
        var goesOn = await phone.WriteAsync("С телефона");
        var guest = await company.ReceiveAsync();
        var ends = await guest.WriteAsync("С компьютера");

        var signed = await guest.ReturnAsync(company.Key, Identity.Of(key, "7"));

        Assert.Equal(goesOn.Conversation, signed.Session.Conversation!.Id);
        var journal = await company.JournalAsync();
        var merged = Assert.Single(journal, e => e.Kind == "conversation.merged");
        Assert.Equal(ends.Conversation, merged.Conversation);
        Assert.Equal(goesOn.Conversation, merged.Body.GetProperty("into").GetInt64());
        Assert.Single(journal, e => e.Kind == "conversation.closed" && e.Conversation == ends.Conversation);
        Assert.Equal(["С телефона", "С компьютера"], signed.Session.Timeline.OfType<MessagePosted>().Select(message => message.Text));
        Assert.Single((await company.Admin.DeskAsync()).Conversations);
    }

    private Task<Reply> SessionAsync(Company company, string identity) =>
        new Caller(server.Address).PostAsync("/api/visitor/session", new SessionRequest(company.Key, Identity: identity));
}
