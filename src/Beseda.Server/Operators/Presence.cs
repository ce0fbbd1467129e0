using System.Collections.Concurrent;
using Beseda.Domain.Operators;
using Beseda.Journal;
using Beseda.Server.Storage;

namespace Beseda.Server.Operators;

/// <summary>
/// Whose console answers. An open socket proves nothing: writes to a cut cable succeed for a quarter of an hour. So a
/// console says that it is alive, to any node, and one that has been silent to all of them for too long has lost its
/// connection. Whichever node notices says so.
/// </summary>
internal sealed partial class Presence(ChatJournal journal, TimeProvider clock, ILogger<Presence> log) : BackgroundService
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);
    private const int SaveEverySeconds = 5;
    private readonly ConcurrentDictionary<(AccountId Account, OperatorId Operator), long> lastSeen = new();

    /// <summary>An operator has just shown that they are there.</summary>
    public async Task SeenAsync(AccountId account, OperatorId id)
    {
        lastSeen[(account, id)] = clock.GetTimestamp();
        var state = await journal.StateAsync(account);
        if (state.Operators.GetValueOrDefault(id) is { Reachable: false })
            await journal.SubmitAsync(account, new Spoken(Actor.System.Itself, new RegainConnection(id)));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = clock.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        for (var second = 1; await timer.WaitForNextTickAsync(stoppingToken); second++)
        {
            try
            {
                if (second % SaveEverySeconds == 0)
                    await SaveAsync();
                // After a start, whoever was there has the same time to answer again.
                if (clock.GetElapsedTime(started) >= Silence)
                    await MissAsync();
            }
            catch (DatabaseException away)
            {
                LogAway(away.Message);
            }
        }
    }

    private async Task SaveAsync()
    {
        var seen = lastSeen.ToArray();
        if (seen.Length == 0)
            return;
        await journal.WriteAsync((session, now) =>
        {
            foreach (var ((account, id), at) in seen)
                PresenceRows.Save(session, account, id, now - clock.GetElapsedTime(at));
            return true;
        });
        foreach (var one in seen)
            lastSeen.TryRemove(one);
    }

    private async Task MissAsync()
    {
        var (now, silent) = await journal.WriteAsync((session, now) => (now, PresenceRows.SilentSince(session, now - Silence)));
        foreach (var (account, id) in silent)
        {
            if (lastSeen.ContainsKey((account, id)))
                continue;
            if (await journal.SubmitAsync(account, new Spoken(Actor.System.Itself, new LoseConnection(id))) is Answer.Unavailable)
                return;
            LogLost(account, id);
            await journal.WriteAsync((session, _) =>
            {
                PresenceRows.Forget(session, account, id, now - Silence);
                return true;
            });
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Operator {Operator} of account {Account} has been silent for too long")]
    private partial void LogLost(AccountId account, OperatorId @operator);

    [LoggerMessage(2, LogLevel.Warning, "Who is there could not be looked up: {Reason}")]
    private partial void LogAway(string reason);
}
