namespace Beseda.Journal;

/// <summary>The tables that hold an account's state as rows, kept in the same transaction as the events.</summary>
public interface IProjection<TState, in TCommand, TEvent>
    where TState : class
{
    /// <summary>Statements that create what is missing; run at every start.</summary>
    string Schema { get; }

    /// <summary>The working set as of <paramref name="seq"/>, from rows.</summary>
    TState Load(Session session, AccountId account, long seq, DateTimeOffset at);

    /// <summary>Adds the rows that these commands name and the state lacks.</summary>
    TState LoadNamed(Session session, AccountId account, TState state, IEnumerable<TCommand> commands);

    /// <summary>Adds the rows that these events refer to and the state lacks: for readers who catch up.</summary>
    TState LoadReferenced(Session session, AccountId account, TState state, IEnumerable<TEvent> events);

    /// <summary>
    /// Reads anew the rows that these events touched and that were not in the state before they were folded: folding began
    /// without them.
    /// </summary>
    /// <param name="before">The state that these events follow.</param>
    /// <param name="folded">The state with them.</param>
    TState Reload(Session session, AccountId account, TState before, TState folded, IEnumerable<TEvent> events);

    /// <summary>Writes the rows that the entries changed from <paramref name="before"/> to <paramref name="after"/>.</summary>
    void Save(Session session, AccountId account, TState before, TState after, IReadOnlyList<Entry<TEvent>> entries);
}
