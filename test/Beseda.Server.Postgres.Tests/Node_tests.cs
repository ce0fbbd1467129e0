using Beseda.Protocol;
using Beseda.Server.Tests.Files;
using SkiaSharp;

namespace Beseda.Server.Tests;

/// <summary>Two servers on one database: who talks to whom makes no difference.</summary>
public sealed class Node_tests : IAsyncLifetime
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"beseda-{Guid.NewGuid():N}");
    private Server one = null!;
    private Server other = null!;

    public async ValueTask InitializeAsync()
    {
        one = await Server.OnAsync(folder);
        other = await Server.OnAsync(folder);
    }

    public async ValueTask DisposeAsync()
    {
        await one.DisposeAsync();
        await other.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_visitor_at_one_and_an_operator_at_the_other_talk()
    {
        var company = await Company.OpenAsync(one);
        var guest = await company.ReceiveAsync();
        var anna = await AtOtherAsync(await company.HireAsync("Анна"));
        await using var desk = await anna.ListenAsync();
        await using var chat = await guest.ListenAsync();

        var posted = await guest.WriteAsync("Здравствуйте");
        Assert.Equal("Здравствуйте", (await desk.NextAsync("message.posted")).Json().GetProperty("text").GetString());
        (await anna.DoAsync(posted.Conversation, "take")).Must(204);
        await chat.NextAsync("conversation.accepted");
        (await guest.PostAsync("typing", new TypingRequest("Я хочу \"знать\""))).Must(204);
        Assert.Equal("Я хочу \"знать\"", (await desk.NextAsync("typing")).Json().GetProperty("draft").GetString());
        (await anna.DoAsync(posted.Conversation, "typing", new TypingRequest("Сейчас"))).Must(204);
        Assert.False((await chat.NextAsync("typing")).Json().TryGetProperty("draft", out _));
        await anna.WriteAsync(posted.Conversation, "Добрый день");
        Assert.Equal("Добрый день", (await chat.NextAsync("message.posted")).Json().GetProperty("text").GetString());

        var again = await guest.ReturnAsync(company.Key);
        Assert.Equal("reset", (await chat.ToEndAsync())[^1].Event);
        Assert.Equal(guest.Session.Visitor.Id, again.Session.Visitor.Id);
    }

    [Fact]
    public async Task A_message_sent_again_to_the_other_gets_its_first_answer()
    {
        var company = await Company.OpenAsync(one);
        var guest = await company.ReceiveAsync();
        var first = await guest.WriteAsync("раз", "same");
        var elsewhere = await Guest.ComeAsync(other.Address, company.Key, guest.Session.Token);

        Assert.Equal(first.Seq, (await elsewhere.WriteAsync("раз", "same")).Seq);
        Assert.Single(await company.JournalAsync(), e => e.Kind == "message.posted");
    }

    [Fact]
    public async Task What_was_attached_at_one_is_had_at_the_other()
    {
        var guest = await (await Company.OpenAsync(one)).ReceiveAsync();

        var link = await guest.SentAsync(Thumbnail_tests.Drawn(SKEncodedImageFormat.Png, 600, 600), "a.png", "image/png");

        Assert.Equal(link.Size, (await Parcel.FetchAsync(other.Address, link.Url)).Content.Length);
        var small = await Task.WhenAll(new[] { one, other }.Select(node => Parcel.FetchAsync(node.Address, link.ThumbnailUrl!)));
        Assert.Equal(small[0].Content, small[1].Content);
    }

    [Fact]
    public async Task A_node_with_a_key_of_its_own_does_not_start()
    {
        var stranger = Path.Combine(folder, "stranger");
        Directory.CreateDirectory(stranger);
        File.WriteAllText(Path.Combine(stranger, "install.key"), $"1:{Convert.ToBase64String(new byte[32])}\n");
        var database = Engine.ArgumentsFor(folder)[3];

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => Installation.StartAsync(
            CommandLine.Parse(["run", "--data", stranger, "--database", database, "--urls", "http://127.0.0.1:0"])));
        Assert.Contains("install key", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>The same person, cookie and all, at the other node.</summary>
    private Task<Clerk> AtOtherAsync(Clerk person) => Clerk.SignInAsync(other.Address, person.Email, "correct-horse");
}
