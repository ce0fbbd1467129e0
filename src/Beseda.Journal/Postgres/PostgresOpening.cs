namespace Beseda.Journal.Postgres;

/// <summary>How a turn begins: the account locked, or only looked at, and what other processes wrote to it folded in.</summary>
internal sealed class PostgresOpening<TState, TCommand, TEvent>(Subject<TState, TCommand, TEvent> subject, JournalMetrics metrics, TimeProvider? clock)
    where TState : class
{
    /// <summary>Events that may be folded while others wait for the account; when there are more, it is not locked meanwhile.</summary>
    private const int Most = 1_000;

    /// <summary>Events from which the state is rather loaded anew.</summary>
    private const int TooMany = 20_000;

    /// <summary>
    /// Locks first and reads then, as separate statements in one round trip: one that did both would read from before the wait.
    /// </summary>
    public Opening<TState, TEvent> Lock(PostgresSession session, Turn<TState, TCommand, TEvent> turn)
    {
        while (true)
        {
            var engine = turn.Engine;
            session["begin"].Run();
            var locking = session[PostgresTables.Lock].Bind(1, engine.Id.Value);
            if (engine.State is not { } known)
                return new Opening<TState, TEvent>(Now(locking.One(row => (long?)row.Number(0))));

            var asked = turn.Keys(known);
            var seq = subject.Rules.Seq(known);
            DateTimeOffset now;
            List<Entry<TEvent>>? missed;
            Answered? answered = null;
            using (var answers = session.Ask(
                [locking, Following(session, engine.Id, seq), .. asked.Count > 0 ? [session.Finding(engine.Id, asked)] : Array.Empty<Statement>()]))
            {
                now = Now(answers.One(row => (long?)row.Number(0)));
                missed = ReadFollowing(answers.Next(), seq);
                if (asked.Count > 0)
                    answered = new Answered(asked, PostgresSession.ReadFound(answers.Next()));
            }

            if (missed is { Count: <= Most })
                return new(now, CaughtUp<TState, TEvent>.Of(session, engine.Id, subject, known, missed), answered);
            session["rollback"].Run();
            session.Flush();
            CatchUp(session, engine, missed);
        }
    }

    /// <summary>The database's time.</summary>
    public DateTimeOffset Now(PostgresSession session) => Now(session[PostgresTables.Now].One(row => (long?)row.Number(0)));

    /// <summary>In one snapshot, locking nobody out.</summary>
    public Opening<TState, TEvent> Look(PostgresSession session, AccountEngine<TState, TCommand, TEvent> engine)
    {
        session["begin isolation level repeatable read read only"].Run();
        if (engine.State is not { } known)
            return new Opening<TState, TEvent>(default);

        var missed = new List<Entry<TEvent>>();
        for (var seq = subject.Rules.Seq(known); ; seq = missed[^1].Seq)
        {
            using var answers = session.Ask(Following(session, engine.Id, seq));
            if (ReadFollowing(answers, seq) is not { } some || missed.Count > TooMany)
            {
                engine.Forget();
                return new Opening<TState, TEvent>(default);
            }

            missed.AddRange(some);
            if (some.Count <= Most)
                break;
        }

        return new(default, CaughtUp<TState, TEvent>.Of(session, engine.Id, subject, known, missed));
    }

    /// <summary>Too much was missed to be folded while the account is locked, or what is known is not there any more.</summary>
    private void CatchUp(PostgresSession session, AccountEngine<TState, TCommand, TEvent> engine, List<Entry<TEvent>>? missed)
    {
        if (missed is null)
        {
            engine.Forget();
            return;
        }

        var looking = new Turn<TState, TCommand, TEvent>(engine, [], subject);
        looking.Write(session, Look(session, engine), careful: false);
        session["commit"].Run();
        session.Flush();
        looking.Publish(metrics);
    }

    private static Statement Following(PostgresSession session, AccountId account, long seq) =>
        session[PostgresTables.From].Bind(1, account.Value).Bind(2, seq).Bind(3, Most + 2);

    /// <returns>What follows a known event; null when that event is not there: the database is not the one it was.</returns>
    private List<Entry<TEvent>>? ReadFollowing(Statement rows, long known)
    {
        var isThere = known == 0;
        var following = new List<Entry<TEvent>>();
        foreach (var entry in rows.All(row => row.Number(0) == known ? default : subject.Read(row)))
            if (entry.Seq == 0)
                isThere = true;
            else
                following.Add(entry);
        return isThere ? following : null;
    }

    /// <summary>An account without a row has no lock, and no time of the database: nothing else can write to it either.</summary>
    private DateTimeOffset Now(long? microseconds) =>
        clock?.GetUtcNow() ?? (microseconds is { } known ? Events.Time(known) : TimeProvider.System.GetUtcNow());
}
