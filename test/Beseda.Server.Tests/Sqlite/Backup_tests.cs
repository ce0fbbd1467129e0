using Beseda.Server.Tests.Files;
using Beseda.Server.Upkeep;
using Microsoft.AspNetCore.Builder;

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
        Protocol.FileLink link;
        await using (var server = await Server.OnAsync(data))
        {
            var company = await Company.OpenAsync(server);
            (before, key, email) = (company.Journal.Id, company.Key, company.Admin.Email);
            guest = await company.ReceiveAsync();
            copied = (await guest.WriteAsync("раз")).Seq;
            link = await guest.SentAsync(Parcel.Text);
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
        Assert.Equal(Parcel.Text, (await Parcel.FetchAsync(again.Address, link.Url)).Content);
        var feed = await Listener.OpenAsync(returned.Caller, $"/api/visitor/feed?since={copied}&journal={before}");
        Assert.Equal("reset", (await feed.ToEndAsync())[^1].Event);
        Assert.True((await admin.GetAsync("/api/admin/journal")).Read<Protocol.JournalPage>().Head >= copied);
        Assert.Equal(0, await Rebuild.RunAsync(CommandLine.Parse(["rebuild", "--check", "--data", restored])));
    }

    [Fact]
    public async Task Files_that_lie_elsewhere_are_copied_from_there_and_put_back_where_one_says()
    {
        var (data, files, copy) = (Path.Combine(folder, "data"), Path.Combine(folder, "files"), Path.Combine(folder, "copy"));
        var (restored, there) = (Path.Combine(folder, "restored"), Path.Combine(folder, "there"));
        await using (var app = await StartAsync(data, files))
            await UploadAsync(app);
        Assert.False(Directory.Exists(Path.Combine(data, "files")));

        Assert.Equal(0, await Backup.RunAsync(CommandLine.Parse(["backup", copy, "--data", data, "--files", files])));
        Directory.Delete(files, recursive: true);
        Assert.Equal(0, await Backup.RestoreAsync(CommandLine.Parse(["restore", copy, "--data", restored, "--files", there])));

        Assert.Equal(Parcel.Text, await File.ReadAllBytesAsync(Directory.GetFiles(there, "*", SearchOption.AllDirectories).Single(), TestContext.Current.CancellationToken));
        Assert.False(Directory.Exists(Path.Combine(restored, "files")));
    }

    [Fact]
    public async Task Nothing_is_overwritten()
    {
        File.WriteAllText(Path.Combine(folder, "something"), "");
        await Assert.ThrowsAsync<InvalidOperationException>(() => Backup.RestoreAsync(CommandLine.Parse(["restore", folder, "--data", folder])));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Backup.RunAsync(CommandLine.Parse(["backup", folder, "--data", folder])));
        await Assert.ThrowsAsync<FormatException>(() => Backup.RunAsync(CommandLine.Parse(["backup", "x", "--database", "postgres://a@b/c"])));
    }

    private static Task<WebApplication> StartAsync(string data, string files) => Installation.StartAsync(
        CommandLine.Parse(["run", "--demo", "--data", data, "--files", files, "--urls", "http://127.0.0.1:0"]), builder => builder.Environment.ApplicationName = "Beseda.Server");

    private static async Task UploadAsync(WebApplication app)
    {
        var guest = await Guest.ComeAsync(new Uri(app.Urls.Single()), "demo");
        await guest.SentAsync(Parcel.Text);
        await app.StopAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
