using System.Collections.Immutable;
using System.Globalization;
using Beseda.Domain.Hours;

namespace Beseda.Server.Accounts;

/// <summary>Working hours as administrators write them.</summary>
internal static class Hours
{
    private const string Clock = "HH:mm";
    private const string Date = "yyyy-MM-dd";
    private const int MostShifts = 50;
    private const int MostDays = 100;
    private const int MostOpenings = 10;

    /// <returns>What is wrong; null: nothing.</returns>
    public static string? Check(Wire.WorkingHours hours)
    {
        var days = hours.Days ?? [];
        if (!IsZone(hours.Zone))
            return "zone: a name of the tz database, like Europe/Moscow.";
        if (hours.Week.Count > MostShifts || days.Count > MostDays || days.Any(day => day.Openings.Count > MostOpenings))
            return $"At most {MostShifts} shifts, {MostDays} days, {MostOpenings} openings of a day.";
        var openings = hours.Week.Select(shift => new Wire.Opening(shift.From, shift.To)).Concat(days.SelectMany(day => day.Openings));
        if (!openings.All(one => IsTime(one.From) && IsTime(one.To)))
            return "from, to: like 09:00.";
        if (!days.All(day => DateOnly.TryParseExact(day.Date, Date, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)))
            return "date: like 2027-01-01.";
        return days.DistinctBy(day => day.Date).Count() < days.Count ? "date: one day twice." : null;
    }

    /// <param name="hours">Checked.</param>
    public static WorkingHours? From(Wire.WorkingHours? hours) => hours is null ? null : new WorkingHours(
        hours.Zone,
        [.. hours.Week.Select(shift => new Shift((DayOfWeek)shift.Day, Opening(shift.From, shift.To)))],
        [.. (hours.Days ?? []).Select(day => new SpecialDay(DateOnly.ParseExact(day.Date, Date, CultureInfo.InvariantCulture), Openings(day))).OrderBy(day => day.Date)]);

    public static Wire.WorkingHours? Of(WorkingHours? hours) => hours is null ? null : new Wire.WorkingHours(
        hours.Zone,
        [.. hours.Week.Select(shift => new Wire.Shift((Wire.Weekday)shift.Day, Told(shift.Opening.From), Told(shift.Opening.To)))],
        hours.Days.IsEmpty ? null : [.. hours.Days.Select(day => new Wire.SpecialDay(
            day.Date.ToString(Date, CultureInfo.InvariantCulture), [.. day.Openings.Select(one => new Wire.Opening(Told(one.From), Told(one.To)))]))]);

    private static ImmutableArray<Opening> Openings(Wire.SpecialDay day) => [.. day.Openings.Select(one => Opening(one.From, one.To))];

    private static Opening Opening(string from, string to) =>
        new(TimeOnly.ParseExact(from, Clock, CultureInfo.InvariantCulture), TimeOnly.ParseExact(to, Clock, CultureInfo.InvariantCulture));

    public static bool IsZone(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId;

    private static bool IsTime(string text) => TimeOnly.TryParseExact(text, Clock, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static string Told(TimeOnly time) => time.ToString(Clock, CultureInfo.InvariantCulture);
}
