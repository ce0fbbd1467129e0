namespace Beseda.Protocol;

/// <summary>The names of the signals: frames without an id, never journaled, which may be lost.</summary>
public static class Signals
{
    public const string Typing = "typing";
    public const string Queue = "queue";
    public const string Availability = "availability";
    public const string Presence = "presence";
    public const string Ping = "ping";
    /// <summary>Not a signal but the end of a feed: reload your snapshot.</summary>
    public const string Reset = "reset";
}

/// <param name="Head">The sender's position: a reader drops the signal if that author has written since.</param>
/// <param name="Draft">Visitors' drafts are shown to operators; missing: typing, text not told; empty: stopped.</param>
public sealed record TypingSignal(long Conversation, Author Author, long Head, string? Draft = null);

/// <param name="ExpectedWait">Seconds, where it can be told.</param>
public sealed record QueueSignal(long Conversation, int Position, int? ExpectedWait = null);

public sealed record AvailabilitySignal(Availability Availability);
