namespace Beseda.Bench.Loads;

/// <summary>What one round of a load did after its warm-up.</summary>
/// <param name="ServerProcessor">Processor seconds of the server's process, user and system.</param>
/// <param name="DatabaseProcessor">Those of the database's processes, where it has its own.</param>
/// <param name="OwnProcessor">Those of the load itself.</param>
/// <param name="AllProcessor">Those of the whole machine.</param>
internal sealed record Round(
    long Acknowledged, long Failed, double Seconds,
    double ServerProcessor, double DatabaseProcessor, double OwnProcessor, double AllProcessor, Delays Delays)
{
    public double PerSecond => Acknowledged / Seconds;

    /// <summary>What others took meanwhile, in cores.</summary>
    public double Others => Math.Max(0, AllProcessor - ServerProcessor - DatabaseProcessor - OwnProcessor) / Seconds;

    public double ServerMilliseconds => ServerProcessor * 1000 / Math.Max(1, Acknowledged);

    public double DatabaseMilliseconds => DatabaseProcessor * 1000 / Math.Max(1, Acknowledged);
}

/// <summary>Delays in ticks of the stopwatch, in the order they were seen.</summary>
internal sealed class Delays
{
    private readonly List<long> _ticks = new(1 << 16);

    public int Count => _ticks.Count;

    /// <summary>From the scheduled time to the answer.</summary>
    public static Delays Of(IEnumerable<Told> answered) => Of(answered.Select(t => t.Answered - t.Due));

    public static Delays Of(IEnumerable<long> ticks)
    {
        var delays = new Delays();
        foreach (var one in ticks)
            delays.Add(one);
        return delays;
    }

    public void Add(long ticks) => _ticks.Add(ticks);

    /// <summary>In milliseconds; <paramref name="share"/> from 0 to 1.</summary>
    public double At(double share)
    {
        _ticks.Sort();
        return _ticks.Count == 0
            ? double.NaN
            : _ticks[(int)Math.Min(_ticks.Count - 1, share * _ticks.Count)] * 1000.0 / System.Diagnostics.Stopwatch.Frequency;
    }
}
