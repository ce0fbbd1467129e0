namespace Beseda.Server.Reports.Counting;

internal enum BucketUnit { Hour, Day, Week, Month }

/// <summary>Days and hours as the account's clocks show them.</summary>
/// <param name="zone">As the tz database names it; one that this machine does not know is taken for UTC.</param>
internal sealed class ReportClock(string? zone, BucketUnit unit = BucketUnit.Day)
{
    /// <summary>Clocks everywhere are put forward and back at quarters of an hour.</summary>
    private const long Quarter = 900;

    private readonly TimeZoneInfo zone = TimeZoneInfo.TryFindSystemTimeZoneById(zone ?? "UTC", out var known) ? known : TimeZoneInfo.Utc;
    private readonly Dictionary<long, (long Bucket, long HourOfWeek)> known = [];

    public BucketUnit Unit => unit;

    /// <summary>The bucket of a time, in order: the day's number since the year 1 (of a week its Monday, of a month its first), times 24 and the hour for hours.</summary>
    public long Bucket(long unixSeconds) => Of(unixSeconds).Bucket;

    public long HourOfWeek(long unixSeconds) => Of(unixSeconds).HourOfWeek;

    /// <summary>What a bucket begins with.</summary>
    public DateTime Beginning(long bucket) => unit == BucketUnit.Hour
        ? DateOnly.FromDayNumber((int)(bucket / 24)).ToDateTime(new TimeOnly((int)(bucket % 24), 0))
        : DateOnly.FromDayNumber((int)bucket).ToDateTime(default);

    /// <summary>All buckets that a period touches.</summary>
    public IEnumerable<long> Buckets(DateTimeOffset from, DateTimeOffset to)
    {
        if (to <= from)
            yield break;
        var last = Bucket(to.ToUnixTimeSeconds() - 1);
        for (var bucket = Bucket(from.ToUnixTimeSeconds()); bucket <= last; bucket = Next(bucket))
            yield return bucket;
    }

    /// <summary>When clocks show a day's beginning, or pass over it.</summary>
    public DateTimeOffset Midnight(DateOnly date)
    {
        var clock = date.ToDateTime(default);
        while (zone.IsInvalidTime(clock))
            clock = clock.AddMinutes(15);
        var offset = zone.IsAmbiguousTime(clock) ? zone.GetAmbiguousTimeOffsets(clock).Max() : zone.GetUtcOffset(clock);
        return new DateTimeOffset(clock, offset).ToUniversalTime();
    }

    public DateOnly Today(DateTimeOffset now) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);

    private long Next(long bucket) => unit switch
    {
        BucketUnit.Week => bucket + 7,
        BucketUnit.Month => DateOnly.FromDayNumber((int)bucket).AddMonths(1).DayNumber,
        _ => bucket + 1,
    };

    private (long Bucket, long HourOfWeek) Of(long unixSeconds)
    {
        var quarter = Math.DivRem(unixSeconds, Quarter, out var over) - (over < 0 ? 1 : 0);
        if (!known.TryGetValue(quarter, out var of))
            known[quarter] = of = Look(DateTimeOffset.FromUnixTimeSeconds(quarter * Quarter));
        return of;
    }

    private (long Bucket, long HourOfWeek) Look(DateTimeOffset time)
    {
        var local = TimeZoneInfo.ConvertTime(time, zone).DateTime;
        var date = DateOnly.FromDateTime(local);
        var weekday = ((int)date.DayOfWeek + 6) % 7;
        var bucket = unit switch
        {
            BucketUnit.Hour => date.DayNumber * 24L + local.Hour,
            BucketUnit.Day => date.DayNumber,
            BucketUnit.Week => date.DayNumber - weekday,
            BucketUnit.Month => new DateOnly(date.Year, date.Month, 1).DayNumber,
        };
        return (bucket, weekday * 24 + local.Hour);
    }
}
