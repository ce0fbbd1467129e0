using Microsoft.Extensions.Time.Testing;

namespace Beseda.Journal.Tests;

/// <summary>What deliveries say of whether anything gets through.</summary>
public sealed class Outage_tests
{
    private readonly FakeTimeProvider clock = new(DateTimeOffset.UtcNow);
    private readonly Outage outage;

    public Outage_tests() => outage = new Outage(clock);

    [Fact]
    public void Five_conversations_that_fail_one_after_the_other_are_an_outage_and_one_that_fails_five_times_is_none()
    {
        Fail(1, 1, 1, 1, 1);
        Assert.False(outage.IsOn);

        Fail(2, 3, 4, 5);
        Assert.True(outage.IsOn);

        outage.GotThrough();
        Assert.False(outage.IsOn);
        Assert.Null(outage.Since);
    }

    [Fact]
    public void Probes_come_ever_later_a_minute_apart_at_the_most()
    {
        Fail(1, 2, 3, 4, 5);
        var waits = Enumerable.Range(0, 12).Select(_ =>
        {
            Assert.True(outage.TryProbe());
            Assert.False(outage.TryProbe());
            var wait = outage.ProbeAt - clock.GetUtcNow();
            clock.Advance(wait);
            return wait;
        }).ToList();

        Assert.InRange(waits[0], TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1));
        Assert.All(waits.TakeLast(4), wait => Assert.InRange(wait, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void It_is_hopeless_after_a_day_of_several_conversations_and_never_for_one()
    {
        Fail(1);
        clock.Advance(TimeSpan.FromHours(25));
        Fail(1);
        Assert.False(outage.IsHopeless);

        Fail(2);
        Assert.True(outage.IsHopeless);
    }

    [Fact]
    public void Others_get_through_when_something_has_within_ten_minutes()
    {
        Fail(1);
        Assert.True(outage.OthersGetThrough);
        clock.Advance(TimeSpan.FromMinutes(11));
        Fail(1);
        Assert.False(outage.OthersGetThrough);

        outage.GotThrough();
        Fail(1);
        Assert.True(outage.OthersGetThrough);
    }

    [Fact]
    public void Whoever_takes_over_goes_on_from_when_it_began()
    {
        var since = clock.GetUtcNow() - TimeSpan.FromHours(25);
        outage.Resume(since);
        Fail(1, 2);

        Assert.Equal(since, outage.Since);
        Assert.True(outage.IsHopeless);
    }

    private void Fail(params long[] lanes)
    {
        foreach (var lane in lanes)
            outage.Failed(lane);
    }
}
