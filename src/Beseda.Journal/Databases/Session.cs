namespace Beseda.Journal;

/// <summary>One connection to the database, whichever it is, used by one thread at a time.</summary>
public abstract class Session
{
    /// <summary>
    /// The prepared form of a statement, written as PostgreSQL understands it: parameters <c>$1</c>, <c>$2</c>, lists as
    /// <c>= any($3)</c>; and behind a table, as <c>/*by its_index*/</c>, which index SQLite is to take. Pass a constant: statements are kept for the session's life.
    /// </summary>
    public abstract Statement this[string sql] { get; }

    /// <summary>
    /// Sends what answers no rows and therefore waits, where the database is elsewhere. Only after this is it known whether
    /// the database takes it.
    /// </summary>
    internal virtual void Flush()
    {
    }

    /// <summary>Until the transaction's end nobody else writes to the account.</summary>
    internal abstract void Lock(AccountId account);

    /// <summary>
    /// This transaction only repeats an earlier answer: its commit is to promise as much as one that writes. (A primary that was
    /// restarted shows commits that no standby has confirmed yet.)
    /// </summary>
    internal virtual void Witness()
    {
    }

    internal abstract void Append(AccountId account, IReadOnlyList<StoredEvent> events);

    /// <summary>What these client ids were answered, of those that are entered in the index.</summary>
    internal abstract Dictionary<(long Sender, string ClientId), Receipt> Find(AccountId account, IReadOnlyCollection<(long Sender, string ClientId)> keys);

    /// <summary>The events of conversations before a seq, newest first.</summary>
    internal abstract IEnumerable<long> OfConversations(AccountId account, IEnumerable<long> conversations, long before);

    /// <summary>
    /// What happened in each of some conversations after a seq of its own, ascending in each; without the words.
    /// </summary>
    /// <param name="known">Conversations, each with the seq after which it is asked.</param>
    public abstract IEnumerable<Entry<TEvent>> After<TEvent>(AccountId account, IReadOnlyDictionary<long, long> known, ICodec<TEvent> codec);

    /// <summary>Null: the index holds everything.</summary>
    internal abstract Tail? LoadTail(AccountId account);
}

/// <summary>An event as bytes, with its place.</summary>
/// <param name="Key">Of the command that it answers, so that the same command again gets the same answer.</param>
internal readonly record struct StoredEvent(long Seq, DateTimeOffset At, Encoded Encoded, (long Sender, string ClientId)? Key);
