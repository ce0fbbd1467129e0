using System.Globalization;

namespace Beseda.Chaos.Stages;

/// <summary>One server process behind its relay, kept running as a service manager does.</summary>
internal sealed class Node : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly string log;
    private readonly IReadOnlyList<string> command;
    private ChildProcess? process;
    private volatile bool wanted;

    /// <param name="name">Of its log.</param>
    /// <param name="folder">Where the log goes.</param>
    /// <param name="command">Arguments of <c>dotnet</c>; the address is added to them.</param>
    /// <param name="databases">The relays to its databases.</param>
    public Node(string name, string folder, IEnumerable<string> command, IReadOnlyList<Relay> databases)
    {
        Name = name;
        Port = Ports.Take();
        Door = Relay.To(Port);
        Databases = databases;
        log = Path.Combine(folder, $"{name}.log");
        this.command = ["dotnet", .. command, "--urls", $"http://127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}"];
    }

    public string Name { get; }

    public int Port { get; }

    /// <summary>Between the clients and it.</summary>
    public Relay Door { get; }

    /// <summary>Between it and its databases.</summary>
    public IReadOnlyList<Relay> Databases { get; }

    /// <summary>How often it ended without being killed, and was started again.</summary>
    public int Falls { get; private set; }

    /// <summary>It has this end of a connection.</summary>
    public bool Owns(int port) => process is { HasExited: false } running && Sockets.Has(running.Id, port);

    /// <summary>Starts it and waits until it is ready.</summary>
    public async Task StartAsync(params IEnumerable<string> more)
    {
        wanted = true;
        Launch([.. more]);
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(3) };
        using var patience = new CancellationTokenSource(Patience);
        while (!await IsReadyAsync(http))
        {
            if (patience.IsCancellationRequested)
                throw new InvalidOperationException($"{Name} did not become ready. Its log: {log}\n{Tail()}");
            await Task.Delay(50, CancellationToken.None);
        }
    }

    public async Task KillAsync()
    {
        wanted = false;
        await process!.KillAsync();
    }

    /// <summary>Asks it to stop, and waits until it has.</summary>
    public async Task RetireAsync()
    {
        wanted = false;
        await process!.EndAsync();
    }

    public Task StopAsync() => process!.StopAsync();

    public Task ContinueAsync() => process!.ContinueAsync();

    public void Dispose()
    {
        wanted = false;
        process?.Dispose();
        Door.Dispose();
        foreach (var relay in Databases)
            relay.Dispose();
    }

    private void Launch(IReadOnlyList<string> more)
    {
        var started = ChildProcess.Start(log, [.. command, .. more]);
        process = started;
        _ = KeepAsync(started);
    }

    private async Task KeepAsync(ChildProcess watched)
    {
        await watched.WaitAsync();
        if (!wanted || process != watched)
            return;
        Falls++;
        await Task.Delay(1_000);
        if (wanted && process == watched)
            Launch([]);
    }

    private async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{Port}/health/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private string Tail() => File.Exists(log) ? string.Join('\n', File.ReadLines(log).TakeLast(20)) : "(it printed nothing)";
}
