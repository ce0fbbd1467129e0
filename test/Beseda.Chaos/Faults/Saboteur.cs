using System.Collections.Concurrent;
using System.Diagnostics;
using Beseda.Chaos.Stages;

namespace Beseda.Chaos.Faults;

/// <summary>Makes the faults of a plan happen, and heals each before too many come together: one node is always left alone.</summary>
internal sealed class Saboteur : IDisposable
{
    private readonly Stage stage;
    private readonly Random random;
    private readonly Func<int> deliverer;
    private readonly SemaphoreSlim slots;
    private readonly SemaphoreSlim database = new(1);
    private readonly List<Node> whole;
    private readonly Stopwatch clock = Stopwatch.StartNew();

    /// <param name="stage">What it works on.</param>
    /// <param name="random">Decides everything but the times.</param>
    /// <param name="deliverer">The port from which the newest webhook came: whoever has it holds the lease.</param>
    public Saboteur(Stage stage, Random random, Func<int> deliverer)
    {
        this.deliverer = deliverer;
        this.stage = stage;
        this.random = random;
        whole = [.. stage.Nodes];
        slots = new SemaphoreSlim(Math.Max(1, stage.Nodes.Count - 1));
    }

    /// <summary>What has happened so far.</summary>
    public ConcurrentQueue<FaultKind> Done { get; } = [];

    /// <summary>What could not be healed.</summary>
    public ConcurrentQueue<string> Broken { get; } = [];

    /// <summary>Ends when the last fault is healed.</summary>
    public Task RunAsync(IEnumerable<Fault> plan) => Task.WhenAll(plan.Select(RunAsync));

    public void Dispose()
    {
        slots.Dispose();
        database.Dispose();
    }

    private async Task RunAsync(Fault fault)
    {
        if (fault.At - clock.Elapsed is { Ticks: > 0 } wait)
            await Task.Delay(wait);
        using var turn = await Turn.AtAsync(fault.IsInstant ? null : fault.IsOfDatabase ? database : slots);
        var since = clock.Elapsed;
        var where = "the databases";
        try
        {
            if (fault.IsOfDatabase)
                await HurtDatabaseAsync(fault.Kind);
            else
                where = await (fault.IsInstant ? CutAsync(fault.Kind) : HurtNodeAsync(fault.Kind));
        }
        catch (Exception problem) when (problem is InvalidOperationException or OperationCanceledException or Npgsql.NpgsqlException)
        {
            Broken.Enqueue($"{fault.Kind} of {where} could not be healed: {problem.Message}");
        }

        Done.Enqueue(fault.Kind);
        Console.WriteLine($"{since.TotalSeconds,7:0.0} s  {fault.Kind,-15} {where,-13} for {(clock.Elapsed - since).TotalSeconds,4:0.0} s");
    }

    private Task HurtDatabaseAsync(FaultKind kind)
    {
        var servers = stage.Ground.Servers!;
        return kind switch
        {
            FaultKind.Restart => servers.RestartAsync(Between(0, 3)),
            FaultKind.StandbyRestart => servers.RestartStandbyAsync(Between(0, 3)),
            _ => servers.FailOverAsync(Between(0, 3)),
        };
    }

    /// <returns>Which node it was.</returns>
    private async Task<string> HurtNodeAsync(FaultKind kind)
    {
        Node node;
        lock (whole)
        {
            node = (kind == FaultKind.LongStop && deliverer() is > 0 and var port ? whole.Find(one => one.Owns(port)) : null)
                ?? whole[(int)Between(0, whole.Count).TotalSeconds];
            whole.Remove(node);
        }

        try
        {
            await Hurt(node, kind);
        }
        finally
        {
            lock (whole)
                whole.Add(node);
        }

        return node.Name;
    }

    private Task Hurt(Node node, FaultKind kind) => kind switch
    {
        FaultKind.Kill => KillAsync(node),
        FaultKind.Stop => StopAsync(node, Between(2, 7)),
        FaultKind.LongStop => StopAsync(node, Between(17, 26)),
        FaultKind.Delay => DelayAsync([node.Door]),
        FaultKind.Swallow => SwallowAsync([node.Door]),
        FaultKind.DatabaseDelay => DelayAsync(node.Databases),
        FaultKind.DatabaseSwallow => SwallowAsync(node.Databases),
        _ => throw new InvalidOperationException($"{kind} is no fault of a node."),
    };

    private async Task KillAsync(Node node)
    {
        await node.KillAsync();
        await Task.Delay(Between(0.1, 3));
        await node.StartAsync();
    }

    private static async Task StopAsync(Node node, TimeSpan time)
    {
        await node.StopAsync();
        await Task.Delay(time);
        await node.ContinueAsync();
    }

    /// <summary>Of any node, whatever else befalls it.</summary>
    private Task<string> CutAsync(FaultKind kind)
    {
        var node = stage.Nodes[(int)Between(0, stage.Nodes.Count).TotalSeconds];
        Cut(kind == FaultKind.Cut ? [node.Door] : node.Databases);
        return Task.FromResult(node.Name);
    }

    private void Cut(IEnumerable<Relay> relays)
    {
        foreach (var relay in relays)
            relay.Cut(Chance());
    }

    private async Task DelayAsync(IReadOnlyList<Relay> relays)
    {
        foreach (var relay in relays)
            relay.Delay(Between(0.02, 0.4));
        await Task.Delay(Between(3, 8));
        foreach (var relay in relays)
            relay.Clear();
    }

    /// <summary>Afterwards either what was held arrives late, or the connections turn out to be dead.</summary>
    private async Task SwallowAsync(IReadOnlyList<Relay> relays)
    {
        foreach (var relay in relays)
            relay.Swallow();
        await Task.Delay(Between(4, 12));
        if (Chance())
            Cut(relays);
        foreach (var relay in relays)
            relay.Clear();
    }

    private bool Chance() => Between(0, 2).TotalSeconds < 1;

    private TimeSpan Between(double least, double most)
    {
        lock (random)
            return TimeSpan.FromSeconds(least + ((most - least) * random.NextDouble()));
    }

    /// <summary>Held until the fault is healed.</summary>
    private sealed class Turn(SemaphoreSlim? slot) : IDisposable
    {
        public static async Task<Turn> AtAsync(SemaphoreSlim? slot)
        {
            if (slot is not null)
                await slot.WaitAsync();
            return new Turn(slot);
        }

        public void Dispose() => slot?.Release();
    }
}
