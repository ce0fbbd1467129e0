namespace Beseda.Domain.Metrics;

/// <summary>A time that passed in a conversation, in microseconds.</summary>
/// <param name="Passed">As clocks count.</param>
/// <param name="Worked">As far as the departments worked that it was in.</param>
public readonly record struct Elapsed(long Passed, long Worked)
{
    public static Elapsed operator +(Elapsed one, Elapsed other) => new(one.Passed + other.Passed, one.Worked + other.Worked);

    public static Elapsed operator -(Elapsed to, Elapsed from) => new(to.Passed - from.Passed, to.Worked - from.Worked);

    /// <summary>Whole seconds, rounded down, as reports count.</summary>
    public long Seconds => Passed / TimeSpan.MicrosecondsPerSecond;

    /// <inheritdoc cref="Seconds"/>
    public long WorkedSeconds => Worked / TimeSpan.MicrosecondsPerSecond;

    public Elapsed AtMost(TimeSpan cap)
    {
        var most = cap.Ticks / TimeSpan.TicksPerMicrosecond;
        return new Elapsed(Math.Min(Passed, most), Math.Min(Worked, most));
    }
}
