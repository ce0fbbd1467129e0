using System.Collections.Concurrent;

namespace Beseda.Journal;

/// <summary>What this process does when it hears of others on the database.</summary>
internal sealed class Ear<TState, TCommand, TEvent>(
    ConcurrentDictionary<AccountId, AccountEngine<TState, TCommand, TEvent>> engines, IWriter<TState, TCommand, TEvent> writer,
    Subject<TState, TCommand, TEvent> subject, Action<AccountId> moved, Action<AccountId> ring) : INeighbour
    where TState : class
{
    public IEnumerable<(AccountId Account, long Head)> Heads =>
        from pair in engines
        where pair.Value.State is not null
        select (pair.Key, pair.Value.Feeds.Head);

    public void HearMoved(AccountId account, long head)
    {
        if (!engines.TryGetValue(account, out var engine) || engine.State is null)
        {
            moved(account);
        }
        else if (engine.Feeds.Head < head)
        {
            engine.FallBehind();
            writer.Wake(engine);
        }
    }

    public void HearSignal(AccountId account, string packed)
    {
        if (engines.TryGetValue(account, out var engine) && engine.State is { } state && subject.Frames.Unpack(state, packed) is { } signal)
            engine.Feeds.Signal(signal);
    }

    public void HearReset(AccountId account, FeedKey key)
    {
        if (engines.TryGetValue(account, out var engine))
            engine.Feeds.Reset(key);
    }

    public void HearOutdated(AccountId account)
    {
        if (!engines.TryGetValue(account, out var engine))
            return;
        engine.GetOutdated();
        writer.Wake(engine);
    }

    public void HearOverdue(AccountId account) => ring(account);
}
