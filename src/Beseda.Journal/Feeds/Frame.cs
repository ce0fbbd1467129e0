namespace Beseda.Journal;

/// <summary>
/// What readers of a feed get of one event, or of a signal. Rendered once, by the first reader who wants it, and shared by
/// all: the journal's user derives from it.
/// </summary>
public abstract class Frame
{
    /// <summary>0 for a signal: it is no fact, has no place, and may be lost.</summary>
    public abstract long Seq { get; }

    /// <summary>Whose feeds to wake.</summary>
    public abstract IReadOnlyList<FeedKey> Keys { get; }
}

/// <summary>What feeds are woken by: a visitor, an operator, a department…</summary>
/// <param name="Kind">Chosen by the journal's user.</param>
public readonly record struct FeedKey(byte Kind, long Id);
