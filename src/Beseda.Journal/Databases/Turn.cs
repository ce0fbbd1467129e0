namespace Beseda.Journal;

/// <summary>One account's part of a transaction.</summary>
internal sealed class Turn<TState, TCommand, TEvent>(
    AccountEngine<TState, TCommand, TEvent> engine, List<Pending<TCommand>> commands)
    where TState : class
{
    private Batch<TState, TCommand, TEvent>? batch;
    private Exception? broken;
    private DateTimeOffset? dueBefore;
    private bool entered;
    private bool flush;

    public AccountEngine<TState, TCommand, TEvent> Engine => engine;

    public List<Pending<TCommand>> Commands => commands;

    public bool IsEmpty => commands.Count == 0;

    /// <summary>
    /// Loads, decides and writes inside the open transaction. A command whose data cannot be written sinks itself, not the
    /// batch: then each runs alone. An account that cannot be loaded sinks itself, not the others.
    /// </summary>
    /// <returns>What failed alone, for the log.</returns>
    /// <param name="session">In an open transaction.</param>
    /// <param name="subject">What the journal is about.</param>
    /// <param name="now">The database's time.</param>
    /// <param name="careful">Finds out at once whether the database takes what is written: the last try failed for its data.</param>
    public List<Exception> Write(Session session, Subject<TState, TCommand, TEvent> subject, DateTimeOffset now, bool careful = true)
    {
        flush = careful;
        var failures = new List<Exception>();
        (batch, broken, entered) = (null, null, false);
        session["savepoint turn"].Run();
        try
        {
            var state = engine.State ?? Load(session, subject.Projection);
            dueBefore = subject.Rules.Due(state);
            batch = Together(session, subject, state, now, failures) ?? OneByOne(session, subject, state, now, failures);
            Enter(session, subject.Rules.Seq(batch.State));
        }
        catch (Exception bug) when (IsAboutData(bug))
        {
            session["rollback to turn"].Run();
            failures.Add(broken = bug);
        }

        session["release turn"].Run();
        return failures;
    }

    /// <summary>It is on the disk: from here on everybody sees it.</summary>
    public void Publish(Subject<TState, TCommand, TEvent> subject)
    {
        if (batch is null)
        {
            engine.Disappoint(broken!);
            commands.ForEach(pending => pending.TrySetResult(Answer.Failed.Alone));
            return;
        }

        var state = batch.State;
        engine.Publish(state);
        if (entered)
            engine.Tail.EnteredUpTo(subject.Rules.Seq(state));
        else
            engine.Tail.Add(batch.Receipts);
        if (batch.Entries.Count > 0)
            engine.Feeds.Publish([.. batch.Entries.Select(entry => subject.Frames.Frame(state, entry))]);
        batch.Complete();
    }

    /// <summary>The database is away. The outcome of the last try is unknown, so the state is loaded anew.</summary>
    public void TellWhoWaitedLongEnough(DateTimeOffset now, Exception failure)
    {
        engine.Forget();
        engine.Disappoint(failure);
        commands.RemoveAll(pending =>
            now >= pending.GiveUpAt && pending.TrySetResult(new Answer.Unavailable(TimeSpan.FromSeconds(2))));
    }

    private TState Load(Session session, IProjection<TState, TCommand, TEvent> projection)
    {
        var (seq, at) = Events.Head(session, engine.Id);
        engine.Feeds.StartAt(seq);
        engine.Tail = Tail.Load(session, engine.Id);
        return projection.Load(session, engine.Id, seq, at);
    }

    /// <returns>Null when something in it cannot be read or written; nothing of it is written then.</returns>
    private Batch<TState, TCommand, TEvent>? Together(
        Session session, Subject<TState, TCommand, TEvent> subject, TState state, DateTimeOffset now, List<Exception> failures)
    {
        session["savepoint together"].Run();
        try
        {
            state = subject.Projection.LoadNamed(session, engine.Id, state, commands.Select(pending => pending.Command));
            var whole = new Batch<TState, TCommand, TEvent>(subject.Rules, state, now);
            var earlier = new Earlier(session, engine.Id, engine.Tail, Keys(subject.Rules, state));
            foreach (var pending in commands)
                Decide(earlier, whole, whole, pending, failures);
            Append(session, subject, whole);
            session["release together"].Run();
            return whole;
        }
        catch (Exception refusal) when (IsAboutData(refusal))
        {
            session["rollback to together"].Run();
            session["release together"].Run();
            failures.Clear();
            return null;
        }
    }

    private Batch<TState, TCommand, TEvent> OneByOne(
        Session session, Subject<TState, TCommand, TEvent> subject, TState state, DateTimeOffset now, List<Exception> failures)
    {
        var whole = new Batch<TState, TCommand, TEvent>(subject.Rules, state, now);
        var earlier = new Earlier(session, engine.Id, engine.Tail, []);
        foreach (var pending in commands)
        {
            session["savepoint single"].Run();
            try
            {
                var named = subject.Projection.LoadNamed(session, engine.Id, whole.State, [pending.Command]);
                var single = new Batch<TState, TCommand, TEvent>(subject.Rules, named, now);
                Decide(earlier, whole, single, pending, failures);
                Append(session, subject, single);
                whole.Join(single);
            }
            catch (Exception refusal) when (IsAboutData(refusal))
            {
                session["rollback to single"].Run();
                failures.Add(refusal);
                whole.Fail(pending);
            }

            session["release single"].Run();
        }

        return whole;
    }

    private void Decide(
        Earlier earlier, Batch<TState, TCommand, TEvent> whole, Batch<TState, TCommand, TEvent> into,
        Pending<TCommand> pending, List<Exception> failures)
    {
        if (into.Decide(pending, Find) is { } bug)
            failures.Add(bug);

        Receipt? Find(long sender, string clientId) =>
            whole.Find(sender, clientId) ?? earlier.Find(sender, clientId);
    }

    private IEnumerable<(long Sender, string ClientId)> Keys(IRules<TState, TCommand, TEvent> rules, TState state)
    {
        foreach (var pending in commands)
            if (rules.Retry(state, pending.Command) is { } retry)
                foreach (var sender in retry.Senders)
                    yield return (sender, retry.ClientId);
    }

    /// <summary>The fault of what was to be written, or a bug in writing it; not of the disk.</summary>
    private static bool IsAboutData(Exception failure) =>
        failure is DatabaseException refusal ? refusal.IsAboutData : failure is not OutOfMemoryException;

    private void Append(Session session, Subject<TState, TCommand, TEvent> subject, Batch<TState, TCommand, TEvent> written)
    {
        if (written.Entries.Count == 0)
            return;
        var keys = written.Receipts.ToDictionary(receipt => receipt.Value.Seq, receipt => receipt.Key);
        foreach (var entry in written.Entries)
            Events.Append(
                session, engine.Id, entry, subject.Codec.Encode(entry.Event), keys.TryGetValue(entry.Seq, out var key) ? key : null);
        subject.Projection.Save(session, engine.Id, written.Before, written.State, written.Entries);
        var due = subject.Rules.Due(written.State);
        if (due != dueBefore)
            Events.SetDue(session, engine.Id, due);
        dueBefore = due;
        if (flush)
            session.Flush();
    }

    private void Enter(Session session, long head)
    {
        entered = engine.Tail.IsLong(head);
        if (entered)
            Indexes.Enter(session, engine.Id, head);
    }
}
