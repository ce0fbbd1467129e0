using System.Collections.Concurrent;
using Beseda.Journal;

namespace Beseda.Server.Channels;

/// <summary>
/// Parts that a platform has taken while the journal took nothing. They outlive the sender that sent them: it loses its lease
/// when the database is away for long, and whoever follows it here would send them again.
/// </summary>
internal sealed class Unwritten
{
    /// <summary>Far more than one outage leaves; those that another node has written down meanwhile are never asked for.</summary>
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<(AccountId Account, long Message, int Part), Sent> parts = new();

    public void Keep(AccountId account, long message, int part, Sent sent)
    {
        if (parts.Count >= Most)
            parts.Clear();
        parts[(account, message, part)] = sent;
    }

    /// <summary>Null: it has not been sent from here.</summary>
    public Sent? Find(AccountId account, long message, int part) => parts.GetValueOrDefault((account, message, part));

    public void Forget(AccountId account, long message, int part) => parts.TryRemove((account, message, part), out _);
}
