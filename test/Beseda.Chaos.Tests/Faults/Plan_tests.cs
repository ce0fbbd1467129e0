using Beseda.Chaos.Faults;

namespace Beseda.Chaos.Tests.Faults;

public sealed class Plan_tests
{
    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);

    [Fact]
    public void Ten_minutes_hold_a_hundred_faults_and_enough_of_each()
    {
        var plan = Plan.Make(new Random(1), TenMinutes, postgres: true);
        Assert.InRange(plan.Count, 100, 200);
        Assert.InRange(Count(plan, FaultKind.Kill), 40, 100);
        Assert.InRange(Count(plan, FaultKind.Stop) + Count(plan, FaultKind.LongStop), 15, 100);
        Assert.InRange(Count(plan, FaultKind.Restart), 5, 100);
        Assert.InRange(Count(plan, FaultKind.FailOver), 3, 100);
    }

    [Fact]
    public void A_short_run_has_one_of_each_at_least() =>
        Assert.Equal(Enum.GetValues<FaultKind>(), Plan.Make(new Random(1), TimeSpan.FromSeconds(10), postgres: true).Select(fault => fault.Kind).Distinct().Order());

    [Fact]
    public void The_same_seed_makes_the_same_plan() =>
        Assert.Equal(Plan.Make(new Random(7), TenMinutes, postgres: true), Plan.Make(new Random(7), TenMinutes, postgres: true));

    private static int Count(IReadOnlyList<Fault> plan, FaultKind kind) => plan.Count(fault => fault.Kind == kind);
}
