using System.Collections.Immutable;

namespace Beseda.Domain.Hours;

/// <summary>
/// When a department works, on the clocks of its own time zone. A shift begins when the clock first shows its beginning or
/// would have, and ends when it last shows its end: where clocks are put forward or back, a night has 23 or 25 hours.
/// </summary>
/// <param name="Zone">As the tz database names it: <c>Europe/Moscow</c>. One that this machine does not know is taken for UTC.</param>
/// <param name="Week">Shifts may overlap, and last over midnight. Empty: only <paramref name="Days"/>.</param>
/// <param name="Days">On these dates other shifts begin than on that day of the week: holidays, and days worked instead.</param>
public sealed record WorkingHours(string Zone, ImmutableArray<Shift> Week, ImmutableArray<SpecialDay> Days)
{
    /// <summary>Shifts of the week that an account begins with: none of them is ever over.</summary>
    public static ImmutableArray<Shift> Always { get; } = [.. Enum.GetValues<DayOfWeek>().Select(day => new Shift(day, default))];

    /// <returns>Somebody should be there.</returns>
    public bool Cover(DateTimeOffset at) => Openings(at, at).Any(opening => opening.From <= at && at < opening.To);

    /// <returns>How much of a time was worked; none where it ends before it begins.</returns>
    public TimeSpan Within(DateTimeOffset from, DateTimeOffset to)
    {
        var (sum, counted) = (TimeSpan.Zero, from);
        foreach (var opening in Openings(from, to).OrderBy(one => one.From))
        {
            var begin = opening.From > counted ? opening.From : counted;
            var end = opening.To < to ? opening.To : to;
            if (end <= begin)
                continue;
            sum += end - begin;
            counted = end;
        }

        return sum;
    }

    /// <returns>When somebody will be there; now, if somebody is. Null: not within a year.</returns>
    public DateTimeOffset? NextAfter(DateTimeOffset at) => Cover(at) ? at : Openings(at, at.AddYears(1))
        .Where(opening => opening.From > at && opening.To > opening.From).Select(opening => (DateTimeOffset?)opening.From).Min();

    public bool Equals(WorkingHours? other) =>
        other is not null && Zone == other.Zone && Week.SequenceEqual(other.Week) && Days.SequenceEqual(other.Days);

    public override int GetHashCode() => HashCode.Combine(Zone, Week.Length, Days.Length);

    /// <summary>All that touch a time, and perhaps some beside it.</summary>
    private IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Openings(DateTimeOffset from, DateTimeOffset to)
    {
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out var known) ? known : TimeZoneInfo.Utc;
        var last = DateOf(zone, to);
        // A shift of yesterday may last until today.
        for (var date = DateOf(zone, from).AddDays(-1); date <= last; date = date.AddDays(1))
            foreach (var shift in On(date))
                yield return (Instant(zone, date.ToDateTime(shift.From), last: false), Instant(zone, date.AddDays(shift.To > shift.From ? 0 : 1).ToDateTime(shift.To), last: true));
    }

    private IEnumerable<Opening> On(DateOnly date) => Days.FirstOrDefault(day => day.Date == date) is { } special
        ? special.Openings
        : Week.Where(shift => shift.Day == date.DayOfWeek).Select(shift => shift.Opening);

    private static DateOnly DateOf(TimeZoneInfo zone, DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    /// <summary>When clocks show a time, or pass over it.</summary>
    /// <param name="last">Where they show it twice, the second time.</param>
    private static DateTimeOffset Instant(TimeZoneInfo zone, DateTime clock, bool last)
    {
        while (zone.IsInvalidTime(clock))
            clock = clock.AddMinutes(1);
        if (!zone.IsAmbiguousTime(clock))
            return new DateTimeOffset(clock, zone.GetUtcOffset(clock)).ToUniversalTime();
        var offsets = zone.GetAmbiguousTimeOffsets(clock);
        return new DateTimeOffset(clock, last ? offsets.Min() : offsets.Max()).ToUniversalTime();
    }
}

/// <param name="To">The next time that clocks show this: an opening to its own beginning lasts a day.</param>
public readonly record struct Opening(TimeOnly From, TimeOnly To);

/// <param name="Day">On which it begins.</param>
public readonly record struct Shift(DayOfWeek Day, Opening Opening);

/// <param name="Openings">Those that begin on it, on whatever day of the week; none: a holiday.</param>
public sealed record SpecialDay(DateOnly Date, ImmutableArray<Opening> Openings)
{
    public bool Equals(SpecialDay? other) => other is not null && Date == other.Date && Openings.SequenceEqual(other.Openings);

    public override int GetHashCode() => Date.GetHashCode();
}
