using System.Diagnostics;
using System.Reflection;
using Beseda.Protocol;

namespace Beseda.Server.Tests.Starting;

/// <summary>The program as it is typed: what it does, what it prints, and what it refuses to start with.</summary>
public sealed class CommandLine_tests : IDisposable
{
    private static readonly string Program = typeof(CommandLine_tests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(one => one.Key == "Server").Value!;

    private readonly string folder = Directory.CreateTempSubdirectory("beseda-typed").FullName;

    [Fact]
    public async Task An_account_is_added_and_its_administrator_signs_in_with_the_password_that_was_printed()
    {
        var added = await TypeAsync("account", "add", "svet", "--name", "Свет и Сеть", "--admin", "olga@svet.example", "--data", folder);
        Assert.Equal(0, added.Code);
        var password = added.Said.Trim().Split(' ')[^1];
        var second = await TypeAsync("account", "add", "sklad", "--admin", "olga@svet.example", "--data", folder);

        Assert.Equal("olga@svet.example signs in as before.", second.Said.Trim());
        await using var server = await Server.OnAsync(folder);
        var caller = new Caller(server.Address).With("X-Beseda-Client", "tests");
        var choice = (await caller.PostAsync("/api/auth/login", new LoginRequest("olga@svet.example", password))).Read<LoginAnswer>();
        Assert.Equal(["sklad", "svet"], choice.Accounts!.Select(one => one.Key).Order());
        var guest = await Guest.ComeAsync(server.Address, "svet");
        Assert.Equal("Свет и Сеть", guest.Session.Settings.Name);
        await guest.WriteAsync("Здравствуйте!");
    }

    [Theory]
    [InlineData("There is an account svet already.", "account", "add", "svet", "--admin", "x@svet.example")]
    [InlineData("lower-case letters, digits and dashes", "account", "add", "С пробелом", "--admin", "x@svet.example")]
    [InlineData("--admin EMAIL is needed", "account", "add", "other")]
    [InlineData("--admin EMAIL is needed", "account", "add", "other", "--admin", "nobody")]
    [InlineData("account add KEY", "account", "remove", "svet")]
    public async Task What_cannot_be_added_is_said_in_a_sentence(string sentence, params string[] typed)
    {
        await TypeAsync("account", "add", "svet", "--admin", "olga@svet.example", "--data", folder);

        Refuses(sentence, await TypeAsync([.. typed, "--data", folder]));
    }

    [Theory]
    [InlineData("listens on loopback addresses only", "demo", "--urls", "http://0.0.0.0:0")]
    [InlineData("listens on loopback addresses only", "run", "--demo", "--urls", "http://127.0.0.1:0;http://[::]:0")]
    [InlineData("--database is sqlite, or an address", "run", "--database", "oracle://db")]
    [InlineData("--limits is on or off", "run", "--limits", "maybe")]
    [InlineData("--idle-accounts is a whole number", "run", "--idle-accounts", "soon")]
    [InlineData("--idle-accounts is a whole number", "run", "--idle-accounts", "0")]
    [InlineData("--test-commit-delay is a whole number", "run", "--test-commit-delay", "2.5")]
    [InlineData("is no address", "run", "--urls", "here")]
    [InlineData("--urls needs a value", "run", "--urls")]
    [InlineData("somewhere is no IP address", "run", "--urls", "http://127.0.0.1:0", "--Proxies:0=somewhere")]
    [InlineData("Files:MaxMegabytes: plenty is no whole number from 1 to 2000", "run", "--Files:MaxMegabytes=plenty")]
    [InlineData("Files:MaxMegabytes: 0 is no whole number", "config", "check", "--Files:MaxMegabytes=0")]
    [InlineData("--files: /proc/version cannot be written to", "run", "--urls", "http://127.0.0.1:0", "--files", "/proc/version")]
    [InlineData("Files:S3:Endpoint is missing", "run", "--Files:S3:Bucket=b")]
    [InlineData("Files:S3:Endpoint: http://x is no host", "run", "--Files:S3:Endpoint=http://x")]
    [InlineData("Files:S3:SecretKey is missing", "config", "check", "--Files:S3:Endpoint=x:1", "--Files:S3:Bucket=b", "--Files:S3:AccessKey=a")]
    [InlineData("Files:S3:Ssl: maybe is neither true nor false", "run", "--Files:S3:Endpoint=x:1", "--Files:S3:Bucket=b", "--Files:S3:AccessKey=a", "--Files:S3:SecretKey=s", "--Files:S3:Ssl=maybe")]
    [InlineData("not in both", "run", "--files", "here", "--Files:S3:Endpoint=x:1", "--Files:S3:Bucket=b", "--Files:S3:AccessKey=a", "--Files:S3:SecretKey=s")]
    [InlineData("Files:S3: 127.0.0.1:9 does not let us in", "run", "--urls", "http://127.0.0.1:0", "--Files:S3:Endpoint=127.0.0.1:9", "--Files:S3:Ssl=false", "--Files:S3:Bucket=bbb", "--Files:S3:AccessKey=a", "--Files:S3:SecretKey=s")]
    [InlineData("There is no command", "walk")]
    public async Task What_cannot_be_started_with_is_said_in_a_sentence(string sentence, params string[] typed) =>
        Refuses(sentence, await TypeAsync([.. typed, "--data", folder]));

    [Fact]
    public async Task A_second_server_on_the_same_folder_is_refused()
    {
        await using var first = await Server.StartAsync([]);

        Refuses("Another server uses the data folder", await TypeAsync("run", "--urls", "http://127.0.0.1:0", "--data", first.Folder));
    }

    [Fact]
    public async Task A_configuration_can_be_checked_without_starting()
    {
        var right = await TypeAsync("config", "check", "--data", folder);
        Assert.Equal((0, "The configuration is right."), (right.Code, right.Said.Trim()));
        Refuses("somewhere is no IP address", await TypeAsync("config", "check", "--data", folder, "--Proxies:0=somewhere"));
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public async Task Every_argument_is_listed_with_its_default()
    {
        var listed = (await TypeAsync("config", "defaults")).Said;

        Assert.All(["--urls http://127.0.0.1:8080", "--data data", "--files DATA/files", "Files:MaxMegabytes 50", "--database sqlite", "--limits on", "--idle-accounts 600", "Proxies:0"], line => Assert.Contains(line, listed, StringComparison.Ordinal));
        Assert.Contains("beseda account add KEY", (await TypeAsync("help")).Said, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static void Refuses(string sentence, (int Code, string Said, string Complained) outcome)
    {
        Assert.Equal(2, outcome.Code);
        Assert.Contains(sentence, outcome.Complained.Split('\n')[0], StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", outcome.Complained, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Said, string Complained)> TypeAsync(params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Program, .. words]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        try
        {
            var (said, complained) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await said, await complained);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }
}
