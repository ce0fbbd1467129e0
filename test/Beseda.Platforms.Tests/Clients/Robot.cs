using System.Diagnostics;
using System.Text.Json;

namespace Beseda.Platforms.Tests.Clients;

/// <summary>A real client in a process of its own, which says in lines of JSON what it sees.</summary>
internal sealed class Robot : IAsyncDisposable
{
    private readonly Process process;
    private readonly List<JsonElement> facts = [];

    private Robot(Process process) => this.process = process;

    /// <summary>Started, connected and ready.</summary>
    public static async Task<Robot> StartAsync(Packages packages, string script, object settings)
    {
        await packages.ReadyAsync();
        var start = new ProcessStartInfo("node", [script, JsonSerializer.Serialize(settings)])
        {
            WorkingDirectory = Packages.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["NODE_NO_WARNINGS"] = "1";
        var robot = new Robot(Process.Start(start)!);
        await robot.SaysAsync("ready");
        return robot;
    }

    /// <summary>The next thing it says of this kind; what it has said before and nobody asked for counts too.</summary>
    public async Task<JsonElement> SaysAsync(string fact)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            var at = facts.FindIndex(one => one.GetProperty("fact").GetString() == fact);
            if (at >= 0)
            {
                var found = facts[at];
                facts.RemoveAt(at);
                return found;
            }
            facts.Add(JsonElement.Parse(await ReadAsync(fact, patience.Token)));
            Assert.True(facts[^1].GetProperty("fact").GetString() != "stumbled", facts[^1].ToString());
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }
        process.Dispose();
    }

    private async Task<string> ReadAsync(string fact, CancellationToken cancellation)
    {
        try
        {
            return await process.StandardOutput.ReadLineAsync(cancellation) ?? throw new InvalidOperationException($"The client ended without saying «{fact}».");
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The client never said «{fact}», only: {string.Join('\n', facts)}");
        }
    }
}
