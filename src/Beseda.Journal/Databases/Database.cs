using Microsoft.Extensions.Logging;

namespace Beseda.Journal;

/// <summary>Where journals lie.</summary>
public abstract class Database : IDisposable
{
    /// <summary>Creates the tables that are missing.</summary>
    /// <param name="schema">The projection's, as SQLite knows it.</param>
    /// <returns>The journal's id.</returns>
    internal abstract string Prepare(string schema);

    internal abstract IWriter<TState, TCommand, TEvent> OpenWriter<TState, TCommand, TEvent>(
        Subject<TState, TCommand, TEvent> subject, Surroundings around)
        where TState : class;

    /// <summary>Reads without a journal.</summary>
    public abstract IReaders OpenReaders();

    /// <summary>The other processes on this database; null where there can be none.</summary>
    internal abstract INeighbours? Neighbours(ILogger log);

    public abstract void Dispose();
}

/// <summary>What a writer has to do with besides the database.</summary>
internal sealed record Surroundings(
    Alarms Alarms, INeighbours? Neighbours, JournalMetrics Metrics, JournalSettings Settings, TimeProvider Clock, ILogger Log);
