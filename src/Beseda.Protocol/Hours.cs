using System.Text.Json.Serialization;

namespace Beseda.Protocol;

/// <summary>When a department works, on the clocks of its own time zone.</summary>
/// <param name="Zone">As the tz database names it: <c>Europe/Moscow</c>.</param>
/// <param name="Week">At most 50. They may overlap, and last over midnight.</param>
/// <param name="Days">At most 100 dates with openings of their own: holidays, and days worked instead. Missing: none.</param>
public sealed record WorkingHours(string Zone, IReadOnlyList<Shift> Week, IReadOnlyList<SpecialDay>? Days = null);

/// <param name="Day">On which it begins.</param>
/// <param name="From"><c>09:00</c>.</param>
/// <param name="To">The next time that clocks show this: <c>00:00</c> to <c>00:00</c> is a whole day.</param>
public sealed record Shift(Weekday Day, string From, string To);

/// <param name="Date"><c>2027-01-01</c>.</param>
/// <param name="Openings">At most 10; none: nobody works.</param>
public sealed record SpecialDay(string Date, IReadOnlyList<Opening> Openings);

/// <param name="From">As of a <see cref="Shift"/>.</param>
public sealed record Opening(string From, string To);

[JsonConverter(typeof(Lower<Weekday>))]
public enum Weekday { Sunday, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday }
