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

    private static readonly TimeSpan SaveEvery = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<long, Lane> lanes = new();
    private readonly ConcurrentDictionary<long, bool> changed = new();
    private readonly Bell bell = new();
    private readonly Outage outage = new(clock);
    private readonly Lock gate = new();
    private ConsumerProgress progress = new(0, 0, null, null, false);
    private long saved;
    private bool isDirty;

    public long Cursor => progress.Cursor;

    /// <summary>The account has moved.</summary>
    public void Nudge() => bell.Ring();

    public async Task RunAsync()
    {
        await LoadAsync();
        while (lease.Holds && !progress.Paused)
        {
            var idle = !(outage.IsOn ? await ProbeAsync() : await RetryAsync() | await GoOnAsync());
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
        outage.Resume(progress.FailingSince);
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
            if (outage.IsOn)
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
            if (!outage.IsOn)
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
        if (!outage.TryProbe())
            return false;
        var due = await reads.AfterAsync(progress.Cursor, MostAtOnce);
        var told = outage.Told;
        foreach (var one in New(due))
        {
            await DeliverAsync(one.Lane, [one], 1);
            Remember(progress with { Cursor = one.Seq });
            if (outage.Told != told || !lease.Holds)
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
            switch (await TryAsync(one.Frame, attempt))
            {
                case null:
                    Park(new Lane(lane, one.Seq, attempt - 1, clock.GetUtcNow(), lanes.GetValueOrDefault(lane)?.Error));
                    return false;
                case Delivery.Nothing:
                    break;
                case Delivery.Later later:
                    outage.Failed(lane);
                    if (attempt < MostAttempts || !outage.OthersGetThrough)
                    {
                        Park(new Lane(lane, one.Seq, attempt, clock.GetUtcNow() + Longer(Lane.PauseAfter(attempt), later.After), later.Error));
                        Remember(later.Error);
                        return false;
                    }

                    outage.GotThrough();
                    Remember(later.Error);
                    break;
                case var outcome:
                    outage.GotThrough();
                    Remember((outcome as Delivery.Never)?.Error ?? progress.Error);
                    break;
            }

            attempt = 1;
        }

        return true;
    }

    /// <summary>
    /// A process that stood still may have lost its lease meanwhile: it must not say now what another has said since. Nor
    /// does it count what was cut short.
    /// </summary>
    /// <returns>Null: it was not tried.</returns>
    private async Task<Delivery?> TryAsync(Frame frame, int attempt)
    {
        if (!lease.Holds)
            return null;
        try
        {
            var outcome = await consumer.DeliverAsync(frame, attempt, lease.Lost);
            return outcome is Delivery.Later && !lease.Holds ? null : outcome;
        }
        catch (Exception bug) when (bug is not OutOfMemoryException)
        {
            return lease.Holds ? new Delivery.Later(bug.GetType().Name) : null;
        }
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan? other) => other > one ? other.Value : one;

    private void Park(Lane lane)
    {
        lanes[lane.Id] = lane;
        changed[lane.Id] = true;
    }

    private void Remember(string? error)
    {
        lock (gate)
            Remember(progress with { FailingSince = outage.Since, Error = error, Paused = outage.IsHopeless });
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
        var next = outage.IsOn ? outage.ProbeAt : lanes.Values.Select(lane => lane.RetryAt).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();
        var wait = next - clock.GetUtcNow();
        if (wait > TimeSpan.Zero)
            await bell.WaitAsync(wait < SaveEvery ? wait : SaveEvery, clock, lease.Lost);
    }

    private static readonly ParallelOptions Parallelism = new() { MaxDegreeOfParallelism = LanesAtOnce };
}
