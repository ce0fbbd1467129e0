using Beseda.Protocol;
using Beseda.Server.Tests.Files;
using Beseda.Server.Tests.Sessions;
using SkiaSharp;

namespace Beseda.Server.Tests.Hardness;

/// <summary>People's words and secrets are in the journal and in the answers; they are never in the log.</summary>
public sealed class Log_tests
{
    /// <summary>In everything that a person says or is called here, and in nothing else.</summary>
    private const string Mark = "zaq";

    private static readonly string[] Everything =
        ["--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Microsoft.AspNetCore=Trace", "--Logging:LogLevel:Microsoft.EntityFrameworkCore=Trace"];

    [Fact]
    public async Task Neither_words_nor_secrets_reach_the_log_even_when_it_tells_everything()
    {
        await using var server = await Server.StartAsync(["--limits", "off", .. Everything]);
        var company = await Company.OpenAsync(server);
        var key = await Identity.KeyAsync(company);
        var secrets = new List<string> { Convert.ToBase64String(key), company.Admin.Caller.Headers["Cookie"], "correct-horse" };
        var anna = await company.HireAsync($"{Mark} Анна");
        secrets.Add(anna.Caller.Headers["Cookie"]);

        await TalkAsync(company, anna, key, secrets);
        await FailAsync(company, anna, secrets);
        await server.RestartAsync();

        Assert.Contains(server.Log, line => line.StartsWith("Trace", StringComparison.Ordinal));
        foreach (var secret in secrets.Append(Mark))
            Assert.DoesNotContain(server.Log, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>All that goes well.</summary>
    private static async Task TalkAsync(Company company, Clerk anna, byte[] key, List<string> secrets)
    {
        await anna.BeAsync(OperatorStatus.Online);
        var anonymous = await company.ReceiveAsync();
        await anonymous.WriteAsync($"{Mark} до входа");
        var claims = new { sub = $"{Mark}-17", exp = Identity.In(TimeSpan.FromHours(1)), name = $"{Mark} Ирина", email = $"{Mark}@example.com" };
        var identity = Identity.Sign(key, claims);
        var page = new Page($"https://site.example/{Mark}?q={Mark}", $"{Mark} заголовок", $"https://search.example/?{Mark}");
        var caller = new Caller(company.Server.Address);
        var session = (await caller.PostAsync("/api/visitor/session", new SessionRequest(company.Key, Page: page, Token: anonymous.Session.Token, Identity: identity))).Read<SessionAnswer>();
        var guest = await Guest.ComeAsync(company.Server.Address, company.Key, session.Token, identity);
        secrets.AddRange([anonymous.Session.Token, session.Token, guest.Session.Token, identity]);

        await using var theirs = await guest.ListenAsync();
        await using var hers = await anna.ListenAsync();
        (await guest.PostAsync("typing", new TypingRequest($"{Mark} чернов"))).Must(204);
        var posted = await guest.WriteAsync($"{Mark} вопрос");
        (await anna.DoAsync(posted.Conversation, "take")).Must(204);
        (await anna.DoAsync(posted.Conversation, "typing", new TypingRequest($"{Mark} пишу"))).Must(204);
        await anna.WriteAsync(posted.Conversation, $"{Mark} ответ");
        await anna.WriteAsync(posted.Conversation, $"{Mark} заметка", note: true);
        (await anna.DoAsync(posted.Conversation, "transfer", new TransferRequest(Department: company.Department, Comment: $"{Mark} почему"))).Must(204);
        (await anna.DoAsync(posted.Conversation, "take")).Must(204);
        (await guest.PostAsync("close")).Must(204);
        await theirs.NextAsync("rating.asked");
        (await guest.PostAsync("rating", new RatingRequest(posted.Conversation, 5, 4, Note: $"{Mark} хорошо"))).Must(204);
        await hers.NextAsync("conversation.rated");
        await anna.TimelineAsync(posted.Conversation);
        await guest.TimelineAsync();
        await AttachAsync(guest, secrets);
    }

    /// <summary>A file's id opens it, and its name stands in its address.</summary>
    private static async Task AttachAsync(Guest guest, List<string> secrets)
    {
        var picture = await guest.SentAsync(Thumbnail_tests.Drawn(SKEncodedImageFormat.Png, 10, 10), $"{Mark}.png", "image/png");
        secrets.Add(picture.Id);
        foreach (var url in new[] { picture.Url, picture.ThumbnailUrl!, picture.Url!.Replace(picture.Id, new string('A', 22), StringComparison.Ordinal) })
            await Parcel.FetchAsync(guest.Caller.Address, url);
        await guest.SendFileAsync([], $"{Mark}.txt");
        await guest.Caller.RawAsync(HttpMethod.Post, "/api/visitor/files", $"--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{Mark}\"\r\n\r\n{Mark}", "multipart/form-data; boundary=b");
        await Parcel.FetchAsync(guest.Caller.Address, picture.Url, HttpMethod.Post);
    }

    /// <summary>All that does not.</summary>
    private static async Task FailAsync(Company company, Clerk anna, List<string> secrets)
    {
        var guest = await company.ReceiveAsync();
        secrets.Add(guest.Session.Token);
        var address = company.Server.Address;
        await guest.PostAsync("messages", new VisitorMessage("x", Mark + new string('я', 20_000)));
        await guest.PostAsync("messages", new VisitorMessage($"{Mark}\0", Mark));
        await guest.Caller.RawAsync(HttpMethod.Post, "/api/visitor/messages", $$"""{"clientId":"{{Mark}}","text": """);
        await guest.Caller.RawAsync(HttpMethod.Post, "/api/visitor/messages", $$"""{"clientId":"{{Mark}}","text":"{{Mark}}","department":"{{Mark}}"}""");
        await guest.Caller.RawAsync(HttpMethod.Post, "/api/visitor/messages", Mark, "text/plain; charset=nonsense");
        await new Caller(address).With("Authorization", $"Bearer {Mark}").GetAsync("/api/visitor/timeline");
        await new Caller(address).With("Cookie", $"beseda.operator={Mark}").GetAsync("/api/operator/desk");
        await new Caller(address).PostAsync("/api/visitor/session", new SessionRequest(company.Key, Identity: $"{Mark}.{Mark}.{Mark}"));
        var stranger = new Caller(address).With("X-Beseda-Client", "tests");
        (await stranger.PostAsync("/api/auth/login", new LoginRequest(anna.Email, $"{Mark}-wrong"))).Must(401);
        (await stranger.PostAsync("/api/auth/login", new LoginRequest($"{Mark}@example.com", $"{Mark}-wrong"))).Must(401);
        await anna.DoAsync(1, "messages", new OperatorMessage("y", $"{Mark} чужое"));
    }
}
