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
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<AccountId, AccountEngine<TState, TCommand, TEvent>> engines = new();
    private readonly Subject<TState, TCommand, TEvent> subject;
    private readonly IWriter<TState, TCommand, TEvent> writer;
    private readonly IReaders readers;
    private readonly Alarms alarms;
    private readonly Pulse pulse;
    private readonly TimeProvider clock;
    private readonly ITimer housekeeping;

    /// <summary>Creates the tables where they are missing and starts.</summary>
    public Journal(Database database, Subject<TState, TCommand, TEvent> subject, TimeProvider clock, ILogger log)
    {
        this.subject = subject;
        this.clock = clock;
        Id = database.Prepare(subject.Projection.Schema);
        pulse = new Pulse(clock);
        alarms = new Alarms(clock, Ring);
        writer = database.OpenWriter(subject, alarms, clock, log);
        readers = database.OpenReaders();
        housekeeping = clock.CreateTimer(_ => KeepHouse(), null, Housekeeping.Every, Housekeeping.Every);
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
    }

    public Task<AccountId> AddAccountAsync() => writer.RunAsync(Events.AddAccount);

    /// <summary>Has a command decided and committed. The answer comes when it is on the disk; to ask twice is safe.</summary>
    public Task<Answer> SubmitAsync(AccountId account, TCommand command)
    {
        var engine = Engine(account);
        var pending = new Pending<TCommand>(command, clock.GetUtcNow() + Patience);
        if (!engine.TryPut(pending))
            return Task.FromResult<Answer>(new Answer.Unavailable(TimeSpan.FromSeconds(1)));
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

    public AccountFeeds Feeds(AccountId account) => Engine(account).Feeds;

    /// <summary>A feed of what follows <paramref name="after"/>; null: from now.</summary>
    public async Task<Feed> OpenFeedAsync(AccountId account, IReadOnlyList<FeedKey> keys, long? after)
    {
        await StateAsync(account);
        return Engine(account).Feeds.Open(keys, after);
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

    /// <summary>Events after a position, ascending.</summary>
    public Task<List<Entry<TEvent>>> ReadAsync(AccountId account, long after, int limit) =>
        readers.ReadAsync(session => Read(session, account, after, limit));

    /// <summary>The events of conversations before a seq, newest first, read as far as they are asked for.</summary>
    public IEnumerable<Entry<TEvent>> NewestFirst(Session session, AccountId account, IEnumerable<long> conversations, long before) =>
        Indexes.OfConversations(session, account, conversations, before).Select(seq => session["""
            select seq, at, conversation, visitor, kind, body, words from events where account = $1 and seq = $2
            """].Bind(1, account.Value).Bind(2, seq).One(ReadEntry));

    /// <summary>Reads an entry from the columns <c>seq, at, conversation, visitor, kind, body, words</c>.</summary>
    public Entry<TEvent> ReadEntry(Statement row) => new(
        row.Number(0), Events.Time(row.Number(1)),
        subject.Codec.Decode(new Encoded(row.NumberOrNull(2), row.NumberOrNull(3), (short)row.Number(4), row.Blob(5), row.BlobOrNull(6))));

    /// <summary>Answers what waits, then stops.</summary>
    public void Dispose()
    {
        housekeeping.Dispose();
        alarms.Dispose();
        pulse.Dispose();
        writer.Dispose();
        readers.Dispose();
    }

    private AccountEngine<TState, TCommand, TEvent> Engine(AccountId account)
    {
        var engine = engines.GetOrAdd(
            account, static (id, pulse) => new AccountEngine<TState, TCommand, TEvent>(id, new AccountFeeds(pulse)), pulse);
        engine.LastUsed = clock.GetUtcNow();
        return engine;
    }

    private List<Entry<TEvent>> Read(Session session, AccountId account, long after, int limit) =>
        [.. session["""
            select seq, at, conversation, visitor, kind, body, words from events where account = $1 and seq > $2 order by seq limit $3
            """].Bind(1, account.Value).Bind(2, after).Bind(3, limit).All(ReadEntry)];

    private async ValueTask<FeedStep> CatchUpAsync(AccountId account, Feed feed, long from, List<Frame> into)
    {
        var feeds = Engine(account).Feeds;
        if (feeds.Head - from >= MostBehind)
            return FeedStep.Reset;
        var state = await StateAsync(account);
        var frames = await readers.ReadAsync(session =>
        {
            var entries = Read(session, account, from - 1, MostFrames);
            var wide = subject.Projection.LoadReferenced(session, account, state, entries.Select(entry => entry.Event));
            return entries.ConvertAll(entry => subject.Frames.Frame(wide, entry));
        });
        if (frames.Count == 0)
            return FeedStep.Reset;
        into.AddRange(frames);
        feeds.MoveTo(feed, frames[^1].Seq);
        return FeedStep.Read;
    }

    private void Ring(AccountId account) => _ = RingAsync(account);

    /// <summary>A tick that finds too much waiting, or the database away, comes again: nobody else would see to it.</summary>
    private async Task RingAsync(AccountId account)
    {
        if (await SubmitAsync(account, subject.Rules.Tick) is Answer.Unavailable later)
            alarms.Set(account, clock.GetUtcNow() + later.RetryAfter);
    }

    /// <summary>On the writing thread, so that no batch is under way.</summary>
    private void KeepHouse() => _ = writer.RunAsync(_ =>
    {
        foreach (var engine in engines.Values)
            Housekeeping.Tidy(engine, subject.Rules, clock.GetUtcNow());
        return true;
    });
}
