namespace Beseda.Journal;

/// <summary>Whether anything gets through to where a consumer delivers, judged by what came of its deliveries. For any thread.</summary>
internal sealed class Outage(TimeProvider clock)
{
    /// <summary>Conversations of which it is taken, when they fail one after the other, that nothing gets through.</summary>
    private const int Conversations = 5;

    private static readonly TimeSpan LongestProbe = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Hopeless = TimeSpan.FromHours(24);

    private readonly Lock gate = new();
    private readonly HashSet<long> failing = [];
    private DateTimeOffset probeAt;
    private int probes;

    /// <summary>Nothing has got through since then; null: something has.</summary>
    public DateTimeOffset? Since { get; private set; }

    /// <summary>How often it has been told what came of a delivery.</summary>
    public int Told { get; private set; }

    public bool IsOn
    {
        get
        {
            lock (gate)
                return failing.Count >= Conversations;
        }
    }

    /// <summary>When one is tried all the same.</summary>
    public DateTimeOffset ProbeAt
    {
        get
        {
            lock (gate)
                return probeAt;
        }
    }

    /// <summary>What fails now fails by itself.</summary>
    public bool OthersGetThrough
    {
        get
        {
            lock (gate)
                return Since is not { } since || clock.GetUtcNow() - since < Lately;
        }
    }

    /// <summary>For a day; not one conversation alone, which may be at fault itself.</summary>
    public bool IsHopeless
    {
        get
        {
            lock (gate)
                return Since + Hopeless < clock.GetUtcNow() && failing.Count > 1;
        }
    }

    /// <summary>As it was when another process was at it.</summary>
    public void Resume(DateTimeOffset? since) => Since = since;

    /// <returns>False: it is not time yet.</returns>
    public bool TryProbe()
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            if (now < probeAt)
                return false;
            var pause = Lane.PauseAfter(++probes);
            probeAt = now + (pause < LongestProbe ? pause : LongestProbe);
            return true;
        }
    }

    public void Failed(long lane)
    {
        lock (gate)
        {
            Told++;
            failing.Add(lane);
            Since ??= clock.GetUtcNow();
        }
    }

    public void GotThrough()
    {
        lock (gate)
        {
            Told++;
            failing.Clear();
            (Since, probes, probeAt) = (null, 0, default);
        }
    }
}
