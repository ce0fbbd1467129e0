namespace Beseda.Chaos.Histories;

/// <summary>A message as its sender remembers it. A sender has at most one on its way.</summary>
/// <param name="Sender">A name for each client.</param>
/// <param name="Number">The sender's own count.</param>
/// <param name="Seq">As acknowledged; null when it never was.</param>
public sealed record SentMessage(string Sender, int Number, string ClientId, string Text, long? Seq = null);
