namespace Beseda.Journal;

/// <summary>The other processes on the same database. What is told may get lost.</summary>
internal interface INeighbours : IDisposable
{
    /// <summary>An account has a new head here.</summary>
    void Moved(AccountId account, long head);

    void Signal(AccountId account, string packed);

    void Reset(AccountId account, FeedKey key);

    /// <summary>Begins to hear them.</summary>
    void Listen(INeighbour ear);
}

/// <summary>What this process does when it hears of another's doings, or looks for what it has not heard of.</summary>
internal interface INeighbour
{
    /// <summary>The accounts that are loaded here, with their heads.</summary>
    IEnumerable<(AccountId Account, long Head)> Heads { get; }

    void HearMoved(AccountId account, long head);

    void HearSignal(AccountId account, string packed);

    void HearReset(AccountId account, FeedKey key);

    /// <summary>A time has come, and whoever was to see to it has not.</summary>
    void HearOverdue(AccountId account);
}
