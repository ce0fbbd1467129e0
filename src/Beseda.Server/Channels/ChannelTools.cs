using Beseda.Server.Files;

namespace Beseda.Server.Channels;

/// <summary>What the consumers of channels work with.</summary>
internal sealed record ChannelTools(ChatJournal Journal, Connections Connections, ChannelHealth Health, StoredFiles Files, PublicAddress Address);
