using Beseda.Domain.Conversations;
using Beseda.Domain.Departments;
using Beseda.Domain.Visitors;
using static Beseda.Domain.Tests.Company;

namespace Beseda.Domain.Tests.Visitors;

/// <summary>Ivan and Olga are browsers; the customer behind them is Vera.</summary>
public sealed class Identifying_tests
{
    private readonly Company company = new(Routed.Hand);
    private readonly OperatorId anna;

    public Identifying_tests() => anna = company.Hires("Anna");

    private IReadOnlyList<Event> Identify(VisitorId? anonymous, string digest = "digest", VisitorId? otherwise = null) =>
        company.Do(new IdentifyVisitor("customer", digest, Persons.Profile("Vera"), otherwise ?? Vera, anonymous));

    [Fact]
    public void A_customer_who_is_new_here_becomes_a_visitor()
    {
        var identified = Assert.IsType<VisitorIdentified>(Assert.Single(Identify(null)));
        Assert.Equal((Vera, "customer", "digest", "Vera"), (identified.Visitor, identified.Customer, identified.ProfileDigest, identified.Words?.Name));
        Assert.Equal(Vera, company.Receipt.Visitor);
        Assert.Equal(Vera, company.State.Customers["customer"]);
    }

    [Fact]
    public void The_same_customer_is_the_same_visitor_everywhere()
    {
        Identify(null);

        Assert.Empty(Identify(null, otherwise: new VisitorId(900)));
        Assert.Equal(Vera, company.Receipt.Visitor);
    }

    [Fact]
    public void Only_what_changed_about_a_customer_is_written()
    {
        Identify(null);

        Assert.Equal("VisitorIdentified", Kinds(Identify(null, "changed", new VisitorId(900))));
        Assert.Empty(Identify(null, "changed"));
    }

    [Fact]
    public void An_open_conversation_moves_to_the_customer_and_goes_on_there()
    {
        var conversation = company.Serves(anna, Ivan);
        var happened = Identify(Ivan);

        Assert.Equal(new ConversationMoved(conversation, Vera, Ivan), happened[^1]);
        Assert.Equal((Vera, Stage.Active, anna), (company[conversation].Visitor, company[conversation].Stage, company[conversation].Operator));
        Assert.Equal(conversation, company.Writes(Vera));
        Assert.NotEqual(conversation, company.Writes(Ivan));
    }

    [Fact]
    public void After_moving_only_the_customer_sees_it()
    {
        var conversation = company.Writes(Ivan);
        Identify(Ivan);

        Assert.True(Visibility.Sees(company.State, new Actor.Visitor(Vera), company[conversation]));
        Assert.False(Visibility.Sees(company.State, new Actor.Visitor(Ivan), company[conversation]));
        Assert.Equal(Refusal.ConversationNotFound, company.Refusal(Ivan, new CloseConversation(conversation)));
    }

    [Fact]
    public void A_customer_s_own_open_conversation_goes_on_and_the_other_closes_as_merged()
    {
        Identify(null);
        var (own, other) = (company.Writes(Vera), company.Serves(anna, Ivan));
        var happened = Identify(Ivan);

        Assert.Equal(
            [new ConversationMerged(other, Ivan, own, Vera), new ConversationClosed(other, Vera, Closer.System, CloseReason.Merged, null)], happened);
        Assert.Equal((Stage.Queued, Stage.Closed), (company[own].Stage, company[other].Stage));
        Assert.Equal((own, null), (company.State.Visitors[Vera].Open, company.State.Visitors[Ivan].Open));
        Assert.Empty(company[other].Ratings);
        Assert.Equal(Vera, company[other].Visitor);
    }

    [Fact]
    public void A_conversation_that_is_over_stays_where_it_was()
    {
        var conversation = company.Writes(Ivan);
        company.Do(Ivan, new CloseConversation(null));
        Identify(Ivan);

        Assert.Equal(Ivan, company[conversation].Visitor);
    }

    [Fact]
    public void Signing_in_again_changes_nothing()
    {
        company.Writes(Ivan);
        Identify(Ivan);

        Assert.Empty(Identify(Ivan));
        Assert.Empty(Identify(Vera));
    }

    [Fact]
    public void The_customer_is_remembered_with_the_addresses_they_came_from()
    {
        company.Writes(Ivan);
        Identify(Ivan);
        company.Writes(Olga);
        Identify(Olga);

        Assert.Equal([Ivan, Olga], company.State.Visitors[Vera].Formerly);
    }

    [Fact]
    public void Only_the_newest_eight_addresses_are_remembered()
    {
        var browsers = Enumerable.Range(1, 10).Select(one => new VisitorId(500 + one)).ToList();
        foreach (var browser in browsers)
        {
            company.Writes(browser);
            Identify(browser);
            company.Do(Vera, new CloseConversation(null));
        }

        Assert.Equal(browsers.Skip(2), company.State.Visitors[Vera].Formerly);
    }

    [Fact]
    public void Who_served_the_browser_is_the_customer_s_last_operator()
    {
        var nikolay = company.Hires("Nikolay");
        company.Serves(anna, Ivan);
        Identify(Ivan);
        Assert.Equal(anna, company.State.Visitors[Vera].LastOperator);

        company.Do(Vera, new CloseConversation(null));
        company.Serves(nikolay, Olga);
        Identify(Olga);
        Assert.Equal(nikolay, company.State.Visitors[Vera].LastOperator);
    }

    [Fact]
    public void A_browser_that_nobody_served_does_not_make_the_customer_s_last_operator_forgotten()
    {
        Identify(null);
        company.Serves(anna, Vera);
        company.Do(Vera, new CloseConversation(null));
        company.Writes(Olga);
        Identify(Olga);

        Assert.Equal(anna, company.State.Visitors[Vera].LastOperator);
    }

    [Fact]
    public void Only_a_door_that_checked_the_signature_identifies()
    {
        var command = new IdentifyVisitor("customer", "digest", Persons.Profile("Vera"), Vera, null);

        Assert.Equal(Refusal.NotAllowed, company.Refusal(Ivan, command));
        Assert.Equal(Refusal.NotAllowed, company.Refusal(company.Admin, command));
    }
}
