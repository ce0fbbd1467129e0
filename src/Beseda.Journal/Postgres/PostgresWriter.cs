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

    private readonly NpgsqlDataSource server;
    private readonly Subject<TState, TCommand, TEvent> subject;
    private readonly Alarms alarms;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private readonly BlockingCollection<Action<PostgresSession>> work = [];
    private readonly List<Thread> threads = [];
    private volatile bool stopping;

    public PostgresWriter(NpgsqlDataSource server, Subject<TState, TCommand, TEvent> subject, Alarms alarms, TimeProvider clock, ILogger log)
    {
        (this.server, this.subject, this.alarms, this.clock, this.log) = (server, subject, alarms, clock, log);
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

    public Task<T> RunAsync<T>(Func<Session, T> write)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        work.Add(session =>
        {
            try
            {
                session["begin"].Run();
                var result = write(session);
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
            Commit(session, new Turn<TState, TCommand, TEvent>(engine, engine.Take()));
        while (!engine.TryRest());
    }

    /// <summary>Tries until it works or the callers have waited long enough.</summary>
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
            catch (PostgresException failure) when (failure.IsAboutData && !careful)
            {
                session.Drop();
                careful = true;
            }
            catch (PostgresException failure)
            {
                LogCommitFailed(failure.State, turn.Commands.Count);
                session.Drop();
                turn.TellWhoWaitedLongEnough(stopping ? DateTimeOffset.MaxValue : clock.GetUtcNow(), failure);
                if (turn.IsEmpty || stopping)
                    return;
                Thread.Sleep(Random.Shared.Next(pause / 2, pause));
                pause = Math.Min(pause * 2, 500);
            }
        }
    }

    private void CommitOnce(PostgresSession session, Turn<TState, TCommand, TEvent> turn, bool careful)
    {
        var engine = turn.Engine;
        session["begin"].Run();
        var now = session["select (extract(epoch from clock_timestamp()) * 1000000)::bigint from accounts where id = $1 for update"]
            .Bind(1, engine.Id.Value).One(row => (DateTimeOffset?)Events.Time(row.Number(0)));
        // Another process wrote here, or a commit whose answer was lost did.
        if (engine.State is { } known && Events.Head(session, engine.Id).Seq != subject.Rules.Seq(known))
            engine.Forget();
        foreach (var bug in turn.Write(session, subject, now ?? clock.GetUtcNow(), careful))
            LogCommandFailed(bug, engine.Id);
        session["commit"].Run();
        session.Flush();
        turn.Publish(subject);
        alarms.Set(engine.Id, engine.State is { } state ? subject.Rules.Due(state) : null);
    }

    [LoggerMessage(1, LogLevel.Error, "A commit of {Commands} commands failed with SQLSTATE {State}; trying again")]
    private partial void LogCommitFailed(string? state, int commands);

    [LoggerMessage(2, LogLevel.Error, "A command of account {Account} failed alone")]
    private partial void LogCommandFailed(Exception bug, AccountId account);
}
