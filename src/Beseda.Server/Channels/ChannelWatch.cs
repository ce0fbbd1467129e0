using System.Collections.Concurrent;
using Beseda.Journal;
using Beseda.Server.Consumers;

namespace Beseda.Server.Channels;

/// <summary>
/// Looks after the channels whose sender this node runs: asks those that have to be asked, and has platforms that no longer
/// tell Beseda anything do so again.
/// </summary>
internal sealed class ChannelWatch(
    ChatJournal journal, AllConsumers consumers, Connections connections, Intake intake, ChannelHealth health, TimeProvider clock)
    : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CheckEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>So long platforms surely tell again what nobody has heard.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    /// <summary>A platform that is asked answers within half a minute, also when nothing has happened; a cut cable says nothing at all.</summary>
    private static readonly TimeSpan PollPatience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<(AccountId Account, ChannelId Channel), (Connected With, CancellationTokenSource Stop, Task Work)> watched = new();

    /// <summary>Since when a channel may have told nothing.</summary>
    private readonly ConcurrentDictionary<(AccountId Account, ChannelId Channel), DateTimeOffset> missed = new();

    /// <summary>Now, whenever it was checked last.</summary>
    public async Task CheckAsync(AccountId account, Connected connected, CancellationToken stop)
    {
        var id = connected.Channel.Id;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        enough.CancelAfter(Patience);
        try
        {
            await connected.Connection.IntroduceAsync(enough.Token);
            if (!await connected.Connection.IsSubscribedAsync(enough.Token))
            {
                await MissAsync(account, connected);
                await health.SetAsync(account, id, Wire.ChannelState.NotSubscribed, "the platform no longer tells");
                await connected.Connection.SubscribeAsync(enough.Token);
            }

            await RecallAsync(account, connected, stop);
            await health.RecoveredAsync(account, id, surely: true);
        }
        catch (Exception failure) when (PlatformException.Covers(failure) && !stop.IsCancellationRequested)
        {
            await health.FailedAsync(account, id, PlatformException.Of(failure));
        }
    }

    /// <summary>What came after the last news of it may never have been told.</summary>
    /// <returns>It is to be asked for.</returns>
    private async Task<bool> MissAsync(AccountId account, Connected connected, TimeSpan after = default)
    {
        if (connected.Connection is not IRecalled || await health.LastHeardAsync(account, connected.Channel.Id) is not { } last || clock.GetUtcNow() - last < after)
            return false;
        missed.TryAdd((account, connected.Channel.Id), last);
        return true;
    }

    private async Task RecallAsync(AccountId account, Connected connected, CancellationToken stop)
    {
        var key = (account, connected.Channel.Id);
        if (connected.Connection is IRecalled recalled && missed.TryGetValue(key, out var since)
            && await intake.TakeAsync(account, connected, await recalled.RecallAsync(since, stop), stop) is null)
            missed.TryRemove(key, out _);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                try
                {
                    await LookAsync(stoppingToken);
                }
                catch (DatabaseException)
                {
                    // Whoever is watched stays so until the database is back.
                }

                await Task.Delay(LookEvery, clock, stoppingToken);
            }
        }
        finally
        {
            foreach (var key in watched.Keys)
                await LetGoAsync(key);
        }
    }

    private async Task LookAsync(CancellationToken stop)
    {
        var ours = new Dictionary<(AccountId, ChannelId), Connected>();
        foreach (var (id, _) in consumers.Running)
            if (ChannelConsumers.SenderNumber(id) is { } number && await FindAsync(id.Account, number) is { } connected)
                ours[(id.Account, number)] = connected;
        foreach (var (key, one) in watched)
            if (!ours.TryGetValue(key, out var now) || !ReferenceEquals(now, one.With) || one.Work.IsCompleted)
                await LetGoAsync(key);
        foreach (var (key, connected) in ours)
            if (!watched.ContainsKey(key))
            {
                var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
                watched[key] = (connected, end, Task.Run(() => WatchAsync(key.Item1, connected, end.Token), CancellationToken.None));
            }
    }

    /// <summary>An account that has left memory has not changed since, and is not brought back for this.</summary>
    private async Task<Connected?> FindAsync(AccountId account, ChannelId id)
    {
        if (journal.LoadedState(account) is null && watched.TryGetValue((account, id), out var known))
            return known.With;
        var state = await journal.StateAsync(account);
        return state.Channels.GetValueOrDefault(id) is { Enabled: true } channel ? connections.Of(account, channel) : null;
    }

    private async Task WatchAsync(AccountId account, Connected connected, CancellationToken stop)
    {
        var polled = connected.Connection is IPolled { Polls: true } asked ? asked : null;
        var polling = polled is null ? Task.CompletedTask : PollAsync(account, connected, polled, stop);
        for (var begins = polled is null; !stop.IsCancellationRequested; begins = false)
        {
            try
            {
                // Nobody may have been here to be told.
                if (!begins || !await MissAsync(account, connected, Silence))
                    await Task.Delay(CheckEvery, clock, stop);
                await CheckAsync(account, connected, stop);
            }
            catch (Exception) when (stop.IsCancellationRequested)
            {
                break;
            }
            catch (DatabaseException)
            {
                // The next check finds out.
            }
        }

        await polling;
        if (connected.Connection is IAsyncDisposable kept)
            await kept.DisposeAsync();
    }

    private async Task PollAsync(AccountId account, Connected connected, IPolled polled, CancellationToken stop)
    {
        var failures = 0;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var cursor = await health.CursorAsync(account, connected.Channel.Id);
                var answer = await AskAsync(polled, cursor, stop);
                if (await intake.TakeAsync(account, connected, answer.Items, stop) is { } later)
                {
                    await Task.Delay(later, clock, stop);
                    continue;
                }

                // Only now: what is not on the disk is asked for again.
                if (cursor is null)
                    await health.BeginAsync(account, connected.Channel.Id, answer.Cursor);
                else if (answer.Cursor != cursor)
                    await health.MoveAsync(account, connected.Channel.Id, answer.Cursor);
                if (failures > 0)
                    await health.RecoveredAsync(account, connected.Channel.Id);
                failures = 0;
            }
            catch (Exception failure) when (failure is not OutOfMemoryException && !stop.IsCancellationRequested)
            {
                failures++;
                if (failure is not DatabaseException)
                    await FailedAsync(account, connected, PlatformException.Of(failure));
                await PauseAsync(TimeSpan.FromSeconds(Math.Min(Math.Pow(2, failures - 1), 30)), stop);
            }
            catch (Exception) when (stop.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private static async Task<Polled> AskAsync(IPolled polled, string? cursor, CancellationToken stop)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        enough.CancelAfter(PollPatience);
        return await polled.PollAsync(cursor, enough.Token);
    }

    private async Task FailedAsync(AccountId account, Connected connected, PlatformException failure)
    {
        try
        {
            await health.FailedAsync(account, connected.Channel.Id, failure);
        }
        catch (DatabaseException)
        {
            // It is told when the database is back.
        }
    }

    private async Task PauseAsync(TimeSpan time, CancellationToken stop)
    {
        try
        {
            await Task.Delay(time, clock, stop);
        }
        catch (OperationCanceledException)
        {
            // The loop's condition ends it.
        }
    }

    private async Task LetGoAsync((AccountId Account, ChannelId Channel) key)
    {
        if (!watched.TryRemove(key, out var one))
            return;
        await one.Stop.CancelAsync();
        await one.Work;
        one.Stop.Dispose();
    }
}
