using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Beseda.Journal;

/// <summary>
/// All consumers of the database, shared between its processes: each is run by the one that holds its lease, and taken over
/// by another when that one is gone.
/// </summary>
public sealed partial class Consumers<TState, TCommand, TEvent>(
    Journal<TState, TCommand, TEvent> journal, Func<ConsumerId, Task<IConsumer?>> open, TimeProvider clock, ILogger log)
    where TState : class
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<ConsumerId, (ConsumerLease Lease, ConsumerRun<TState, TCommand, TEvent> Run, Task Work)> running = new();
    private readonly Bell bell = new();

    /// <summary>The consumers that this process runs now, and how far they are.</summary>
    public IEnumerable<(ConsumerId Id, long Cursor)> Running => running.Select(pair => (pair.Key, pair.Value.Run.Cursor));

    /// <summary>Some were added or changed: they are looked at now.</summary>
    public void Look() => bell.Ring();

    public async Task RunAsync(CancellationToken stop)
    {
        journal.Moved += Nudge;
        try
        {
            while (!stop.IsCancellationRequested)
            {
                await TakeAsync();
                await bell.WaitAsync(LookEvery, clock, stop);
            }
        }
        finally
        {
            journal.Moved -= Nudge;
            await LeaveAsync();
        }
    }

    /// <summary>Extends what is held here, and takes what nobody holds.</summary>
    private async Task TakeAsync()
    {
        try
        {
            var asked = clock.GetTimestamp();
            var all = running.ToLookup(pair => pair.Value.Work.IsCompleted);
            var (working, ended) = (all[false].ToList(), all[true].ToList());
            var (kept, taken) = await journal.WriteAsync((session, now) =>
            {
                // What ended by itself, as when the database was away, need not wait until its own lease runs out.
                ended.ForEach(pair => ConsumerRows.Release(session, pair.Key, pair.Value.Lease.Name));
                var kept = working.Where(pair => ConsumerRows.Extend(session, pair.Key, pair.Value.Lease.Name, now, ConsumerLease.Time))
                    .Select(pair => pair.Key).ToHashSet();
                var taken = ConsumerRows.Unheld(session, now).Select(id => (Id: id, Lease: new ConsumerLease(clock)))
                    .Where(one => ConsumerRows.Hold(session, one.Id, one.Lease.Name, now, ConsumerLease.Time)).ToList();
                return (kept, taken);
            });
            foreach (var (id, one) in running)
                if (kept.Contains(id))
                    one.Lease.Extend(asked);
                else
                    await EndAsync(id);
            foreach (var (id, lease) in taken)
                await BeginAsync(id, lease, asked);
        }
        catch (DatabaseException away)
        {
            LogAway(away.Message);
        }
    }

    private async Task BeginAsync(ConsumerId id, ConsumerLease lease, long asked)
    {
        if (await OpenAsync(id) is not { } consumer)
            return;
        lease.Extend(asked);
        var run = new ConsumerRun<TState, TCommand, TEvent>(journal, journal.ReadsFor(id.Account), id, consumer, lease, clock);
        running[id] = (lease, run, Task.Run(() => WorkAsync(id, run)));
    }

    private async Task<IConsumer?> OpenAsync(ConsumerId id)
    {
        try
        {
            return await open(id);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // Its settings cannot be read, say. Opened anew when the lease has run out; the others go on.
            LogStopped(failure, id.Name, id.Account);
            return null;
        }
    }

    private async Task WorkAsync(ConsumerId id, ConsumerRun<TState, TCommand, TEvent> run)
    {
        try
        {
            await run.RunAsync();
        }
        catch (DatabaseException away)
        {
            LogAway(away.Message);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // Begun anew at the next look.
            LogStopped(failure, id.Name, id.Account);
        }
    }

    private async Task EndAsync(ConsumerId id)
    {
        if (!running.TryRemove(id, out var one))
            return;
        one.Lease.End();
        await one.Work;
        one.Lease.Dispose();
    }

    private async Task LeaveAsync()
    {
        var held = running.Select(pair => (Id: pair.Key, pair.Value.Lease.Name)).ToList();
        foreach (var (id, _) in held)
            await EndAsync(id);
        try
        {
            await journal.WriteAsync((session, _) =>
            {
                held.ForEach(one => ConsumerRows.Release(session, one.Id, one.Name));
                return true;
            });
        }
        catch (DatabaseException away)
        {
            // The leases run out by themselves.
            LogAway(away.Message);
        }
    }

    private void Nudge(AccountId account)
    {
        foreach (var (id, one) in running)
            if (id.Account == account)
                one.Run.Nudge();
    }

    [LoggerMessage(1, LogLevel.Warning, "Consumers cannot be looked after at present: {Reason}")]
    private partial void LogAway(string reason);

    [LoggerMessage(2, LogLevel.Error, "Consumer {Name} of account {Account} stopped; it begins anew")]
    private partial void LogStopped(Exception failure, string name, AccountId account);
}
