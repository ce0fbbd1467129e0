using System.Diagnostics;
using System.Globalization;

namespace Beseda.Chaos.Stages;

/// <summary>A process of ours, whose output goes to a file.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process process;

    private ChildProcess(Process process) => this.process = process;

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    public static ChildProcess Start(string log, params IEnumerable<string> command)
    {
        // The shell gives way to the program, which keeps its process id.
        var start = new ProcessStartInfo("/bin/sh") { ArgumentList = { "-c", "exec \"$@\" >>\"$LOG\" 2>&1", "sh" } };
        start.Environment["LOG"] = log;
        foreach (var word in command)
            start.ArgumentList.Add(word);
        return new ChildProcess(Process.Start(start)!);
    }

    public Task WaitAsync() => process.WaitForExitAsync();

    /// <summary>As by <c>kill -9</c>.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>As a service manager ends it; waits until it has gone.</summary>
    public async Task EndAsync()
    {
        await SignalAsync("-TERM");
        await process.WaitForExitAsync();
    }

    /// <summary>Freezes it: its connections stay, and nothing answers.</summary>
    public Task StopAsync() => SignalAsync("-STOP");

    public Task ContinueAsync() => SignalAsync("-CONT");

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }

        process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }
}
