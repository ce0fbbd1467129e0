using System.Numerics;

namespace Beseda.Domain.Metrics;

/// <summary>
/// Times in whole seconds, counted. Two of them added are the one of all their times, so that percentiles of a year are those of
/// its conversations and not of its days.
/// </summary>
public sealed class Histogram
{
    private const int Dense = 4_096;

    private readonly Dictionary<long, long> longer = [];
    private long[] counts = [];
    private long sum;

    public long Count { get; private set; }

    /// <summary>Rounded down to whole seconds, as all three; null: there is no time.</summary>
    public long? Mean => Count == 0 ? null : sum / Count;

    /// <inheritdoc cref="Percentile"/>
    public long? Median => Percentile(50);

    /// <inheritdoc cref="Percentile"/>
    public long? P90 => Percentile(90);

    public void Add(long seconds, long times = 1)
    {
        if (seconds < Dense)
        {
            if (seconds >= counts.Length)
                Array.Resize(ref counts, Math.Max(64, (int)BitOperations.RoundUpToPowerOf2((uint)seconds + 1)));
            counts[seconds] += times;
        }
        else
        {
            longer[seconds] = longer.GetValueOrDefault(seconds) + times;
        }

        Count += times;
        sum += seconds * times;
    }

    public void Add(Histogram other)
    {
        foreach (var (seconds, times) in other.Ascending())
            Add(seconds, times);
    }

    /// <summary>
    /// By nearest rank: the smallest time that at least so many percent of all times do not exceed. It is one of them.
    /// </summary>
    private long? Percentile(int percent)
    {
        var rank = (Count * percent + 99) / 100;
        foreach (var (seconds, times) in Ascending())
            if ((rank -= times) <= 0)
                return seconds;
        return null;
    }

    private IEnumerable<(long Seconds, long Times)> Ascending()
    {
        for (var seconds = 0; seconds < counts.Length; seconds++)
            if (counts[seconds] > 0)
                yield return (seconds, counts[seconds]);
        foreach (var (seconds, times) in longer.OrderBy(one => one.Key))
            yield return (seconds, times);
    }
}
