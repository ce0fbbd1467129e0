using System.Collections.Concurrent;

namespace Beseda.Journal;

/// <summary>
/// One consumer at work, for as long as this process holds its lease. What cannot be delivered parks its conversation, and
/// the cursor goes on; when nothing can be delivered at all, everything waits but one that is tried now and then.
/// </summary>
internal sealed class ConsumerRun<TState, TCommand, TEvent>(
    Journal<TState, TCommand, TEvent> journal, ConsumerReads<TState, TCommand, TEvent> reads, ConsumerId id, IConsumer consumer,
    ConsumerLease lease, TimeProvider clock)
    where TState : class
{
    private const int MostAtOnce = 100;
    private const int LanesAtOnce = 8;

    /// <summary>An event that fails this often, over some hours, while others get through, is left out.</summary>
    private const int MostAttempts = 20;

    /// <summary>Failures in a row from which it is taken that nothing gets through.</summary>
    private const int Outage = 5;

    private static readonly TimeSpan SaveEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PauseAfter = TimeSpan.FromHours(24);

    private readonly ConcurrentDictionary<long, Lane> lanes = new();
    private readonly ConcurrentDictionary<long, bool> changed = new();
    private readonly Bell bell = new();
    private ConsumerProgress progress = new(0, 0, null, null, false);
    private long saved;
    private int failures;
    private bool isDirty;

    public long Cursor => progress.Cursor;

    /// <summary>The account has moved.</summary>
    public void Nudge() => bell.Ring();

    public async Task RunAsync()
    {
        await LoadAsync();
        while (lease.Holds && !progress.Paused)
        {
            var idle = !(await RetryAsync() | (failures < Outage && await GoOnAsync()));
            if (!await SaveIfDueAsync(idle))
                return;
            if (idle)
                await WaitAsync();
        }
    }

    private async Task LoadAsync()
    {
        (progress, var parked) = await journal.Readers.ReadAsync(session =>
            (ConsumerRows.Progress(session, id) ?? throw new InvalidOperationException("The consumer is gone."), ConsumerRows.Lanes(session, id)));
        foreach (var lane in parked)
            lanes[lane.Id] = lane;
    }

    /// <returns>False when there is nothing new.</returns>
    private async Task<bool> GoOnAsync()
    {
        var due = await reads.AfterAsync(progress.Cursor, MostAtOnce);
        if (due.Count == 0)
            return false;
        var wanted = due.Where(one => consumer.Wants(one.Frame) && !lanes.ContainsKey(one.Lane)).GroupBy(one => one.Lane);
        await Parallel.ForEachAsync(wanted, Parallelism, async (lane, _) => await DeliverAsync(lane.Key, lane, 1));
        Remember(progress with { Cursor = due[^1].Seq });
        return true;
    }

    /// <returns>False when no lane's time has come.</returns>
    private async Task<bool> RetryAsync()
    {
        var now = clock.GetUtcNow();
        var due = lanes.Values.Where(lane => lane.RetryAt <= now).OrderBy(lane => lane.RetryAt).Take(failures < Outage ? LanesAtOnce : 1).ToList();
        await Parallel.ForEachAsync(due, Parallelism, async (lane, _) => await RetryAsync(lane));
        return due.Count > 0;
    }

    private async Task RetryAsync(Lane lane)
    {
        var events = await reads.OfLaneAsync(lane.Id, lane.NextSeq, progress.Cursor, MostAtOnce);
        if (!await DeliverAsync(lane.Id, events.Where(one => consumer.Wants(one.Frame)), lane.Attempts + 1))
            return;
        if (events.Count < MostAtOnce)
            lanes.TryRemove(lane.Id, out _);
        else
            lanes[lane.Id] = lane with { NextSeq = events[^1].Seq + 1, Attempts = 0, RetryAt = clock.GetUtcNow(), Error = null };
        changed[lane.Id] = true;
    }

    /// <summary>Delivers in order, as far as it goes; the rest is parked.</summary>
    /// <param name="attempt">Of the first one.</param>
    private async Task<bool> DeliverAsync(long lane, IEnumerable<Due> events, int attempt)
    {
        foreach (var one in events)
        {
            // Nothing gets through: who has not been tried yet need not be.
            if (attempt == 1 && Volatile.Read(ref failures) >= Outage)
            {
                Park(new Lane(lane, one.Seq, 0, clock.GetUtcNow(), null));
                return false;
            }

            if (await TryAsync(one.Frame, attempt) is Delivery.Later later && attempt < MostAttempts)
            {
                Park(new Lane(lane, one.Seq, attempt, clock.GetUtcNow() + Lane.PauseAfter(attempt), later.Error));
                return false;
            }

            attempt = 1;
        }

        return true;
    }

    private async Task<Delivery> TryAsync(Frame frame, int attempt)
    {
        Delivery outcome;
        try
        {
            // A process that stood still may have lost its lease meanwhile: it must not say now what another has said since.
            outcome = lease.Holds ? await consumer.DeliverAsync(frame, attempt, lease.Lost) : new Delivery.Later("The lease is lost.");
        }
        catch (Exception bug) when (bug is not OutOfMemoryException)
        {
            outcome = new Delivery.Later(bug.GetType().Name);
        }

        Count(outcome);
        return outcome;
    }

    private void Count(Delivery outcome)
    {
        lock (lanes)
        {
            failures = outcome is Delivery.Later ? failures + 1 : 0;
            var since = outcome is Delivery.Later ? progress.FailingSince ?? clock.GetUtcNow() : (DateTimeOffset?)null;
            var error = outcome switch { Delivery.Later later => later.Error, Delivery.Never never => never.Error, _ => progress.Error };
            Remember(progress with { FailingSince = since, Error = error, Paused = since + PauseAfter < clock.GetUtcNow() });
        }
    }

    private void Park(Lane lane)
    {
        lanes[lane.Id] = lane;
        changed[lane.Id] = true;
    }

    private void Remember(ConsumerProgress next)
    {
        isDirty |= next != progress;
        progress = next;
    }

    /// <returns>False: the lease is lost.</returns>
    private async Task<bool> SaveIfDueAsync(bool idle)
    {
        if (!isDirty && changed.IsEmpty)
            return true;
        if (changed.IsEmpty && !idle && clock.GetElapsedTime(saved) < SaveEvery && !progress.Paused)
            return true;
        saved = clock.GetTimestamp();
        isDirty = false;
        var some = changed.Keys.ToList();
        changed.Clear();
        return await journal.WriteAsync((session, _) =>
        {
            if (!ConsumerRows.Save(session, id, lease.Name, progress))
                return false;
            foreach (var lane in some)
                if (lanes.TryGetValue(lane, out var parked))
                    ConsumerRows.Park(session, id, parked);
                else
                    ConsumerRows.Unpark(session, id, lane);
            return true;
        });
    }

    private async Task WaitAsync()
    {
        var until = lanes.Values.Select(lane => lane.RetryAt - clock.GetUtcNow()).Append(SaveEvery).Min();
        if (until > TimeSpan.Zero)
            await bell.WaitAsync(until, clock, lease.Lost);
    }

    private static readonly ParallelOptions Parallelism = new() { MaxDegreeOfParallelism = LanesAtOnce };
}
