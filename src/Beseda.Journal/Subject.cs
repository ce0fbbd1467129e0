namespace Beseda.Journal;

/// <summary>What a journal is about: everything it is told of the trade it serves. The journal itself knows none.</summary>
/// <typeparam name="TState">Immutable state of one account.</typeparam>
/// <typeparam name="TCommand">What somebody wants, with who wants it.</typeparam>
/// <typeparam name="TEvent">What happened.</typeparam>
public sealed record Subject<TState, TCommand, TEvent>(
    IRules<TState, TCommand, TEvent> Rules,
    ICodec<TEvent> Codec,
    IProjection<TState, TCommand, TEvent> Projection,
    IFrames<TState, TEvent> Frames)
    where TState : class
{
    /// <summary>Reads an entry from the columns <c>seq, at, conversation, visitor, kind, body, words</c>.</summary>
    public Entry<TEvent> Read(Statement row) => Entry<TEvent>.Read(row, Codec);
}

/// <summary>Pure functions: no I/O, no clock.</summary>
public interface IRules<TState, TCommand, TEvent>
    where TState : class
{
    /// <summary>Sent when <see cref="Due"/> has passed; a second one must change nothing.</summary>
    TCommand Tick { get; }

    long Seq(TState state);

    DateTimeOffset? Due(TState state);

    Verdict<TState, TEvent> Decide(TState state, TCommand command, DateTimeOffset now);

    TState Evolve(TState state, Entry<TEvent> entry);

    /// <summary>How a command sent twice is known; null for commands that may simply be decided again.</summary>
    RetryKey? Retry(TState state, TCommand command);

    /// <summary>Drops rows that nothing open needs. Whatever needs one again names it, and it is loaded.</summary>
    TState Trim(TState state);
}

/// <summary>Turns events into bytes and back. What it cannot read it returns as an event that changes nothing.</summary>
public interface ICodec<TEvent>
{
    Encoded Encode(TEvent happened);

    TEvent Decode(in Encoded encoded);
}

/// <summary>Makes what the readers of feeds get, once per event.</summary>
public interface IFrames<in TState, TEvent>
{
    /// <param name="state">The state after the commit that holds the entry. Runs between commits: no I/O, no rendering.</param>
    Frame Frame(TState state, Entry<TEvent> entry);

    /// <summary>A signal as text, for the readers of other processes; under 7,000 bytes or it is not sent.</summary>
    string Pack(Frame signal);

    /// <summary>A signal of another process. Null: it is about something that is not known here.</summary>
    Frame? Unpack(TState state, string packed);
}

/// <summary>An event with its place in the journal.</summary>
/// <param name="Seq">Gapless from 1 in each account.</param>
/// <param name="At">Rises strictly with the seq; whole microseconds, UTC.</param>
public readonly record struct Entry<TEvent>(long Seq, DateTimeOffset At, TEvent Event)
{
    internal static Entry<TEvent> Read(Statement row, ICodec<TEvent> codec) => new(
        row.Number(0), Events.Time(row.Number(1)),
        codec.Decode(new Encoded(row.NumberOrNull(2), row.NumberOrNull(3), (short)row.Number(4), row.Blob(5), row.BlobOrNull(6))));
}

/// <summary>An event as it is stored.</summary>
/// <param name="Body">At most 16 KB.</param>
/// <param name="Words">What people wrote, apart from the rest; at most 64 KB; null when there is none or it was erased.</param>
public readonly record struct Encoded(long? Conversation, long? Visitor, short Kind, byte[] Body, byte[]? Words);

/// <summary>The place of the event that answers a command.</summary>
public readonly record struct Receipt(long Seq, DateTimeOffset At, long? Conversation, long? Visitor);

/// <param name="Senders">Under whose id it may have been written before; the first one is written now.</param>
public readonly record struct RetryKey(IReadOnlyList<long> Senders, string ClientId);

/// <summary>What the rules say to a command.</summary>
public abstract record Verdict<TState, TEvent>
{
    private Verdict() { }

    public sealed record Accepted(IReadOnlyList<Entry<TEvent>> Events, TState State, Receipt Receipt) : Verdict<TState, TEvent>;

    public sealed record Refused(Enum Why) : Verdict<TState, TEvent>;
}

/// <summary>What came of a command.</summary>
public abstract record Answer
{
    private Answer() { }

    /// <summary>It is on the disk.</summary>
    public sealed record Committed(Receipt Receipt) : Answer;

    /// <summary>Refused by a rule; it left no trace.</summary>
    public sealed record Refused(Enum Why) : Answer;

    /// <summary>A rule threw, or the database refused this command's data. It left no trace; the same again fails again.</summary>
    public sealed record Failed : Answer
    {
        public static readonly Failed Alone = new();
    }

    /// <summary>Too much waits, or the database is away: the same again later.</summary>
    public sealed record Unavailable(TimeSpan RetryAfter) : Answer
    {
        /// <summary>The database has not answered in time.</summary>
        internal static readonly Unavailable Away = new(TimeSpan.FromSeconds(2));
    }
}

public readonly record struct AccountId(long Value)
{
    public override string ToString() => $"{Value}";
}
