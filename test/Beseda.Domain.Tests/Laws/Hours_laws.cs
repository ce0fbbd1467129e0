using Beseda.Domain.Hours;
using FsCheck;
using FsCheck.Fluent;

namespace Beseda.Domain.Tests.Laws;

public sealed class Hours_laws
{
    private static readonly string[] Zones = ["UTC", "Europe/Moscow", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Asia/Beirut", "Pacific/Apia"];

    private static readonly Gen<TimeOnly> Quarter = Gen.Choose(0, 95).Select(i => TimeOnly.MinValue.AddMinutes(i * 15));

    private static readonly Gen<Opening> Opening = Quarter.Two().Select(times => new Opening(times.Item1, times.Item2));

    private static readonly Gen<WorkingHours> Hours =
        from zone in Gen.Elements(Zones)
        from week in Gen.Choose(0, 6).Zip(Opening).Select(one => new Shift((DayOfWeek)one.Item1, one.Item2)).ListOf()
        from days in Gen.Choose(0, 364).Zip(Opening.ListOf()).Select(one => new SpecialDay(new DateOnly(2026, 1, 1).AddDays(one.Item1), [.. one.Item2])).ListOf()
        select new WorkingHours(zone, [.. week], [.. days]);

    private static readonly Gen<DateTimeOffset> Time = Gen.Choose(0, 365 * 96).Select(i => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(i * 15));

    /// <summary>Clocks everywhere show quarters of an hour at the same instants, so that two days are counted by asking at each.</summary>
    [Fact]
    public void What_is_worked_of_a_time_is_the_sum_of_the_instants_that_are_covered() => Holds((hours, from, _) =>
    {
        var covered = Enumerable.Range(0, 2 * 96).Count(i => hours.Cover(from.AddMinutes(i * 15)));
        Assert.Equal(TimeSpan.FromMinutes(covered * 15), hours.Within(from, from.AddDays(2)));
    });

    [Fact]
    public void Times_one_after_the_other_add_up() => Holds((hours, one, other) =>
    {
        var (from, to) = one < other ? (one, other) : (other, one);
        var between = from + ((to - from) / 3);
        Assert.Equal(hours.Within(from, to), hours.Within(from, between) + hours.Within(between, to));
        Assert.InRange(hours.Within(from, to), TimeSpan.Zero, to - from);
    });

    [Fact]
    public void Nobody_is_there_before_somebody_is() => Holds((hours, at, _) =>
    {
        if (hours.NextAfter(at) is not { } next)
            Assert.Equal(TimeSpan.Zero, hours.Within(at, at.AddDays(360)));
        else
            Assert.Equal((TimeSpan.Zero, true), (hours.Within(at, next), hours.Cover(next)));
    });

    private static void Holds(Action<WorkingHours, DateTimeOffset, DateTimeOffset> law) =>
        Prop.ForAll(Hours.Zip(Time.Two()).ToArbitrary(), one => law(one.Item1, one.Item2.Item1, one.Item2.Item2))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithQuietOnSuccess(true));
}
