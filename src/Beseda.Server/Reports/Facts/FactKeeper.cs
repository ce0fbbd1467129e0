using Beseda.Journal;
using Beseda.Server.Storage;

namespace Beseda.Server.Reports.Facts;

/// <summary>
/// Puts conversations that were closed or changed into the facts of their day. Reports need not wait for it: they read what is
/// not counted yet as it is. Any node may do it, and several at once do no harm.
/// </summary>
internal sealed partial class FactKeeper(ChatJournal journal, TimeProvider clock, ILogger<FactKeeper> log) : BackgroundService
{
    private const int AtOnce = 20_000;

    /// <summary>A day's facts are written anew for one conversation as for hundreds.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    /// <summary>Everything there is now.</summary>
    public static async Task CatchUpAsync(ChatJournal journal, AccountId account, CancellationToken stop = default)
    {
        while (!stop.IsCancellationRequested && await PassAsync(journal, account, stop))
        {
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            try
            {
                foreach (var account in await journal.Readers.ReadAsync(FactRows.AccountsWithUncounted))
                    await CatchUpAsync(journal, account, stoppingToken);
            }
            catch (Exception failure) when (failure is DatabaseException or OverloadedException)
            {
                LogFailure(log, failure);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <returns>There may be more.</returns>
    private static async Task<bool> PassAsync(ChatJournal journal, AccountId account, CancellationToken stop)
    {
        var days = await journal.Readers.ReadAsync(session => Uncounted(session, account));
        var progress = false;
        foreach (var (day, some) in days)
        {
            if (stop.IsCancellationRequested)
                return false;
            progress |= await CountAsync(journal, account, day, some);
        }

        return progress && days.Sum(day => day.Conversations.Count) == AtOnce;
    }

    private static List<(long Day, List<(long Conversation, long Seq)> Conversations)> Uncounted(Session session, AccountId account)
    {
        var some = FactRows.Uncounted(session, account, AtOnce);
        var starts = ConversationRows.Find(session, account, some.Select(one => one.Conversation)).ToDictionary(one => one.Id.Value, FactRows.DayOf);
        return [.. some.GroupBy(one => starts[one.Conversation]).Select(day => (day.Key, day.ToList()))];
    }

    private static async Task<bool> CountAsync(ChatJournal journal, AccountId account, long day, List<(long Conversation, long Seq)> some)
    {
        var (before, facts) = await journal.Readers.ReadAsync(session =>
        {
            var before = FactRows.Day(session, account, day);
            var first = Math.Min(some[0].Conversation, before?.First ?? long.MaxValue);
            var last = Math.Max(some[^1].Conversation, before?.Last ?? 0);
            // What was closed since is in it, too, and uncounted still: until it is taken off, it is read as that.
            var all = ConversationRows.Closed(session, account, first, last).Where(one => FactRows.DayOf(one) == day);
            return (before, ConversationFacts.Of(all, DateTimeOffset.FromUnixTimeSeconds(day * FactRows.SecondsPerDay)));
        });
        var now = new FactDay(
            day, (before?.Version ?? 0) + 1, Math.Min(some[0].Conversation, before?.First ?? long.MaxValue), Math.Max(some[^1].Conversation, before?.Last ?? 0));
        return await journal.WriteAsync((session, _) =>
        {
            var saved = FactRows.Save(session, account, now, before, facts);
            if (saved)
                FactRows.TakeOff(session, account, some);
            return saved;
        });
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Conversations could not be put into the facts of their days: it is tried again.")]
    private static partial void LogFailure(ILogger log, Exception failure);
}
