using System.Diagnostics;
using System.Security.Cryptography;

[assembly: AssemblyFixture(typeof(Beseda.Platforms.Tests.Clients.Packages))]

namespace Beseda.Platforms.Tests.Clients;

/// <summary>The npm packages of the clients, fetched beside the tests once for every lock file.</summary>
public sealed class Packages
{
    private readonly Lazy<Task> restored = new(RestoreAsync);

    /// <summary>Where the scripts and their packages are.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "clients");

    public Task ReadyAsync() => restored.Value;

    private static async Task RestoreAsync()
    {
        var mark = Path.Combine(Folder, "node_modules", ".restored");
        var wanted = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(Folder, "package-lock.json"))));
        if (File.Exists(mark) && await File.ReadAllTextAsync(mark) == wanted)
            return;
        using var npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--loglevel=error"]) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = npm.StandardOutput.ReadToEndAsync();
        var errors = npm.StandardError.ReadToEndAsync();
        await npm.WaitForExitAsync();
        Assert.True(npm.ExitCode == 0, $"npm ci failed:\n{await output}\n{await errors}");
        await File.WriteAllTextAsync(mark, wanted);
    }
}
