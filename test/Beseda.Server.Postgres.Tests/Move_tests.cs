using Beseda.Protocol;
using Beseda.Server.Upkeep;
using Microsoft.AspNetCore.Builder;

namespace Beseda.Server.Tests.Upkeep;

/// <summary>Whoever outgrows SQLite takes everything along.</summary>
public sealed class Move_tests : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"beseda-{Guid.NewGuid():N}");

    [Fact]
    public async Task Everything_is_there_afterwards_and_clients_go_on_where_they_are()
    {
        string token, journal;
        long seq;
        await using (var server = await StartAsync("--data", folder, "--demo"))
        {
            var guest = await Guest.ComeAsync(new Uri(server.Urls.Single()), "demo");
            var anna = await Clerk.SignInAsync(guest.Caller.Address, "anna@demo.example", "beseda-demo");
            var posted = await guest.WriteAsync("раз");
            (await anna.DoAsync(posted.Conversation, "take")).Must(204);
            await anna.WriteAsync(posted.Conversation, "Добрый день");
            (token, journal, seq) = (guest.Session.Token, guest.Session.Journal, (await guest.WriteAsync("два", "again")).Seq);
            await server.StopAsync(TestContext.Current.CancellationToken);
        }

        var database = Engine.ArgumentsFor(folder)[3];
        Assert.Equal(0, await Move.RunAsync(CommandLine.Parse(["move", "--to", database, "--data", folder])));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Move.RunAsync(CommandLine.Parse(["move", "--to", database, "--data", folder])));
        Assert.Equal(0, await Rebuild.RunAsync(CommandLine.Parse(["rebuild", "--check", "--database", database])));

        await using var moved = await StartAsync("--database", database, "--data", Path.Combine(folder, "node"));
        var returned = await Guest.ComeAsync(new Uri(moved.Urls.Single()), "demo", token);
        Assert.Equal(journal, returned.Session.Journal);
        Assert.Equal(["раз", "Добрый день", "два"], returned.Session.Timeline.OfType<MessagePosted>().Select(one => one.Text));
        Assert.Equal(seq, (await returned.WriteAsync("два", "again")).Seq);
        await using var feed = await returned.ListenAsync($"?since={seq}&journal={journal}");
        var boris = await Clerk.SignInAsync(returned.Caller.Address, "admin@demo.example", "beseda-demo");
        (await boris.PostAsync("/api/admin/departments", new DepartmentSettings("Новый"))).Must(200);
        Assert.Equal("три", (await WriteAndHearAsync(returned, feed)).GetProperty("text").GetString());
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static async Task<System.Text.Json.JsonElement> WriteAndHearAsync(Guest guest, Listener feed)
    {
        await guest.WriteAsync("три");
        return (await feed.NextAsync("message.posted")).Json();
    }

    private static Task<WebApplication> StartAsync(params string[] more) => Installation.StartAsync(
        CommandLine.Parse(["run", "--urls", "http://127.0.0.1:0", .. more]), builder => builder.Environment.ApplicationName = "Beseda.Server");
}
