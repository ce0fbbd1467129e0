using Beseda.Domain.Accounts;
using Beseda.Domain.Departments;

namespace Beseda.Domain.Tests.Accounts;

public sealed class Account_tests
{
    private static readonly Account Demo = new("demo", "Провайдер", ["https://demo.example"], "#0a7", 5, "key");

    private readonly Company company = new(Routed.Hand);

    [Fact]
    public void Settings_are_replaced_whole()
    {
        company.Do(company.Admin, new ChangeAccount(Demo));

        Assert.Equal(Demo, company.State.Account);
    }

    [Fact]
    public void Saving_what_is_so_already_changes_nothing()
    {
        company.Do(new ChangeAccount(Demo));

        Assert.Empty(company.Do(new ChangeAccount(Demo with { Origins = ["https://demo.example"] })));
        foreach (var other in new[]
        {
            Demo with { Key = "x" }, Demo with { Name = "x" }, Demo with { Origins = [] }, Demo with { Accent = null },
            Demo with { RatingScale = 10 }, Demo with { IdentityKey = "x" },
        })
            Assert.True(company.Ask(Actor.System.Itself, new ChangeAccount(other)) is Outcome.Accepted { Events.Count: 1 });
    }
}
