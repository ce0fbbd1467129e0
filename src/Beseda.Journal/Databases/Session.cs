namespace Beseda.Journal;

/// <summary>One connection to the database, whichever it is, used by one thread at a time.</summary>
public abstract class Session
{
    /// <summary>
    /// The prepared form of a statement, written as PostgreSQL understands it: parameters <c>$1</c>, <c>$2</c>, lists as
    /// <c>= any($3)</c>. Pass a constant: statements are kept for the session's life.
    /// </summary>
    public abstract Statement this[string sql] { get; }

    /// <summary>
    /// Sends what answers no rows and therefore waits, where the database is elsewhere. Only after this is it known whether
    /// the database takes it.
    /// </summary>
    public virtual void Flush()
    {
    }

    /// <summary>What these client ids were answered, of those that are entered in the index.</summary>
    internal abstract Dictionary<(long Sender, string ClientId), Receipt> Find(AccountId account, IReadOnlyCollection<(long Sender, string ClientId)> keys);
}
