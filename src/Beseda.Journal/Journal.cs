using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Beseda.Journal;

/// <summary>
/// The ordered journal of every account in one database: commands go in, are decided one after the other, committed
/// together, answered, and read by feeds. It knows nothing of what the events mean.
/// </summary>
public sealed class Journal<TState, TCommand, TEvent> : IDisposable
    where TState : class
{
    private const int MostFrames = 256;
    private const int MostBehind = 5_000;
    private static readonly TimeSpan ServeEvery = TimeSpan.FromSeconds(0.1);

    private readonly ConcurrentDictionary<AccountId, AccountEngine<TState, TCommand, TEvent>> engines = new();
    private readonly Subject<TState, TCommand, TEvent> subject;
    private readonly IWriter<TState, TCommand, TEvent> writer;
    private readonly IReaders readers;
    private readonly Alarms alarms;
    private readonly Pulse pulse;
    private readonly TimeProvider clock;
    private readonly INeighbours? neighbours;
    private readonly Ear<TState, TCommand, TEvent> ear;
    private readonly ITimer housekeeping;
    private readonly ITimer patience;
    private readonly JournalMetrics metrics;

    /// <summary>An account has a new head, here or elsewhere; on whatever thread, which must not be kept.</summary>
    public event Action<AccountId>? Moved;

    /// <summary>Creates the tables where they are missing and starts.</summary>
    public Journal(Database database, Subject<TState, TCommand, TEvent> subject, TimeProvider clock, ILogger log, JournalSettings? settings = null)
    {
        settings ??= new JournalSettings();
        this.subject = subject;
        this.clock = clock;
        Id = database.Prepare(subject.Projection.Schema);
        pulse = new Pulse(clock);
        alarms = new Alarms(clock, Ring);
        metrics = new JournalMetrics(
            () => engines.Values.Sum(engine => engine.Waiting), () => pulse.Count, () => engines.Values.Count(engine => engine.State is not null));
        neighbours = database.Neighbours(log);
        writer = database.OpenWriter(subject, new Surroundings(alarms, neighbours, metrics, settings, clock, log));
        readers = database.OpenReaders();
        ear = new Ear<TState, TCommand, TEvent>(engines, writer, subject, account => Moved?.Invoke(account), Ring);
        var keepHouse = settings.IdleFor < Housekeeping.Every ? settings.IdleFor : Housekeeping.Every;
        housekeeping = clock.CreateTimer(_ => KeepHouse(), null, keepHouse, keepHouse);
        patience = clock.CreateTimer(_ => TellWhoWaitedLongEnough(), null, ServeEvery, ServeEvery);
    }

    /// <summary>New after every restore from a backup: numbers given out under another id no longer count.</summary>
    public string Id { get; }

    /// <summary>For reads of the tables that the projection keeps, each in one snapshot.</summary>
    public IReaders Readers => readers;

    /// <summary>Lets the accounts' time-driven rules run from here on.</summary>
    public async Task StartAsync()
    {
        foreach (var (account, due) in await readers.ReadAsync(Events.Accounts))
            alarms.Set(account, due);
        neighbours?.Listen(ear);
    }

    public Task<AccountId> AddAccountAsync() => writer.RunAsync((session, _) => Events.AddAccount(session));

    /// <summary>Writes rows that are no part of the journal, in a transaction of their own; told the database's time.</summary>
    public Task<T> WriteAsync<T>(Func<Session, DateTimeOffset, T> write) => writer.RunAsync(write);

    /// <summary>A value of the whole installation: what was kept under the name first.</summary>
    public Task<string> KeepAsync(string name, Func<string> make) => writer.RunAsync((session, _) => Events.Keep(session, name, make));

    /// <summary>
    /// After a restore from a backup: numbers that were given out since then no longer count, so clients begin anew under
    /// another id; who held a lease, holds it no more.
    /// </summary>
    /// <returns>The new id.</returns>
    public Task<string> RenewAsync() => writer.RunAsync((session, _) =>
    {
        Events.ForgetId(session);
        ConsumerRows.EndLeases(session);
        return Events.JournalId(session);
    });

    /// <summary>
    /// Changes an account's rows from outside the journal, with nobody else writing to it, and has every process read them anew.
    /// </summary>
    public async Task RepairAsync(AccountId account, Action<Session> repair)
    {
        await writer.RunAsync((session, _) =>
        {
            session.Lock(account);
            repair(session);
            return true;
        });
        ear.HearOutdated(account);
        neighbours?.Outdated(account);
    }

    /// <summary>
    /// Writes what was decided elsewhere, at the times it happened: a history that follows the account's head, and is over. Nobody is to
    /// write to the account meanwhile.
    /// </summary>
    /// <param name="before">The state that the entries follow.</param>
    /// <exception cref="InvalidOperationException">They do not follow the head.</exception>
    public async Task ImportAsync(AccountId account, TState before, TState after, IReadOnlyList<Entry<TEvent>> entries)
    {
        await writer.RunAsync((session, now) =>
        {
            session.Lock(account);
            var (head, at) = Events.Head(session, account);
            if (entries[0].Seq != head + 1 || entries[0].At <= at || entries[^1].At > now)
                throw new InvalidOperationException($"Event {entries[0].Seq} at {entries[0].At:O} cannot follow {head} at {at:O}.");
            session.Append(account, [.. entries.Select(entry => new StoredEvent(entry.Seq, entry.At, subject.Codec.Encode(entry.Event), null))]);
            subject.Projection.Save(session, account, before, after, entries);
            Events.SetDue(session, account, subject.Rules.Due(after));
            session.LoadTail(account)?.TryEnter(session, account, entries[^1].Seq);
            return true;
        });
        ear.HearOutdated(account);
        neighbours?.Outdated(account);
    }

    /// <summary>The accounts in memory, with their last committed states.</summary>
    public IEnumerable<(AccountId Account, TState State)> Loaded =>
        from pair in engines
        let state = pair.Value.State
        where state is not null
        select (pair.Key, state);

    /// <summary>Has a command decided and committed. The answer comes when it is on the disk; to ask twice is safe.</summary>
    public Task<Answer> SubmitAsync(AccountId account, TCommand command)
    {
        var engine = Engine(account);
        var pending = new Pending<TCommand>(command, clock.GetUtcNow());
        if (!engine.TryPut(pending))
        {
            metrics.Answered("unavailable", 1);
            return Task.FromResult<Answer>(new Answer.Unavailable(TimeSpan.FromSeconds(1)));
        }

        writer.Wake(engine);
        return pending.Task;
    }

    /// <summary>The last committed state. Immutable: keep it as long as you like.</summary>
    public ValueTask<TState> StateAsync(AccountId account)
    {
        var engine = Engine(account);
        if (engine.State is { } state)
            return ValueTask.FromResult(state);
        var loading = engine.AwaitState();
        writer.Wake(engine);
        return new ValueTask<TState>(loading);
    }

    /// <summary>The last committed state, if the account is in memory.</summary>
    public TState? LoadedState(AccountId account) => engines.TryGetValue(account, out var engine) ? engine.State : null;

    public AccountFeeds Feeds(AccountId account) => Known(account).Feeds;

    /// <summary>Sends something that is no fact to whoever listens now, here or at another process.</summary>
    public void Signal(AccountId account, Frame signal)
    {
        Feeds(account).Signal(signal);
        neighbours?.Signal(account, subject.Frames.Pack(signal));
    }

    /// <summary>Ends the feeds of a key, here and elsewhere: their readers are to load a new snapshot.</summary>
    public void Reset(AccountId account, FeedKey key)
    {
        Feeds(account).Reset(key);
        neighbours?.Reset(account, key);
    }

    /// <summary>A feed of what follows <paramref name="after"/>; null: from now.</summary>
    public async Task<Feed> OpenFeedAsync(AccountId account, IReadOnlyList<FeedKey> keys, long? after)
    {
        var engine = Engine(account);
        await StateAsync(account);
        // The reader comes from another process, which is further than this one; or has seen a state that is just being published.
        if (after > engine.Feeds.Head)
            await CatchUpAsync(engine);
        return engine.Feeds.Open(keys, after);
    }

    /// <summary>
    /// Fills <paramref name="into"/> with what comes next; some of it may not be for this reader. From memory, or, for who
    /// is behind, from the database.
    /// </summary>
    public ValueTask<FeedStep> ReadFeedAsync(AccountId account, Feed feed, List<Frame> into)
    {
        var step = Engine(account).Feeds.Read(feed, into, MostFrames, out var from);
        return step == FeedStep.Behind ? CatchUpAsync(account, feed, from, into) : ValueTask.FromResult(step);
    }

    /// <summary>Before the process stops: readers get what there is and are to go on elsewhere. Commands are still taken.</summary>
    public void EndFeeds() => pulse.End();

    /// <summary>Events after a position, ascending.</summary>
    public Task<List<Entry<TEvent>>> ReadAsync(AccountId account, long after, int limit) =>
        readers.ReadAsync(session => Read(session, account, after, limit));

    /// <summary>The events of conversations before a seq, newest first, read as far as they are asked for.</summary>
    public IEnumerable<Entry<TEvent>> NewestFirst(Session session, AccountId account, IEnumerable<long> conversations, long before) =>
        session.OfConversations(account, conversations, before).Select(seq => session["""
            select seq, at, conversation, visitor, kind, body, words from events where account = $1 and seq = $2
            """].Bind(1, account.Value).Bind(2, seq).One(subject.Read));

    /// <summary>Nothing waits, and nothing is under way.</summary>
    internal bool IsAtRest => engines.Values.All(engine => engine.IsAtRest);

    /// <summary>Answers what waits, then stops.</summary>
    public void Dispose()
    {
        housekeeping.Dispose();
        patience.Dispose();
        alarms.Dispose();
        pulse.Dispose();
        neighbours?.StopListening();
        writer.Dispose();
        readers.Dispose();
        neighbours?.Dispose();
        metrics.Dispose();
    }

    internal ConsumerReads<TState, TCommand, TEvent> ReadsFor(AccountId account) => new(this, subject, account);

    private AccountEngine<TState, TCommand, TEvent> Engine(AccountId account)
    {
        var engine = Known(account);
        engine.LastUsed = clock.GetUtcNow();
        return engine;
    }

    /// <summary>Looking does not keep it in memory: only who asks for something does, and readers.</summary>
    private AccountEngine<TState, TCommand, TEvent> Known(AccountId account) =>
        engines.GetOrAdd(account, static (id, journal) => new AccountEngine<TState, TCommand, TEvent>(
            id, new AccountFeeds(journal.pulse, () => journal.Moved?.Invoke(id))), this);

    private List<Entry<TEvent>> Read(Session session, AccountId account, long after, int limit) =>
        [.. session[Events.After].Bind(1, account.Value).Bind(2, after).Bind(3, limit).All(subject.Read)];

    private async ValueTask<FeedStep> CatchUpAsync(AccountId account, Feed feed, long from, List<Frame> into)
    {
        var feeds = Engine(account).Feeds;
        var head = feeds.Head;
        if (head - from >= MostBehind)
            return FeedStep.Reset;
        var state = await StateAsync(account);
        var frames = await readers.ReadAsync(session =>
        {
            // The database may have more already, of other processes: that is read when this one has heard of it.
            var entries = Read(session, account, from - 1, (int)Math.Min(MostFrames, head - from + 1));
            var wide = subject.Projection.LoadReferenced(session, account, state, entries.Select(entry => entry.Event));
            return entries.ConvertAll(entry => subject.Frames.Frame(wide, entry));
        });
        if (frames.Count == 0)
            return FeedStep.Reset;
        into.AddRange(frames);
        feeds.MoveTo(feed, frames[^1].Seq);
        return FeedStep.Read;
    }

    private Task<TState> CatchUpAsync(AccountEngine<TState, TCommand, TEvent> engine)
    {
        var state = engine.AwaitState();
        engine.FallBehind();
        writer.Wake(engine);
        return state;
    }

    private void Ring(AccountId account) => _ = RingAsync(account);

    /// <summary>A tick that finds too much waiting, or the database away, comes again: nobody else would see to it.</summary>
    private async Task RingAsync(AccountId account)
    {
        if (await SubmitAsync(account, subject.Rules.Tick) is Answer.Unavailable later)
            alarms.Set(account, clock.GetUtcNow() + later.RetryAfter);
    }

    private void TellWhoWaitedLongEnough()
    {
        var now = clock.GetUtcNow();
        foreach (var engine in engines.Values)
            metrics.Answered("unavailable", engine.TellWhoWaitedLongEnough(now));
    }

    private void KeepHouse()
    {
        foreach (var engine in engines.Values)
            if (engine.State is not null)
            {
                engine.GetUntidy();
                writer.Wake(engine);
            }
    }
}
