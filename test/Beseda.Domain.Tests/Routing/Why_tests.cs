using Beseda.Domain.Conversations;
using Beseda.Domain.Departments;
using Beseda.Domain.Operators;
using Beseda.Domain.Routing;
using static Beseda.Domain.Tests.Company;

namespace Beseda.Domain.Tests.Routing;

/// <summary>“Why B and not A?” is answered from the journal.</summary>
public sealed class Why_tests
{
    private readonly Company company = new(Routed.Automatic);

    private Why Asked(VisitorId visitor) =>
        company.Do(visitor, new PostMessage("a", "?")).OfType<ConversationAssigned>().Single().Why;

    [Fact]
    public void Whoever_could_not_have_it_is_named_with_the_reason()
    {
        var away = company.Hires("Away", status: Status.Away);
        var offline = company.Hires("Offline", status: Status.Offline);
        var lost = company.Hires("Lost");
        company.Do(new LoseConnection(lost));
        var full = company.Hires("Full", limit: 0);
        var anna = company.Hires("Anna");

        var why = Asked(Ivan);

        Assert.Equal((Rule.OnlyOne, anna), (why.Rule, why.Considered.Single().Operator));
        Assert.Equal(
            [new(away, Hindrance.Away), new(offline, Hindrance.Offline), new(lost, Hindrance.Unreachable), new(full, Hindrance.AtLimit)],
            why.PassedOver);
        Assert.Empty(why.More);
    }

    [Fact]
    public void Whoever_could_have_had_it_is_named_after_the_one_chosen_with_what_was_compared()
    {
        var (anna, nikolay, boris) = (company.Hires("Anna"), company.Hires("Nikolay"), company.Hires("Boris", limit: 7));
        company.Writes(Ivan);
        company.Writes(Olga);

        var why = Asked(Petr);

        Assert.Equal(Rule.FewestOpen, why.Rule);
        Assert.Equal([(boris, 0, 7), (anna, 1, 4), (nikolay, 1, 4)], why.Considered.Select(one => (one.Operator, one.Open, one.Limit)));
        Assert.Equal(company.Journal.Last(one => one.Event is ConversationAssigned { } assigned && assigned.Operator == anna).At,
            why.Considered[1].IdleSince);
    }

    [Fact]
    public void The_last_operator_stands_first_although_others_have_fewer()
    {
        var anna = company.Hires("Anna");
        company.Serves(anna, Ivan);
        company.Do(Ivan, new CloseConversation(null));
        company.Serves(anna, Olga);
        var nikolay = company.Hires("Nikolay");

        Assert.Equal([anna, nikolay], Asked(Ivan).Considered.Select(one => one.Operator));
    }

    [Fact]
    public void Strangers_and_the_disabled_are_not_mentioned()
    {
        company.Hires("Elsewhere", departments: [company.Opens("Sales", Routed.Hand)]);
        company.Changes(company.Hires("Disabled"), one => one with { Enabled = false });
        var anna = company.Hires("Anna");

        var why = Asked(Ivan);

        Assert.Equal([anna], why.Considered.Select(one => one.Operator));
        Assert.Empty(why.PassedOver);
    }

    [Fact]
    public void Ten_are_named_at_most_and_the_rest_are_counted_by_reason()
    {
        for (var one = 0; one < 6; one++)
            company.Hires($"There {one}");
        for (var one = 0; one < 5; one++)
            company.Hires($"Away {one}", status: Status.Away);
        for (var one = 0; one < 3; one++)
            company.Hires($"Offline {one}", status: Status.Offline);

        var why = Asked(Ivan);

        Assert.Equal((6, 4), (why.Considered.Length, why.PassedOver.Length));
        Assert.Equal([new(Hindrance.Offline, 3), new(Hindrance.Away, 1)], why.More);
    }

    [Fact]
    public void Of_more_than_ten_who_could_have_had_it_the_rest_were_not_chosen()
    {
        for (var one = 0; one < 12; one++)
            company.Hires($"There {one}");
        company.Hires("Away", status: Status.Away);

        var why = Asked(Ivan);

        Assert.Equal((10, 0), (why.Considered.Length, why.PassedOver.Length));
        Assert.Equal([new(Hindrance.Away, 1), new(Hindrance.NotChosen, 2)], why.More);
    }
}
