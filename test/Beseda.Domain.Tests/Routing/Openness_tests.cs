using Beseda.Domain.Departments;
using Beseda.Domain.Operators;
using Beseda.Domain.Routing;
using static Beseda.Domain.Tests.Company;

namespace Beseda.Domain.Tests.Routing;

/// <summary>What the widget says before anybody writes.</summary>
public sealed class Openness_tests
{
    private readonly Company company = new(Routed.Hand);

    private Openness Now => Opennesses.Of(company.State, company.Support);

    [Fact]
    public void With_nobody_there_it_is_offline()
    {
        Assert.Equal(Openness.Offline, Now);
        company.Hires("Away", status: Status.Away);
        company.Do(new LoseConnection(company.Hires("Lost")));
        Assert.Equal(Openness.Offline, Now);
    }

    [Fact]
    public void With_somebody_free_it_is_online_and_with_all_at_their_limit_busy()
    {
        var anna = company.Hires("Anna", limit: 1);
        Assert.Equal(Openness.Online, Now);
        company.Serves(anna, Ivan);
        Assert.Equal(Openness.Busy, Now);
        company.Hires("Nikolay");
        Assert.Equal(Openness.Online, Now);
    }

    [Fact]
    public void Each_department_has_its_own_and_the_account_the_best()
    {
        var sales = company.Opens("Sales", Routed.Hand);
        company.Hires("Boris", departments: [sales]);

        Assert.Equal(Openness.Offline, Now);
        Assert.Equal(Openness.Online, Opennesses.Of(company.State, sales));
        Assert.Equal(Openness.Online, Opennesses.Of(company.State, null));
    }
}
