using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Diagnostics.NETCore.Client;

namespace Beseda.Bench.Servers;

/// <summary>A server in a process of its own, as users start it.</summary>
internal sealed class RunningServer : IDisposable
{
    /// <summary>GCHeapCollect: a session that asks for it begins with a full collection.</summary>
    private const long CollectKeyword = 0x800000;

    private readonly Process _process;
    private readonly string _log;

    private RunningServer(Process process, IPEndPoint address, string log) => (_process, Address, _log) = (process, address, log);

    public IPEndPoint Address { get; }

    /// <summary>From the start of the process to the first <c>200</c> of <c>/health/ready</c>.</summary>
    public TimeSpan ReadyAfter { get; private init; }

    /// <param name="command">Arguments of <c>dotnet</c>; the address is added to them.</param>
    public static RunningServer Start(IEnumerable<string> command, string log, TimeSpan patience)
    {
        var address = new IPEndPoint(IPAddress.Loopback, FreePort());
        // The shell gives way to the server, which keeps its process id: what it prints goes to a file, not through us.
        var start = new ProcessStartInfo("/bin/sh") { ArgumentList = { "-c", "exec dotnet \"$@\" >>\"$LOG\" 2>&1", "sh" } };
        start.Environment["LOG"] = log;
        foreach (var argument in command.Append("--urls").Append($"http://{address}"))
            start.ArgumentList.Add(argument);

        var since = Stopwatch.GetTimestamp();
        var process = Process.Start(start)!;
        try
        {
            Await(process, address, log, patience);
        }
        catch
        {
            process.Kill();
            throw;
        }
        return new RunningServer(process, address, log) { ReadyAfter = Stopwatch.GetElapsedTime(since) };
    }

    /// <summary>Processor seconds so far, of the whole process.</summary>
    public double Processor() => Machine.Processor(_process.Id.ToString(CultureInfo.InvariantCulture));

    /// <summary>Memory in bytes that lies in the machine's RAM.</summary>
    public long Resident()
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }

    /// <summary>Resident memory once garbage is collected: what is left is in use. Asks by the runtime's own door for diagnostics.</summary>
    public long ResidentInUse()
    {
        // What a collection frees goes back to the system when twenty more have not wanted it.
        for (var i = 0; i < 30; i++)
        {
            using var session = new DiagnosticsClient(_process.Id).StartEventPipeSession(
                [new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Informational, CollectKeyword)], requestRundown: false, circularBufferMB: 1);
            var drained = session.EventStream.CopyToAsync(Stream.Null);
            Thread.Sleep(TimeSpan.FromSeconds(0.2));
            session.Stop();
            drained.Wait();
        }
        return Resident();
    }

    /// <summary>Asks it to stop, as a service manager does.</summary>
    public void Dispose()
    {
        using (Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            if (!_process.WaitForExit(TimeSpan.FromSeconds(20)))
            {
                Console.Error.WriteLine($"The server did not stop within 20 s; killed. Its log: {_log}");
                _process.Kill();
                _process.WaitForExit();
            }
        }
        _process.Dispose();
    }

    private static void Await(Process process, IPEndPoint address, string log, TimeSpan patience)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        var since = Stopwatch.GetTimestamp();
        while (!Ready(http, new Uri($"http://{address}/health/ready")))
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(since) > patience)
                throw new InvalidOperationException($"No server became ready at {address}. Its log: {log}\n{Tail(log)}");
            Thread.Sleep(10);
        }
    }

    private static bool Ready(HttpClient http, Uri address)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            using var answer = http.Send(request);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static string Tail(string log) =>
        File.Exists(log) ? string.Join('\n', File.ReadLines(log).TakeLast(20)) : "(it printed nothing)";

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
