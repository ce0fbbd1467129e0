using System.Diagnostics;
using System.Reflection;

namespace Beseda.Browser.Tests;

/// <summary>The server as its users start it: a process of its own, with demo data, in a folder of its own.</summary>
public sealed class RunningServer : IAsyncDisposable
{
    private static readonly string Program = typeof(RunningServer).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(one => one.Key == "Server").Value!;

    private readonly string folder;
    private readonly string[] more;
    private Process process;

    private RunningServer(string folder, string[] more, Process process, Uri address)
    {
        this.folder = folder;
        this.more = more;
        this.process = process;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>A folder to give as <c>--data</c>, and whatever else goes with it.</summary>
    public static Func<string, string[]> ArgumentsFor { get; set; } = folder => ["--data", folder];

    public static async Task<RunningServer> StartAsync(params string[] more)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"beseda-{Guid.NewGuid():N}");
        var (process, address) = await LaunchAsync(folder, "http://127.0.0.1:0", more);
        return new RunningServer(folder, more, process, address);
    }

    /// <summary>As by <c>kill -9</c>.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Again on the same address and data.</summary>
    public async Task RestartAsync() => (process, _) = await LaunchAsync(folder, Address.GetLeftPart(UriPartial.Authority), more);

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await KillAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<(Process Process, Uri Address)> LaunchAsync(string folder, string urls, string[] more)
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", [Program, "run", "--demo", .. ArgumentsFor(folder), "--urls", urls, .. more])
        {
            RedirectStandardOutput = true,
        })!;
        const string says = "Beseda listens on ";
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith(says, StringComparison.Ordinal))
                continue;
            _ = process.StandardOutput.ReadToEndAsync();
            return (process, new Uri(line[says.Length..line.IndexOf(';', StringComparison.Ordinal)]));
        }

        throw new InvalidOperationException($"The server stopped with {process.ExitCode} before it listened.");
    }
}
