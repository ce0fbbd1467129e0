namespace Beseda.Journal;

/// <summary>Takes what waits in the accounts, decides it, commits it and answers. Disposing finishes what waits first.</summary>
internal interface IWriter<TState, TCommand, TEvent> : IDisposable
    where TState : class
{
    /// <summary>An account has commands waiting.</summary>
    void Wake(AccountEngine<TState, TCommand, TEvent> engine);

    /// <summary>Runs something else that writes, in a transaction of its own; it is told the database's time.</summary>
    Task<T> RunAsync<T>(Func<Session, DateTimeOffset, T> write);
}
