namespace Beseda.Journal.Tests;

/// <summary>Reads a feed as a door does, and keeps what is under its own keys.</summary>
internal sealed class Reader : IDisposable
{
    private readonly Ledger ledger;
    private readonly AccountId account;
    private readonly FeedKey[] keys;

    private Reader(Ledger ledger, AccountId account, FeedKey[] keys, Feed feed) =>
        (this.ledger, this.account, this.keys, Feed) = (ledger, account, keys, feed);

    public Feed Feed { get; }

    public List<long> Seen { get; } = [];

    public List<string> Signals { get; } = [];

    public static async Task<Reader> OpenAsync(Ledger ledger, AccountId account, long? after, params long[] tallies)
    {
        FeedKey[] keys = [.. tallies.Select(TallyFrame.Key)];
        return new Reader(ledger, account, keys, await ledger.Journal.OpenFeedAsync(account, keys, after));
    }

    /// <summary>Waits until this many of its own have come.</summary>
    public async Task<List<long>> ReadAsync(int count)
    {
        while (Seen.Count < count)
            if (await StepAsync() == FeedStep.UpToDate)
                await Feed.WaitAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        return Seen;
    }

    /// <summary>Reads until it has some, or has come to <paramref name="last"/>.</summary>
    public async Task<FeedStep> ReadSomeAsync(int count, long last)
    {
        // Nobody wakes this feed for what is not its own, so it looks up now and then, as at a heartbeat.
        await using var nudge = new Timer(_ => Feed.Wake(), null, 50, 50);
        while (true)
        {
            var step = await StepAsync();
            if (step == FeedStep.Reset || Seen.Count >= count || Feed.Position >= last)
                return step;
            if (step == FeedStep.UpToDate)
                await Feed.WaitAsync();
        }
    }

    public async Task<FeedStep> StepAsync()
    {
        var frames = new List<Frame>();
        var step = await ledger.Journal.ReadFeedAsync(account, Feed, frames);
        foreach (var frame in frames.Cast<TallyFrame>().Where(frame => frame.Keys.Any(keys.Contains)))
            if (frame.Seq > 0)
                Seen.Add(frame.Seq);
            else
                Signals.Add(frame.Text);
        return step;
    }

    public void Dispose() => Feed.Dispose();
}
