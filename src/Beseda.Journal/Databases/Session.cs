namespace Beseda.Journal;

/// <summary>One connection to the database, whichever it is, used by one thread at a time.</summary>
public abstract class Session
{
    /// <summary>
    /// The prepared form of a statement, written as PostgreSQL understands it: parameters <c>$1</c>, <c>$2</c>, lists as
    /// <c>= any($3)</c>. Pass a constant: statements are kept for the session's life.
    /// </summary>
    public abstract Statement this[string sql] { get; }
}
