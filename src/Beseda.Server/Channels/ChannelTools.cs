using Beseda.Server.Files;

namespace Beseda.Server.Channels;

/// <summary>What the consumers of channels work with.</summary>
internal sealed record ChannelTools(
    ChatJournal Journal, Connections Connections, ChannelHealth Health, StoredFiles Files, PublicAddress Address, TimeProvider Clock)
{
    /// <summary>How long a platform may take to say back what it was sent.</summary>
    public TimeSpan EchoPatience { get; init; } = TimeSpan.FromSeconds(10);

    public Unwritten Unwritten { get; } = new();
}
