namespace Beseda.Bench.Loads;

/// <summary>What one round of a load did after its warm-up.</summary>
/// <param name="ServerProcessor">Processor seconds of the server's process, user and system.</param>
/// <param name="OwnProcessor">Those of the load itself.</param>
/// <param name="AllProcessor">Those of the whole machine.</param>
internal sealed record Round(
    long Acknowledged, long Failed, double Seconds, double ServerProcessor, double OwnProcessor, double AllProcessor, Delays Delays)
{
    public double PerSecond => Acknowledged / Seconds;

    /// <summary>What others took meanwhile, in cores.</summary>
    public double Others => Math.Max(0, AllProcessor - ServerProcessor - OwnProcessor) / Seconds;

    public double ServerMilliseconds => ServerProcessor * 1000 / Math.Max(1, Acknowledged);
}

/// <summary>Delays in ticks of the stopwatch, in the order they were seen.</summary>
internal sealed class Delays
{
    private readonly List<long> _ticks = new(1 << 16);

    public int Count => _ticks.Count;

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
