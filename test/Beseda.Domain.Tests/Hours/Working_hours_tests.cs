using System.Globalization;
using Beseda.Domain.Hours;

namespace Beseda.Domain.Tests.Hours;

public sealed class Working_hours_tests
{
    private static readonly WorkingHours Office = new("Europe/Moscow",
        [.. Enumerable.Range(1, 5).Select(day => new Shift((DayOfWeek)day, Opening("09:00", "18:00")))],
        [new SpecialDay(new DateOnly(2026, 11, 4), []), new SpecialDay(new DateOnly(2026, 11, 7), [Opening("10:00", "14:00")])]);

    [Theory]
    [InlineData("2026-11-23T09:00+03:00", true)]
    [InlineData("2026-11-23T08:59:59+03:00", false)]
    [InlineData("2026-11-23T17:59:59+03:00", true)]
    [InlineData("2026-11-23T18:00+03:00", false)]
    [InlineData("2026-11-23T06:00Z", true)]
    [InlineData("2026-11-22T12:00+03:00", false)]
    [InlineData("2026-11-04T12:00+03:00", false)]
    [InlineData("2026-11-07T12:00+03:00", true)]
    [InlineData("2026-11-07T14:00+03:00", false)]
    public void They_cover_what_the_week_says_but_for_special_days(string at, bool covered) => Assert.Equal(covered, Office.Cover(At(at)));

    [Theory]
    [InlineData("2026-11-23T09:00+03:00", "2026-11-23T18:00+03:00", "09:00:00")]
    [InlineData("2026-11-20T17:00+03:00", "2026-11-23T10:00+03:00", "02:00:00")]
    [InlineData("2026-11-03T17:30+03:00", "2026-11-05T09:00:05+03:00", "00:30:05")]
    [InlineData("2026-11-21T00:00+03:00", "2026-11-22T23:59+03:00", "00:00:00")]
    [InlineData("2026-11-23T10:00+03:00", "2026-11-23T09:00+03:00", "00:00:00")]
    public void Only_what_is_worked_of_a_time_counts(string from, string to, string worked) =>
        Assert.Equal(TimeSpan.Parse(worked, CultureInfo.InvariantCulture), Office.Within(At(from), At(to)));

    [Theory]
    [InlineData("2026-11-23T10:00+03:00", "2026-11-23T10:00+03:00")]
    [InlineData("2026-11-20T18:00+03:00", "2026-11-23T09:00+03:00")]
    [InlineData("2026-11-03T19:00+03:00", "2026-11-05T09:00+03:00")]
    public void They_say_when_somebody_will_be_there(string at, string next) => Assert.Equal(At(next), Office.NextAfter(At(at)));

    [Fact]
    public void Who_never_works_will_never_be_there()
    {
        var never = new WorkingHours("Europe/Moscow", [], []);
        Assert.Null(never.NextAfter(At("2026-11-23T10:00+03:00")));
        Assert.Equal(TimeSpan.Zero, never.Within(At("2026-01-01T00:00Z"), At("2027-01-01T00:00Z")));
    }

    /// <summary>On 29 March 2026 Berlin's clocks go from 2 to 3, on 25 October from 3 back to 2.</summary>
    [Theory]
    [InlineData("2026-03-28T22:00+01:00", "2026-03-29T06:00+02:00", "07:00:00")]
    [InlineData("2026-10-24T22:00+02:00", "2026-10-25T06:00+01:00", "09:00:00")]
    public void A_night_lasts_as_long_as_it_does(string from, string to, string worked)
    {
        var night = new WorkingHours("Europe/Berlin", [.. Enum.GetValues<DayOfWeek>().Select(day => new Shift(day, Opening("22:00", "06:00")))], []);
        Assert.Equal(TimeSpan.Parse(worked, CultureInfo.InvariantCulture), night.Within(At(from).AddHours(-3), At(to).AddHours(3)));
        Assert.True(night.Cover(At(from)) && !night.Cover(At(to)));
    }

    [Fact]
    public void What_clocks_pass_over_is_worked_from_there_and_what_they_show_twice_until_the_second_time()
    {
        var early = new WorkingHours("Europe/Berlin", [new Shift(DayOfWeek.Sunday, Opening("02:30", "04:00"))], []);
        Assert.Equal(At("2026-03-29T03:00+02:00"), early.NextAfter(At("2026-03-29T00:00+01:00")));
        var late = new WorkingHours("Europe/Berlin", [new Shift(DayOfWeek.Sunday, Opening("02:00", "02:30"))], []);
        Assert.Equal(TimeSpan.FromMinutes(90), late.Within(At("2026-10-25T00:00+02:00"), At("2026-10-25T06:00+01:00")));
    }

    [Fact]
    public void Around_the_clock_every_second_counts_once()
    {
        var always = new WorkingHours("Europe/Berlin", WorkingHours.Always.AddRange(Office.Week), []);
        var (from, to) = (At("2026-03-01T10:00:01Z"), At("2026-11-23T12:34:56.789Z"));
        Assert.Equal(to - from, always.Within(from, to));
    }

    [Fact]
    public void A_zone_that_nobody_knows_is_taken_for_UTC() =>
        Assert.True((Office with { Zone = "Mars/Olympus" }).Cover(At("2026-11-23T09:00Z")));

    [Fact]
    public void The_same_hours_are_equal()
    {
        Assert.Equal(Office, Office with { Week = [.. Office.Week], Days = [.. Office.Days.Select(day => day with { Openings = [.. day.Openings] })] });
        Assert.NotEqual(Office, Office with { Days = [] });
    }

    private static Opening Opening(string from, string to) => new(TimeOnly.Parse(from, CultureInfo.InvariantCulture), TimeOnly.Parse(to, CultureInfo.InvariantCulture));

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
}
