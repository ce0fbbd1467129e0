using Beseda.Domain.Conversations;
using Beseda.Domain.Departments;
using Beseda.Domain.Routing;
using static Beseda.Domain.Tests.Company;

namespace Beseda.Domain.Tests.Routing;

public sealed class Offering_tests
{
    private readonly Company company = new(Routed.Automatic);
    private readonly OperatorId anna;
    private readonly OperatorId nikolay;

    public Offering_tests()
    {
        anna = company.Hires("Anna");
        nikolay = company.Hires("Nikolay");
    }

    private Why LastWhy => company.Journal.Select(one => one.Event).OfType<ConversationAssigned>().Last().Why;

    [Fact]
    public void An_offer_says_until_when_it_is_to_be_accepted()
    {
        var conversation = company.Writes(Ivan);

        Assert.Equal(company.Now + AcceptWithin, company[conversation].Until);
        Assert.Equal(company.Now + AcceptWithin, company.State.Due);
    }

    [Fact]
    public void An_offer_lapses_at_its_time_and_not_a_moment_earlier()
    {
        var conversation = company.Writes(Ivan);

        Assert.Empty(company.Ticks(after: AcceptWithin - Moment));
        Assert.Equal(anna, company[conversation].Operator);
        Assert.NotEmpty(company.Ticks(after: Moment));
        Assert.Equal(nikolay, company[conversation].Operator);
        Assert.Empty(company.Ticks());
    }

    [Fact]
    public void A_lapsed_offer_returns_to_the_head_of_its_queue_and_the_next_operator_is_asked()
    {
        var conversation = company.Writes(Ivan);
        var happened = company.Ticks(after: AcceptWithin);

        Assert.Equal("ConversationQueued, ConversationAssigned", Kinds(happened));
        var queued = (ConversationQueued)happened[0];
        Assert.Equal((QueueReason.AcceptTimeout, 1), (queued.Reason, queued.Position));
        var assigned = (ConversationAssigned)happened[1];
        Assert.Equal((nikolay, company.Now + AcceptWithin), (assigned.Operator, assigned.Until));
        Assert.Contains(new PassedOver(anna, Hindrance.MissedOffer), assigned.Why.PassedOver);
        Assert.Equal([anna], company[conversation].Missed);
    }

    [Fact]
    public void Whoever_missed_it_is_asked_again_only_after_everybody_else()
    {
        company.Hires("Petr");
        var conversation = company.Writes(Ivan);
        var asked = new List<OperatorId?>();
        for (var turn = 0; turn < 7; turn++)
        {
            asked.Add(company[conversation].Operator);
            company.Ticks(after: AcceptWithin);
        }

        Assert.Equal(3, asked.Take(3).Distinct().Count());
        Assert.Equal(asked.Take(3), asked.Skip(3).Take(3));
        Assert.Equal(asked[0], asked[6]);
    }

    [Fact]
    public void When_all_have_missed_it_the_reason_still_names_everybody()
    {
        company.Writes(Ivan);
        company.Ticks(after: AcceptWithin);
        company.Ticks(after: AcceptWithin);

        Assert.Equal([anna], LastWhy.Considered.Select(one => one.Operator));
        Assert.Equal([new PassedOver(nikolay, Hindrance.MissedOffer)], LastWhy.PassedOver);
    }

    [Fact]
    public void Who_is_alone_is_asked_again_and_again()
    {
        company.Do(nikolay, new Domain.Operators.SetStatus(Domain.Operators.Status.Offline));
        var conversation = company.Writes(Ivan);
        for (var turn = 0; turn < 3; turn++)
            Assert.Equal("ConversationQueued, ConversationAssigned", Kinds(company.Ticks(after: AcceptWithin)));

        Assert.Equal((Stage.Assigned, anna), (company[conversation].Stage, company[conversation].Operator));
        Assert.Equal([anna], company[conversation].Missed);
    }

    [Fact]
    public void A_missed_offer_counts_even_against_the_visitor_s_last_operator()
    {
        company.Serves(anna, Ivan);
        company.Do(Ivan, new CloseConversation(null));
        var conversation = company.Writes(Ivan);
        Assert.Equal(anna, company[conversation].Operator);

        company.Ticks(after: AcceptWithin);
        Assert.Equal(nikolay, company[conversation].Operator);
    }

    [Fact]
    public void Missing_one_conversation_says_nothing_about_the_next()
    {
        company.Writes(Ivan);
        company.Ticks(after: AcceptWithin);
        company.Do(nikolay, new TakeConversation(company.State.Visitors[Ivan].Open!.Value));

        Assert.Equal(anna, company[company.Writes(Olga)].Operator);
    }

    [Fact]
    public void Once_accepted_who_missed_it_is_forgotten()
    {
        var conversation = company.Writes(Ivan);
        company.Ticks(after: AcceptWithin);
        company.Do(nikolay, new TakeConversation(conversation));

        Assert.Empty(company[conversation].Missed);
    }

    [Fact]
    public void Once_handed_over_who_missed_it_is_forgotten()
    {
        var sales = company.Opens("Sales", Routed.Hand);
        var conversation = company.Writes(Ivan);
        company.Ticks(after: AcceptWithin);
        company.Do(nikolay, new TransferConversation(conversation, null, sales, null));

        Assert.Empty(company[conversation].Missed);
    }

    [Fact]
    public void A_conversation_offered_to_one_is_not_offered_to_another()
    {
        var conversation = company.Writes(Ivan);
        company.Hires("Petr");

        Assert.Equal(anna, company[conversation].Operator);
        Assert.Equal(Refusal.AlreadyTaken, company.Refusal(nikolay, new TakeConversation(conversation)));
    }

    [Fact]
    public void An_offer_stands_when_the_department_turns_to_picking_by_hand()
    {
        var conversation = company.Writes(Ivan);
        company.Changes(company.Support, one => one with { Routing = Routed.Hand });
        Assert.Equal(anna, company[conversation].Operator);

        company.Ticks(after: AcceptWithin);
        Assert.Equal(Stage.Queued, company[conversation].Stage);
    }
}
