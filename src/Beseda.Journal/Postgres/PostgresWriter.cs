using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Beseda.Journal.Postgres;

/// <summary>
/// Some threads, each with a connection: an account with commands waiting is taken by one of them, locked in the database,
/// brought up to date if another process wrote to it, and what waits is committed as one transaction in two round trips.
/// </summary>
internal sealed partial class PostgresWriter<TState, TCommand, TEvent> : IWriter<TState, TCommand, TEvent>
    where TState : class
{
    private const int Threads = 8;

    /// <summary>SQLSTATE: the account was locked for longer than <c>lock_timeout</c>.</summary>
    private const string LockNotAvailable = "55P03";

    private readonly NpgsqlDataSource server;
    private readonly Subject<TState, TCommand, TEvent> subject;
    private readonly Alarms alarms;
    private readonly JournalMetrics metrics;
    private readonly INeighbours? neighbours;
    private readonly JournalSettings settings;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private readonly BlockingCollection<Action<PostgresSession>> work = [];
    private readonly List<Thread> threads = [];
    private readonly PostgresOpening<TState, TCommand, TEvent> opening;
    private volatile bool stopping;

    public PostgresWriter(
        NpgsqlDataSource server, Subject<TState, TCommand, TEvent> subject, PostgresOpening<TState, TCommand, TEvent> opening, Surroundings around)
    {
        (this.server, this.subject, this.opening) = (server, subject, opening);
        (alarms, neighbours, metrics, settings, clock, log) = around;
        for (var i = 0; i < Threads; i++)
        {
            var thread = new Thread(Serve) { IsBackground = true, Name = $"journal writer {i}" };
            thread.Start();
            threads.Add(thread);
        }
    }

    public void Wake(AccountEngine<TState, TCommand, TEvent> engine)
    {
        if (engine.TrySchedule())
            work.Add(session => Serve(session, engine));
    }

    public Task<T> RunAsync<T>(Func<Session, DateTimeOffset, T> write)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        work.Add(session =>
        {
            try
            {
                session["begin"].Run();
                var result = write(session, opening.Now(session));
                session["commit"].Run();
                session.Flush();
                done.SetResult(result);
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                session.Drop();
                done.SetException(failure);
            }
        });
        return done.Task;
    }

    public void Dispose()
    {
        stopping = true;
        work.CompleteAdding();
        threads.ForEach(thread => thread.Join());
        work.Dispose();
    }

    private void Serve()
    {
        using var session = new PostgresSession(server);
        foreach (var act in work.GetConsumingEnumerable())
            act(session);
    }

    /// <summary>One thread at a time has an account; until it lets go, nobody else is woken for it.</summary>
    private void Serve(PostgresSession session, AccountEngine<TState, TCommand, TEvent> engine)
    {
        do
        {
            var turn = new Turn<TState, TCommand, TEvent>(engine, engine.Take(), subject);
            if (turn.IsWanted)
                Commit(session, turn);
            Housekeeping.Tidy(engine, subject.Rules, settings.IdleFor, clock.GetUtcNow());
        }
        while (!engine.TryRest());
    }

    /// <summary>
    /// Tries until it works or the callers have waited long enough. The outcome of a failed try is unknown: if it was
    /// committed, its events come back as if another process had written them, and its commands get their answers.
    /// </summary>
    private void Commit(PostgresSession session, Turn<TState, TCommand, TEvent> turn)
    {
        var careful = false;
        for (var pause = 20; ;)
        {
            try
            {
                CommitOnce(session, turn, careful);
                return;
            }
            catch (Exception failure) when (!careful && Turn<TState, TCommand, TEvent>.IsAboutData(failure))
            {
                session.Drop();
                careful = true;
            }
            catch (DatabaseException failure)
            {
                var state = (failure as PostgresException)?.State;
                metrics.CommitFailed();
                LogCommitFailed(state, turn.Waiting);
                session.Drop();
                if (state == LockNotAvailable)
                    Break(session, turn.Engine.Id);
                if (turn.Tell(failure, all: stopping))
                    return;
                Thread.Sleep(Random.Shared.Next(pause / 2, pause));
                if (turn.IsForsaken())
                    return;
                pause = Math.Min(pause * 2, 500);
            }
            catch (Exception bug) when (bug is not OutOfMemoryException)
            {
                LogCommandFailed(bug, turn.Engine.Id);
                session.Drop();
                turn.Fail(bug);
                return;
            }
        }
    }

    private static void Break(PostgresSession session, AccountId account)
    {
        try
        {
            session[PostgresTables.Break].Bind(1, account.Value).One(row => row.IsNull(0));
        }
        catch (PostgresException)
        {
            session.Drop();
        }
    }

    private void CommitOnce(PostgresSession session, Turn<TState, TCommand, TEvent> turn, bool careful)
    {
        var engine = turn.Engine;
        var began = clock.GetTimestamp();
        using var activity = turn.Waiting > 0 ? JournalMetrics.Begin(turn.Waiting) : null;
        var opened = turn.Waiting > 0 ? opening.Lock(session, turn) : opening.Look(session, engine);
        if (turn.Waiting > 0)
            alarms.Adjust(opened.Now);
        foreach (var bug in turn.Write(session, opened, careful))
            LogCommandFailed(bug, engine.Id);
        if (turn.Waiting > 0)
            settings.DelayCommit();
        session["commit"].Run();
        session.Flush();
        if (turn.Waiting > 0)
            metrics.Committed(turn.Waiting, clock.GetElapsedTime(began));
        var before = engine.Feeds.Head;
        turn.Publish(metrics);
        if (turn.Waiting > 0 && engine.Feeds.Head > before)
            neighbours?.Moved(engine.Id, engine.Feeds.Head);
        alarms.Set(engine.Id, engine.State is { } state ? subject.Rules.Due(state) : null);
    }

    [LoggerMessage(1, LogLevel.Error, "A commit of {Commands} commands failed with SQLSTATE {State}; trying again")]
    private partial void LogCommitFailed(string? state, int commands);

    [LoggerMessage(2, LogLevel.Error, "A command of account {Account} failed alone")]
    private partial void LogCommandFailed(Exception bug, AccountId account);
}
