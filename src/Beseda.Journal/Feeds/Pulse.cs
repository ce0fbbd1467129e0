namespace Beseda.Journal;

/// <summary>One clock for the heartbeats of all feeds, spread over its period so that they never beat at once.</summary>
internal sealed class Pulse : IDisposable
{
    /// <summary>Seconds between two heartbeats of a feed.</summary>
    private const int Period = 19;

    private readonly Lock gate = new();
    private readonly HashSet<Feed>[] feeds = [.. Enumerable.Range(0, Period).Select(_ => new HashSet<Feed>())];
    private readonly ITimer timer;
    private int second;

    public Pulse(TimeProvider clock) =>
        timer = clock.CreateTimer(_ => Beat(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

    public void Add(Feed feed)
    {
        lock (gate)
            Of(feed).Add(feed);
    }

    public void Remove(Feed feed)
    {
        lock (gate)
            Of(feed).Remove(feed);
    }

    public int Count
    {
        get
        {
            lock (gate)
                return feeds.Sum(some => some.Count);
        }
    }

    /// <summary>All feeds are to end.</summary>
    public bool IsOver { get; private set; }

    public void End()
    {
        List<Feed> all;
        lock (gate)
        {
            IsOver = true;
            all = [.. feeds.SelectMany(some => some)];
        }

        all.ForEach(feed => feed.Wake());
    }

    public void Dispose() => timer.Dispose();

    private void Beat()
    {
        Feed[] due;
        lock (gate)
            due = [.. feeds[second++ % Period]];
        foreach (var feed in due)
            feed.Beat();
    }

    private HashSet<Feed> Of(Feed feed) => feeds[(feed.GetHashCode() & int.MaxValue) % Period];
}
