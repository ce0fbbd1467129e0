namespace Beseda.Journal;

/// <summary>What whoever runs a journal may choose.</summary>
public sealed record JournalSettings
{
    /// <summary>An account that nobody uses for this long is dropped from memory; whoever uses it again waits for it to be read.</summary>
    public TimeSpan IdleFor { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A test switch: every commit takes this much longer, as on a slow disk.</summary>
    public TimeSpan TestCommitDelay { get; init; }

    internal void DelayCommit()
    {
        if (TestCommitDelay > TimeSpan.Zero)
            Thread.Sleep(TestCommitDelay);
    }
}
