using Beseda.Domain.Conversations;
using Beseda.Domain.Departments;
using Beseda.Domain.Operators;
using Beseda.Domain.Routing;
using static Beseda.Domain.Tests.Company;

namespace Beseda.Domain.Tests.Conversations;

public sealed class Taking_tests
{
    private readonly Company company = new(Routed.Hand);
    private readonly OperatorId anna;
    private readonly OperatorId nikolay;

    public Taking_tests()
    {
        anna = company.Hires("Anna", limit: 1);
        nikolay = company.Hires("Nikolay");
    }

    [Fact]
    public void An_operator_takes_what_waits_and_has_it_at_once()
    {
        var conversation = company.Writes(Ivan);
        var happened = company.Do(anna, new TakeConversation(conversation));

        var assigned = Assert.IsType<ConversationAssigned>(happened[0]);
        Assert.Equal((anna, null, Rule.Hand), (assigned.Operator, assigned.Until, assigned.Why.Rule));
        Assert.Equal([(anna, 0, 1)], assigned.Why.Considered.Select(one => (one.Operator, one.Open, one.Limit)));
        Assert.Equal(new ConversationAccepted(conversation, Ivan, anna), happened[1]);
        Assert.Equal((Stage.Active, anna), (company[conversation].Stage, company[conversation].Operator));
    }

    [Fact]
    public void Taking_what_is_mine_already_is_an_answer_not_an_error()
    {
        var conversation = company.Serves(anna, Ivan);

        Assert.Empty(company.Do(anna, new TakeConversation(conversation)));
    }

    [Fact]
    public void What_another_operator_has_is_taken()
    {
        var conversation = company.Serves(anna, Ivan);

        Assert.Equal(Refusal.AlreadyTaken, company.Refusal(nikolay, new TakeConversation(conversation)));
        Assert.Equal(Refusal.AlreadyTaken, company.Refusal(company.Admin, new TakeConversation(conversation)));
    }

    [Fact]
    public void Accepting_what_is_offered_to_me()
    {
        var conversation = company.Serves(anna, Ivan);
        company.Do(anna, new TransferConversation(conversation, nikolay, null, null));
        var happened = company.Do(nikolay, new TakeConversation(conversation));

        Assert.Equal([new ConversationAccepted(conversation, Ivan, nikolay)], happened);
        Assert.Equal((Stage.Active, null), (company[conversation].Stage, company[conversation].Until));
    }

    [Fact]
    public void Accepting_late_is_still_accepting_while_nobody_else_has_it()
    {
        var conversation = company.Serves(anna, Ivan);
        company.Do(anna, new TransferConversation(conversation, nikolay, null, null));
        company.Wait(AcceptWithin * 2);

        Assert.Null(company.Refusal(nikolay, new TakeConversation(conversation)));
    }

    [Fact]
    public void By_hand_an_operator_may_go_over_their_limit()
    {
        company.Serves(anna, Ivan);
        company.Serves(anna, Olga);

        Assert.Equal(2, company.State.Index.Of(anna).Count);
    }

    [Fact]
    public void Somebody_shown_as_away_or_offline_may_take_a_conversation()
    {
        company.Do(anna, new SetStatus(Status.Away));
        company.Do(nikolay, new SetStatus(Status.Offline));

        Assert.Equal(Stage.Active, company[company.Serves(anna, Ivan)].Stage);
        Assert.Equal(Stage.Active, company[company.Serves(nikolay, Olga)].Stage);
    }

    [Fact]
    public void What_is_closed_cannot_be_taken()
    {
        var conversation = company.Serves(anna, Ivan);
        company.Do(anna, new CloseConversation(conversation));

        Assert.Equal(Refusal.ConversationClosed, company.Refusal(anna, new TakeConversation(conversation)));
    }

    [Fact]
    public void What_an_operator_does_not_see_cannot_be_taken()
    {
        var conversation = company.Writes(Ivan, company.Opens("Sales", Routed.Hand));

        Assert.Equal(Refusal.ConversationNotFound, company.Refusal(anna, new TakeConversation(conversation)));
        Assert.Equal(Refusal.ConversationNotFound, company.Refusal(anna, new TakeConversation(new(999))));
    }

    [Fact]
    public void Only_operators_take()
    {
        var conversation = company.Writes(Ivan);

        Assert.Equal(Refusal.NotAllowed, company.Refusal(Ivan, new TakeConversation(conversation)));
        Assert.Equal(Refusal.NotAllowed, company.Refusal(new TakeConversation(conversation)));
        Assert.Equal(Refusal.NotAllowed, company.Refusal(new OperatorId(999), new TakeConversation(conversation)));
    }
}
