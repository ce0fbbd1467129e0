using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Beseda.Journal.Sqlite;

/// <summary>
/// The one thread that writes a file: takes what waits in all accounts, decides it, and commits it as one transaction with
/// one sync to disk. While it commits, the next commands gather.
/// </summary>
internal sealed partial class SqliteWriter<TState, TCommand, TEvent> : IWriter<TState, TCommand, TEvent>
    where TState : class
{
    /// <summary>Commands in one transaction, about: what has to wait for it must not wait long.</summary>
    private const int MostAtOnce = 2_000;

    private readonly SqliteFile file;
    private readonly Subject<TState, TCommand, TEvent> subject;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private readonly Alarms alarms;
    private readonly JournalMetrics metrics;
    private readonly JournalSettings settings;
    private readonly ConcurrentQueue<AccountEngine<TState, TCommand, TEvent>> ready = new();
    private readonly ConcurrentQueue<Action<SqliteSession>> errands = new();
    private readonly SemaphoreSlim work = new(0);
    private readonly SqliteCheckpoints checkpoints;
    private readonly Thread thread;
    private volatile bool stopping;

    public SqliteWriter(SqliteFile file, Subject<TState, TCommand, TEvent> subject, Surroundings around)
    {
        (this.file, this.subject) = (file, subject);
        (alarms, _, metrics, settings, clock, log) = around;
        checkpoints = new SqliteCheckpoints(file, Enqueue);
        thread = new Thread(Serve) { IsBackground = true, Name = "journal writer" };
        thread.Start();
    }

    public void Wake(AccountEngine<TState, TCommand, TEvent> engine)
    {
        if (!engine.TrySchedule())
            return;
        ready.Enqueue(engine);
        work.Release();
    }

    public Task<T> RunAsync<T>(Func<Session, DateTimeOffset, T> write)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Enqueue(session =>
        {
            try
            {
                session["begin immediate"].Run();
                var result = write(session, clock.GetUtcNow());
                session["commit"].Run();
                done.SetResult(result);
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                RollBack(session);
                done.SetException(failure);
            }
        });
        return done.Task;
    }

    public void Dispose()
    {
        stopping = true;
        work.Release();
        thread.Join();
        checkpoints.Dispose();
        work.Dispose();
    }

    private void Enqueue(Action<SqliteSession> errand)
    {
        errands.Enqueue(errand);
        work.Release();
    }

    private void Serve()
    {
        using var session = file.OpenWriter();
        while (true)
        {
            work.Wait();
            while (work.CurrentCount > 0)
                work.Wait(0);
            while (errands.TryDequeue(out var errand))
                errand(session);

            var engines = new List<AccountEngine<TState, TCommand, TEvent>>();
            for (var commands = 0; commands < MostAtOnce && ready.TryDequeue(out var engine); commands += engine.Waiting)
                engines.Add(engine);
            if (!ready.IsEmpty)
                work.Release();
            var turns = engines.ConvertAll(engine => new Turn<TState, TCommand, TEvent>(engine, engine.Take(), subject));
            if (turns.RemoveAll(turn => !turn.IsWanted) < engines.Count)
                Commit(session, turns);
            engines.ForEach(Rest);

            if (stopping && ready.IsEmpty && errands.IsEmpty)
                return;
        }
    }

    private void Rest(AccountEngine<TState, TCommand, TEvent> engine)
    {
        Housekeeping.Tidy(engine, subject.Rules, settings.IdleFor, clock.GetUtcNow());
        if (engine.TryRest())
            return;
        ready.Enqueue(engine);
        work.Release();
    }

    /// <summary>Tries until it works or the callers have waited long enough. The outcome of a failed try is unknown: the state is loaded anew.</summary>
    private void Commit(SqliteSession session, List<Turn<TState, TCommand, TEvent>> turns)
    {
        for (var pause = 20; ; pause = Math.Min(pause * 2, 500))
        {
            try
            {
                CommitOnce(session, turns);
                return;
            }
            catch (SqliteException failure)
            {
                metrics.CommitFailed();
                LogCommitFailed(failure.Code, turns.Sum(turn => turn.Waiting));
                RollBack(session);
                turns.ForEach(turn => turn.Engine.Forget());
                if (turns.Count(turn => turn.Tell(failure, all: stopping)) == turns.Count)
                    return;
                Thread.Sleep(Random.Shared.Next(pause / 2, pause));
                if (turns.TrueForAll(turn => turn.IsForsaken()))
                    return;
            }
        }
    }

    private void CommitOnce(SqliteSession session, List<Turn<TState, TCommand, TEvent>> turns)
    {
        var began = clock.GetTimestamp();
        var commands = turns.Sum(turn => turn.Waiting);
        using var activity = JournalMetrics.Begin(commands);
        session["begin immediate"].Run();
        foreach (var turn in turns)
            foreach (var bug in turn.Write(session, new Opening<TState, TEvent>(clock.GetUtcNow()), careful: true))
                LogCommandFailed(bug, turn.Engine.Id);
        settings.DelayCommit();
        session["commit"].Run();
        checkpoints.Committed();
        metrics.Committed(commands, clock.GetElapsedTime(began));
        foreach (var turn in turns)
        {
            turn.Publish(metrics);
            alarms.Set(turn.Engine.Id, turn.Engine.State is { } state ? subject.Rules.Due(state) : null);
        }
    }

    private static void RollBack(SqliteSession session)
    {
        if (session.InTransaction)
            session["rollback"].Run();
    }

    [LoggerMessage(1, LogLevel.Error, "A commit of {Commands} commands failed with SQLite code {Code}; trying again")]
    private partial void LogCommitFailed(int code, int commands);

    [LoggerMessage(2, LogLevel.Error, "A command of account {Account} failed alone")]
    private partial void LogCommandFailed(Exception bug, AccountId account);
}
