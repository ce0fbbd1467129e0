using System.Collections.Concurrent;

namespace Beseda.Server.Channels;

/// <summary>
/// Parts of messages of which nobody knows whether they went out: the answer never came, or the process that sent them is
/// gone. Kept by a sender for as long as it runs.
/// </summary>
/// <param name="since">When the sender began; what was said before may have been under way with another one.</param>
internal sealed class Doubts(DateTimeOffset since)
{
    private readonly ConcurrentDictionary<long, int> parts = new();
    private readonly ConcurrentDictionary<ConversationId, bool> begun = new();

    /// <summary>The part is on its way from here on.</summary>
    public void Begin(long message, int part) => parts[message] = part;

    /// <summary>It is known what came of it.</summary>
    public void End(long message) => parts.TryRemove(message, out _);

    /// <summary>
    /// The part of a message that may have gone out already; null: none. Of what was said before this sender began, only the
    /// first of a conversation can have been on its way: they go one after the other.
    /// </summary>
    /// <param name="next">The first that is not known to have gone out.</param>
    public int? About(ConversationId conversation, long message, DateTimeOffset at, int next) =>
        parts.TryRemove(message, out var part) ? part : at < since && begun.TryAdd(conversation, true) ? next : null;
}
