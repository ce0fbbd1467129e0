namespace Beseda.Chaos.Histories;

/// <summary>What the webhook was subscribed to.</summary>
/// <param name="After">Every event after this one.</param>
/// <param name="Kinds">Names of kinds; null: all.</param>
public sealed record Subscription(long After, IReadOnlySet<string>? Kinds = null);

/// <summary>One attempt, as the receiver saw it.</summary>
/// <param name="Accepted">It was answered with 200.</param>
/// <param name="Genuine">The signature was that of the body.</param>
public sealed record Delivery(long Seq, string Kind, long? Conversation, bool Accepted, bool Genuine = true);
