using Beseda.Journal;

namespace Beseda.Server.Consumers;

/// <summary>Whoever does something outside with what happens: opened by the part of a consumer's name before the colon.</summary>
internal interface IConsumerKind
{
    string Prefix { get; }

    /// <param name="number">What stands after the colon.</param>
    /// <returns>Null: there is no such one any more.</returns>
    Task<IConsumer?> OpenAsync(AccountId account, long number);
}

/// <summary>Keeps the consumers of all accounts at work that no other node is at.</summary>
internal sealed class AllConsumers(ChatJournal journal, IEnumerable<IConsumerKind> kinds, TimeProvider clock, ILogger<AllConsumers> log) : BackgroundService
{
    private readonly Dictionary<string, IConsumerKind> kinds = kinds.ToDictionary(kind => kind.Prefix);
    private Consumers<AccountState, Spoken, Event>? consumers;

    /// <summary>Those this node is at, and how far they are.</summary>
    public IEnumerable<(ConsumerId Id, long Cursor)> Running => consumers?.Running ?? [];

    public static ConsumerId IdOf(AccountId account, string prefix, long number) => new(account, $"{prefix}:{number}");

    /// <summary>One was added, changed or removed.</summary>
    public void Look() => consumers?.Look();

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        consumers = new Consumers<AccountState, Spoken, Event>(journal, OpenAsync, clock, log);
        return consumers.RunAsync(stoppingToken);
    }

    private async Task<IConsumer?> OpenAsync(ConsumerId id) =>
        Number(id) is var (prefix, number) && kinds.TryGetValue(prefix, out var kind) ? await kind.OpenAsync(id.Account, number) : null;

    private static (string Prefix, long Number)? Number(ConsumerId id)
    {
        var colon = id.Name.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && long.TryParse(id.Name.AsSpan(colon + 1), out var number) ? (id.Name[..colon], number) : null;
    }
}
