using Beseda.Journal;

namespace Beseda.Server.Channels;

/// <summary>Brings updates that came too early again, until what they wait for has come or they have waited long enough.</summary>
internal sealed partial class Waiting(ChatJournal journal, Connections connections, Reception reception, TimeProvider clock, ILogger<Waiting> log)
    : BackgroundService
{
    private const int MostAtOnce = 200;
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Seldom = TimeSpan.FromSeconds(1);

    private volatile bool any;

    /// <summary>Keeps one; those of other nodes are found within a second.</summary>
    public async Task KeepAsync(AccountId account, ChannelId channel, Item item, Taken why)
    {
        await journal.WriteAsync((session, now) =>
        {
            Inbox.Keep(session, account, channel, item, why, now);
            return true;
        });
        any |= why is Taken.TooEarly;
    }

    /// <summary>Reads those again that were not understood.</summary>
    /// <returns>How many are left.</returns>
    public async Task<long> ReplayAsync(AccountId account, ChannelId channel, CancellationToken stop)
    {
        foreach (var kept in await journal.Readers.ReadAsync(session => Inbox.NotUnderstood(session, account, channel, 10_000)))
            if (await UnderstandAsync(kept) is { } one)
                await TryAsync(one, late: true, stop);
        return await journal.Readers.ReadAsync(session => Inbox.CountNotUnderstood(session, account, channel));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(any ? Often : Seldom, clock, stoppingToken);
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (DatabaseException away)
            {
                LogAway(away.Message);
            }
        }
    }

    private async Task LookAsync(CancellationToken stop)
    {
        any = false;
        var waiting = await journal.Readers.ReadAsync(session => Inbox.Waiting(session, MostAtOnce));
        any |= waiting.Count > 0;
        var understood = new List<Understood>();
        foreach (var kept in waiting)
            if (await UnderstandAsync(kept) is { } one)
                understood.Add(one);
        foreach (var chat in understood.GroupBy(one => (one.Kept.Account, one.Kept.Channel, one.Item.Update.From)))
        {
            // Whoever has waited long enough has what waits before them go first.
            var due = chat.Where(one => clock.GetUtcNow() >= one.Kept.Due).Select(one => one.Number).DefaultIfEmpty(-1).Max();
            foreach (var one in chat.OrderBy(one => one.Number))
                await TryAsync(one, clock.GetUtcNow() >= one.Kept.Due || (one.Kept.Then == Afterwards.Take && one.Number > 0 && one.Number < due), stop);
        }
    }

    /// <returns>Null: its channel is gone, and so is it.</returns>
    private async Task<Understood?> UnderstandAsync(Kept kept)
    {
        var state = await journal.StateAsync(kept.Account);
        if (state.Channels.GetValueOrDefault(kept.Channel) is { } channel && connections.Of(kept.Account, channel) is { } connected)
            return new Understood(kept, connected, new Item(kept.Key, kept.Raw, Update.Understand(() => connected.Connection.Parse(kept.Raw))));
        await ForgetAsync(kept);
        return null;
    }

    private async Task TryAsync(Understood one, bool late, CancellationToken stop)
    {
        var (kept, connected, item) = one;
        switch (await reception.TakeAsync(kept.Account, connected, item, late && kept.Then == Afterwards.Take, stop))
        {
            case Taken.Done:
            case Taken.TooEarly when late && kept.Then == Afterwards.Drop:
                await ForgetAsync(kept);
                break;
            case Taken.TooEarly when late:
                await KeepAsync(kept.Account, kept.Channel, item, new Taken.NotUnderstood("what it is about never came"));
                break;
            case Taken.NotUnderstood why:
                await KeepAsync(kept.Account, kept.Channel, item, why);
                break;
        }
    }

    private Task ForgetAsync(Kept kept) => journal.WriteAsync((session, _) =>
    {
        Inbox.Remove(session, kept.Account, kept.Channel, kept.Key);
        return true;
    });

    [LoggerMessage(1, LogLevel.Warning, "Updates that wait cannot be looked after at present: {Reason}")]
    private partial void LogAway(string reason);

    /// <summary>One that waits, with whom it came from.</summary>
    private sealed record Understood(Kept Kept, Connected Connected, Item Item)
    {
        /// <summary>0 where there is none.</summary>
        public long Number => Item.Update switch
        {
            Update.Wrote wrote => wrote.Number,
            Update.Pressed pressed => pressed.Number,
            Update.Mirrored mirrored => mirrored.Number,
            _ => null,
        } ?? 0;
    }
}
