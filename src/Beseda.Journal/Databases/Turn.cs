namespace Beseda.Journal;

/// <summary>One account's part of a transaction.</summary>
internal sealed class Turn<TState, TCommand, TEvent>(
    AccountEngine<TState, TCommand, TEvent> engine, List<Pending<TCommand>> commands, Subject<TState, TCommand, TEvent> subject)
    where TState : class
{
    private CaughtUp<TState, TEvent>? caughtUp;
    private Batch<TState, TCommand, TEvent>? batch;
    private Exception? broken;
    private DateTimeOffset? dueBefore;
    private bool entered;
    private bool isCareful;

    public AccountEngine<TState, TCommand, TEvent> Engine => engine;

    public int Waiting => commands.Count;

    /// <summary>There is something to do.</summary>
    public bool IsWanted { get; } = commands.Count > 0 || engine.IsWanted;

    /// <summary>The fault of what was to be written, or a bug in writing it; not of the database.</summary>
    public static bool IsAboutData(Exception failure) =>
        failure is DatabaseException refusal ? refusal.IsAboutData : failure is not OutOfMemoryException;

    /// <summary>
    /// Loads, decides and writes inside the open transaction. With care, a command whose data cannot be written sinks itself,
    /// not the batch: then each runs alone; and an account that cannot be loaded sinks itself, not the others. Without care,
    /// it throws, and all of it has to be done again.
    /// </summary>
    /// <returns>What failed alone, for the log.</returns>
    public List<Exception> Write(Session session, Opening<TState, TEvent> opening, bool careful)
    {
        var failures = new List<Exception>();
        (caughtUp, batch, broken, entered, isCareful) = (opening.CaughtUp, null, null, false, careful);
        Mark(session, "savepoint turn");
        try
        {
            var state = caughtUp?.State ?? engine.State ?? Load(session);
            dueBefore = subject.Rules.Due(state);
            batch = Together(session, state, opening, failures) ?? OneByOne(session, state, opening.Now, failures);
            entered = engine.Tail?.TryEnter(session, engine.Id, subject.Rules.Seq(batch.State)) ?? false;
        }
        catch (Exception bug) when (careful && IsAboutData(bug))
        {
            session["rollback to turn"].Run();
            failures.Add(broken = bug);
        }

        Mark(session, "release turn");
        return failures;
    }

    /// <summary>It is on the disk: from here on everybody sees it.</summary>
    public void Publish(JournalMetrics metrics)
    {
        if (batch is null)
        {
            Fail(broken!);
            return;
        }

        var state = batch.State;
        engine.Publish(state);
        if (entered)
            engine.Tail?.EnteredUpTo(subject.Rules.Seq(state));
        else
            engine.Tail?.Add(batch.Receipts);
        IReadOnlyList<Entry<TEvent>> news = caughtUp is { Entries.Count: > 0 } ? [.. caughtUp.Entries, .. batch.Entries] : batch.Entries;
        if (news.Count > 0)
            engine.Feeds.Publish([.. news.Select(entry => subject.Frames.Frame(state, entry))]);
        engine.ServeViewers(state);
        batch.Complete(metrics);
        if (commands.Count > 0)
            engine.Done();
    }

    /// <summary>A bug in all of it. The state may be part of it, and is loaded anew.</summary>
    public void Fail(Exception bug)
    {
        engine.Forget();
        engine.Disappoint(bug);
        commands.ForEach(pending => pending.TrySetResult(Answer.Failed.Alone));
    }

    /// <summary>It did not work this time.</summary>
    /// <param name="all">Nobody is to wait any longer.</param>
    /// <returns>True when nobody waits.</returns>
    public bool Tell(Exception failure, bool all)
    {
        engine.Disappoint(failure);
        if (all)
            commands.ForEach(pending => pending.TrySetResult(Answer.Unavailable.Away));
        return IsForsaken();
    }

    /// <summary>Whoever has been told meanwhile is not served any more.</summary>
    /// <returns>True when nobody waits.</returns>
    public bool IsForsaken()
    {
        commands.RemoveAll(pending => pending.Task.IsCompleted);
        return commands.Count == 0;
    }

    /// <summary>The client ids of the commands, as far as they are known before the account is locked.</summary>
    public HashSet<(long Sender, string ClientId)> Keys(TState state)
    {
        var keys = new HashSet<(long Sender, string ClientId)>();
        foreach (var pending in commands)
            if (subject.Rules.Retry(state, pending.Command) is { } retry)
                foreach (var sender in retry.Senders)
                    keys.Add((sender, retry.ClientId));
        return keys;
    }

    private TState Load(Session session)
    {
        var (seq, at) = Events.Head(session, engine.Id);
        engine.Feeds.StartAt(seq);
        engine.Tail = session.LoadTail(engine.Id);
        return subject.Projection.Load(session, engine.Id, seq, at);
    }

    /// <returns>Null when something in it cannot be read or written; nothing of it is written then.</returns>
    private Batch<TState, TCommand, TEvent>? Together(
        Session session, TState state, Opening<TState, TEvent> opening, List<Exception> failures)
    {
        Mark(session, "savepoint together");
        try
        {
            state = subject.Projection.LoadNamed(session, engine.Id, state, commands.Select(pending => pending.Command));
            var whole = new Batch<TState, TCommand, TEvent>(subject.Rules, state, opening.Now);
            var earlier = new Earlier(session, engine.Id, engine.Tail, opening.Answered);
            foreach (var pending in commands)
                Decide(earlier, whole, whole, pending, failures);
            Append(session, whole);
            Mark(session, "release together");
            return whole;
        }
        catch (Exception refusal) when (isCareful && IsAboutData(refusal))
        {
            session["rollback to together"].Run();
            session["release together"].Run();
            failures.Clear();
            return null;
        }
    }

    private Batch<TState, TCommand, TEvent> OneByOne(Session session, TState state, DateTimeOffset now, List<Exception> failures)
    {
        var whole = new Batch<TState, TCommand, TEvent>(subject.Rules, state, now);
        var earlier = new Earlier(session, engine.Id, engine.Tail, null);
        foreach (var pending in commands)
        {
            session["savepoint single"].Run();
            try
            {
                var named = subject.Projection.LoadNamed(session, engine.Id, whole.State, [pending.Command]);
                var single = new Batch<TState, TCommand, TEvent>(subject.Rules, named, now);
                Decide(earlier, whole, single, pending, failures);
                Append(session, single);
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

    private static void Decide(
        Earlier earlier, Batch<TState, TCommand, TEvent> whole, Batch<TState, TCommand, TEvent> into,
        Pending<TCommand> pending, List<Exception> failures)
    {
        if (into.Decide(pending, Find) is { } bug)
            failures.Add(bug);

        Receipt? Find(long sender, string clientId) =>
            whole.Find(sender, clientId) ?? earlier.Find(sender, clientId);
    }

    private void Append(Session session, Batch<TState, TCommand, TEvent> written)
    {
        if (written.Entries.Count == 0)
        {
            if (written.Repeats)
                session.Witness();
            return;
        }

        var keys = written.Receipts.ToDictionary(receipt => receipt.Value.Seq, receipt => receipt.Key);
        session.Append(engine.Id, [.. written.Entries.Select(entry => new StoredEvent(
            entry.Seq, entry.At, subject.Codec.Encode(entry.Event), keys.TryGetValue(entry.Seq, out var key) ? key : null))]);
        subject.Projection.Save(session, engine.Id, written.Before, written.State, written.Entries);
        var due = subject.Rules.Due(written.State);
        if (due != dueBefore)
            Events.SetDue(session, engine.Id, due);
        dueBefore = due;
        if (isCareful)
            session.Flush();
    }

    private void Mark(Session session, string savepoint)
    {
        if (isCareful)
            session[savepoint].Run();
    }
}

/// <summary>What is known when a transaction has begun.</summary>
/// <param name="Now">The database's time.</param>
/// <param name="CaughtUp">Null: nobody else writes here, or nothing is loaded.</param>
/// <param name="Answered">Client ids that were looked up already; null: none.</param>
internal sealed record Opening<TState, TEvent>(DateTimeOffset Now, CaughtUp<TState, TEvent>? CaughtUp = null, Answered? Answered = null)
    where TState : class;
