namespace Beseda.Journal;

/// <summary>Gives memory back: rows that nothing open needs, and accounts nobody uses.</summary>
internal static class Housekeeping
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    /// <summary>If it was asked for. The writer's, between two turns.</summary>
    public static void Tidy<TState, TCommand, TEvent>(
        AccountEngine<TState, TCommand, TEvent> engine, IRules<TState, TCommand, TEvent> rules, TimeSpan idleFor, DateTimeOffset now)
        where TState : class
    {
        if (!engine.TakeUntidy() || engine.State is not { } state)
            return;
        if (engine.LastUsed + idleFor < now && engine.Feeds.IsQuiet)
        {
            engine.Feeds.Clear();
            engine.Forget();
        }
        else
        {
            engine.Publish(rules.Trim(state));
        }
    }
}
