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

    /// <summary>An event that fails this often, over some hours, is left out once others get through.</summary>
    private const int MostAttempts = 20;

    /// <summary>Conversations of which it is taken, when they fail one after the other, that nothing gets through.</summary>
    private const int Outage = 5;

    private static readonly TimeSpan LongestProbe = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan SaveEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PauseAfter = TimeSpan.FromHours(24);

    private readonly ConcurrentDictionary<long, Lane> lanes = new();
    private readonly ConcurrentDictionary<long, bool> changed = new();
    private readonly Bell bell = new();
    private ConsumerProgress progress = new(0, 0, null, null, false);
    private readonly HashSet<long> failing = [];
    private DateTimeOffset probeAt;
    private int probes;
    private long saved;
    private bool isDirty;

    public long Cursor => progress.Cursor;

    private bool IsOutage
    {
        get
        {
            lock (failing)
                return failing.Count >= Outage;
        }
    }

    /// <summary>The account has moved.</summary>
    public void Nudge() => bell.Ring();

    public async Task RunAsync()
    {
        await LoadAsync();
        while (lease.Holds && !progress.Paused)
        {
            var idle = !(IsOutage ? await ProbeAsync() : await RetryAsync() | await GoOnAsync());
            if (!await SaveIfDueAsync(idle))
                return;
            if (idle)
                await WaitAsync();
        }

        await SaveIfDueAsync(idle: true);
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
        await Parallel.ForEachAsync(New(due).GroupBy(one => one.Lane), Parallelism, async (lane, _) =>
        {
            // Who has not been tried yet need not be.
            if (IsOutage)
                Park(new Lane(lane.Key, lane.First().Seq, 0, clock.GetUtcNow(), null));
            else
                await DeliverAsync(lane.Key, lane, 1);
        });
        Remember(progress with { Cursor = due[^1].Seq });
        return true;
    }

    /// <returns>False when no lane's time has come.</returns>
    private async Task<bool> RetryAsync()
    {
        var now = clock.GetUtcNow();
        var due = lanes.Values.Where(lane => lane.RetryAt <= now).OrderBy(lane => lane.RetryAt).Take(LanesAtOnce).ToList();
        await Parallel.ForEachAsync(due, Parallelism, async (lane, _) =>
        {
            if (!IsOutage)
                await RetryAsync(lane);
        });
        return due.Count > 0;
    }

    /// <summary>
    /// While nothing gets through, one is tried now and then: a conversation that has not failed yet, if there is one, since
    /// those that have may be at fault themselves.
    /// </summary>
    /// <returns>False when it is not time yet, or there is none.</returns>
    private async Task<bool> ProbeAsync()
    {
        if (clock.GetUtcNow() < probeAt)
            return false;
        var pause = Lane.PauseAfter(++probes);
        probeAt = clock.GetUtcNow() + (pause < LongestProbe ? pause : LongestProbe);
        var due = await reads.AfterAsync(progress.Cursor, MostAtOnce);
        if (New(due).Select(one => (Due?)one).FirstOrDefault() is { } fresh)
        {
            await DeliverAsync(fresh.Lane, [fresh], 1);
            Remember(progress with { Cursor = fresh.Seq });
            return true;
        }

        if (due.Count > 0)
            Remember(progress with { Cursor = due[^1].Seq });
        if (lanes.Values.MinBy(lane => lane.RetryAt) is { } oldest)
            await RetryAsync(oldest);
        return due.Count > 0;
    }

    /// <summary>Of what came after the cursor, what waits in no lane.</summary>
    private IEnumerable<Due> New(List<Due> due) => due.Where(one => consumer.Wants(one.Frame) && !lanes.ContainsKey(one.Lane));

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
            if (await TryAsync(lane, one.Frame, attempt) is Delivery.Later later && !(attempt >= MostAttempts && OthersGetThrough))
            {
                Park(new Lane(lane, one.Seq, attempt, clock.GetUtcNow() + Lane.PauseAfter(attempt), later.Error));
                return false;
            }

            attempt = 1;
        }

        return true;
    }

    private bool OthersGetThrough => progress.FailingSince is not { } since || clock.GetUtcNow() - since < Lately;

    private async Task<Delivery> TryAsync(long lane, Frame frame, int attempt)
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

        Count(lane, outcome);
        return outcome;
    }

    private void Count(long lane, Delivery outcome)
    {
        lock (failing)
        {
            if (outcome is Delivery.Later)
            {
                failing.Add(lane);
            }
            else
            {
                failing.Clear();
                (probes, probeAt) = (0, default);
            }

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
        var next = IsOutage ? probeAt : lanes.Values.Select(lane => lane.RetryAt).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();
        var wait = next - clock.GetUtcNow();
        if (wait > TimeSpan.Zero)
            await bell.WaitAsync(wait < SaveEvery ? wait : SaveEvery, clock, lease.Lost);
    }

    private static readonly ParallelOptions Parallelism = new() { MaxDegreeOfParallelism = LanesAtOnce };
}
