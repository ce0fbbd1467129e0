namespace Beseda.Journal;

/// <summary>A state with what other processes wrote folded in.</summary>
/// <param name="Entries">What was missed, ascending, without a hole.</param>
internal sealed record CaughtUp<TState, TEvent>(TState State, IReadOnlyList<Entry<TEvent>> Entries)
    where TState : class
{
    /// <summary>
    /// Folds what follows a state. Rows that the state did not hold are read anew afterwards: they were not there to be folded
    /// into.
    /// </summary>
    /// <param name="session">In a transaction that sees nothing later than these entries.</param>
    public static CaughtUp<TState, TEvent> Of<TCommand>(
        Session session, AccountId account, Subject<TState, TCommand, TEvent> subject, TState state, IReadOnlyList<Entry<TEvent>> missed)
    {
        var folded = state;
        foreach (var entry in missed)
            folded = entry.Seq == subject.Rules.Seq(folded) + 1
                ? subject.Rules.Evolve(folded, entry)
                : throw new InvalidOperationException($"Event {entry.Seq} does not follow {subject.Rules.Seq(folded)}: the journal has a hole.");
        if (missed.Count > 0)
            folded = subject.Projection.Reload(session, account, state, folded, missed.Select(entry => entry.Event));
        return new(folded, missed);
    }
}
