using Beseda.Server.Upkeep;

namespace Beseda.Server.Tests.Upkeep;

/// <summary>A copy is made beside the live server, and a server on the copy is a whole one.</summary>
public sealed class Backup_tests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("beseda-").FullName;

    [Fact]
    public async Task What_was_copied_beside_a_live_server_is_there_after_a_restore_under_another_id()
    {
        var (data, copy, restored) = (Path.Combine(folder, "data"), Path.Combine(folder, "copy"), Path.Combine(folder, "restored"));
        string before, key, email;
        Guest guest;
        long copied;
        await using (var server = await Server.OnAsync(data))
        {
            var company = await Company.OpenAsync(server);
            (before, key, email) = (company.Journal.Id, company.Key, company.Admin.Email);
            guest = await company.ReceiveAsync();
            copied = (await guest.WriteAsync("раз")).Seq;
            Assert.Equal(0, await Backup.RunAsync(CommandLine.Parse(["backup", copy, "--data", data])));
            await guest.WriteAsync("после копии");
        }

        Assert.Equal(0, await Backup.RestoreAsync(CommandLine.Parse(["restore", copy, "--data", restored])));

        await using var again = await Server.OnAsync(restored);
        var admin = await Clerk.SignInAsync(again.Address, email, "correct-horse");
        var returned = await Guest.ComeAsync(again.Address, key, guest.Session.Token);
        Assert.NotEqual(before, returned.Session.Journal);
        Assert.Contains("раз", returned.Session.Timeline.OfType<Protocol.MessagePosted>().Select(one => one.Text));
        Assert.DoesNotContain("после копии", returned.Session.Timeline.OfType<Protocol.MessagePosted>().Select(one => one.Text));
        var feed = await Listener.OpenAsync(returned.Caller, $"/api/visitor/feed?since={copied}&journal={before}");
        Assert.Equal("reset", (await feed.ToEndAsync())[^1].Event);
        Assert.True((await admin.GetAsync("/api/admin/journal")).Read<Protocol.JournalPage>().Head >= copied);
        Assert.Equal(0, await Rebuild.RunAsync(CommandLine.Parse(["rebuild", "--check", "--data", restored])));
    }

    [Fact]
    public async Task Nothing_is_overwritten()
    {
        File.WriteAllText(Path.Combine(folder, "something"), "");
        await Assert.ThrowsAsync<InvalidOperationException>(() => Backup.RestoreAsync(CommandLine.Parse(["restore", folder, "--data", folder])));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Backup.RunAsync(CommandLine.Parse(["backup", folder, "--data", folder])));
        await Assert.ThrowsAsync<FormatException>(() => Backup.RunAsync(CommandLine.Parse(["backup", "x", "--database", "postgres://a@b/c"])));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
