using System.Collections.Concurrent;
using Beseda.Domain.Operators;
using Beseda.Journal;
using Beseda.Server.Storage;

namespace Beseda.Server.Operators;

/// <summary>
/// Whose console answers. An open socket proves nothing: writes to a cut cable succeed for a quarter of an hour. So a
/// console says that it is alive, and one that has been silent for too long has lost its connection.
/// </summary>
internal sealed partial class Presence(ChatJournal journal, TimeProvider clock, ILogger<Presence> log) : BackgroundService
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);
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
        await RememberAsync();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            foreach (var ((account, id), seen) in lastSeen)
                if (clock.GetElapsedTime(seen) >= Silence && lastSeen.TryRemove(new((account, id), seen)))
                    await LoseAsync(account, id);
    }

    /// <summary>After a restart, whoever was there has the same time to answer again.</summary>
    private async Task RememberAsync()
    {
        foreach (var (account, _) in await journal.Readers.ReadAsync(ChatRows.AccountKeys))
            foreach (var person in (await journal.StateAsync(account)).Operators.Values)
                if (person is { Reachable: true, Status: not Status.Offline })
                    lastSeen.TryAdd((account, person.Id), clock.GetTimestamp());
    }

    private async Task LoseAsync(AccountId account, OperatorId id)
    {
        if (await journal.SubmitAsync(account, new Spoken(Actor.System.Itself, new LoseConnection(id))) is Answer.Unavailable)
            lastSeen.TryAdd((account, id), clock.GetTimestamp() - (long)(Silence.TotalSeconds * clock.TimestampFrequency));
        else
            LogLost(account, id);
    }

    [LoggerMessage(1, LogLevel.Information, "Operator {Operator} of account {Account} has been silent for too long")]
    private partial void LogLost(AccountId account, OperatorId @operator);
}
