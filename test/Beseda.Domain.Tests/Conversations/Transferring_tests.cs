using Beseda.Domain.Conversations;
using Beseda.Domain.Departments;
using Beseda.Domain.Operators;
using Beseda.Domain.Routing;
using Beseda.Domain.Visitors;
using static Beseda.Domain.Tests.Company;

namespace Beseda.Domain.Tests.Conversations;

public sealed class Transferring_tests
{
    private readonly Company company = new(Routed.Hand);
    private readonly DepartmentId sales;
    private readonly OperatorId anna;
    private readonly OperatorId nikolay;
    private readonly OperatorId boris;
    private readonly ConversationId conversation;

    public Transferring_tests()
    {
        sales = company.Opens("Sales", Routed.Hand);
        anna = company.Hires("Anna");
        nikolay = company.Hires("Nikolay", limit: 1);
        boris = company.Hires("Boris", departments: [sales]);
        conversation = company.Serves(anna, Ivan);
    }

    private static TransferConversation To(ConversationId conversation, OperatorId person) => new(conversation, person, null, null);

    private static TransferConversation To(ConversationId conversation, DepartmentId department) => new(conversation, null, department, null);

    [Fact]
    public void The_other_operator_is_to_accept_it()
    {
        var happened = company.Do(anna, new TransferConversation(conversation, nikolay, null, "про тариф"));

        Assert.Equal(
            new ConversationTransferred(
                conversation, Ivan, new Place(company.Support, anna), new Place(company.Support, nikolay), anna, new TransferWords("про тариф")),
            happened[0]);
        var assigned = Assert.IsType<ConversationAssigned>(happened[1]);
        Assert.Equal((nikolay, company.Now + AcceptWithin, Rule.Transfer), (assigned.Operator, assigned.Until, assigned.Why.Rule));
        Assert.Equal((Stage.Assigned, nikolay), (company[conversation].Stage, company[conversation].Operator));
    }

    [Fact]
    public void Without_a_comment_there_are_no_words() =>
        Assert.Null(((ConversationTransferred)company.Do(anna, new TransferConversation(conversation, nikolay, null, ""))[0]).Words);

    [Fact]
    public void Not_accepted_in_time_it_waits_at_the_head_of_its_queue()
    {
        var other = company.Writes(Olga);
        company.Do(anna, To(conversation, nikolay));
        company.Ticks(after: AcceptWithin);

        Assert.Equal((1, 2), (company.Position(conversation), company.Position(other)));
        Assert.Equal([nikolay], company[conversation].Missed);
    }

    [Fact]
    public void Another_department_s_operator_sees_what_is_handed_to_them_and_it_stays_where_it_was()
    {
        company.Do(anna, To(conversation, boris));
        company.Do(boris, new TakeConversation(conversation));

        Assert.Equal(company.Support, company[conversation].Department);
        Assert.True(Visibility.Sees(company.State, new Actor.Operator(boris), company[conversation]));
    }

    [Fact]
    public void Handing_over_by_hand_may_go_over_the_limit()
    {
        company.Serves(nikolay, Olga);
        company.Do(anna, To(conversation, nikolay));

        Assert.Equal(2, company.State.Index.Of(nikolay).Count);
    }

    [Fact]
    public void Nothing_is_handed_to_somebody_who_is_not_there()
    {
        company.Do(nikolay, new SetStatus(Status.Away));
        company.Do(new LoseConnection(boris));
        var offline = company.Hires("Offline", status: Status.Offline);
        var disabled = company.Hires("Disabled");
        company.Changes(disabled, one => one with { Enabled = false });

        foreach (var person in new[] { nikolay, boris, offline, disabled })
            Assert.Equal(Refusal.OperatorUnavailable, company.Refusal(anna, To(conversation, person)));
        Assert.Equal(Refusal.OperatorNotFound, company.Refusal(anna, To(conversation, new OperatorId(999))));
    }

    [Fact]
    public void To_a_department_means_to_the_end_of_its_queue()
    {
        var first = company.Writes(Olga, sales);
        var happened = company.Do(anna, To(conversation, sales));

        Assert.Equal(new ConversationTransferred(conversation, Ivan, new Place(company.Support, anna), new Place(sales, null), anna, null), happened[0]);
        var queued = Assert.IsType<ConversationQueued>(happened[1]);
        Assert.Equal((sales, QueueReason.Transfer, 2, 1), (queued.Department, queued.Reason, queued.Position, queued.OperatorsOnline));
        Assert.Equal((1, 2), (company.Position(first), company.Position(conversation)));
        Assert.Equal((Stage.Queued, null), (company[conversation].Stage, company[conversation].Operator));
    }

    [Fact]
    public void An_automatic_department_offers_what_it_is_handed()
    {
        company.Changes(sales, one => one with { Routing = Routed.Automatic });
        company.Do(anna, To(conversation, sales));

        Assert.Equal((Stage.Assigned, boris), (company[conversation].Stage, company[conversation].Operator));
    }

    [Fact]
    public void An_unknown_department_or_none_is_refused()
    {
        Assert.Equal(Refusal.DepartmentNotFound, company.Refusal(anna, To(conversation, new DepartmentId(999))));
        Assert.Equal(Refusal.DepartmentNotFound, company.Refusal(anna, new TransferConversation(conversation, null, null, null)));
    }

    [Fact]
    public void A_hand_over_that_holds_already_is_an_answer_not_an_error()
    {
        company.Do(anna, To(conversation, nikolay));
        Assert.Empty(company.Do(anna, To(conversation, nikolay)));

        company.Do(nikolay, new TakeConversation(conversation));
        Assert.Empty(company.Do(anna, To(conversation, nikolay)));

        company.Do(nikolay, To(conversation, sales));
        Assert.Empty(company.Do(nikolay, To(conversation, sales)));

        company.Do(boris, new TakeConversation(conversation));
        Assert.Empty(company.Do(nikolay, To(conversation, sales)));
        Assert.Equal(Refusal.AlreadyTaken, company.Refusal(nikolay, To(conversation, company.Support)));
    }

    [Fact]
    public void Whoever_never_had_it_hears_that_it_is_taken()
    {
        var other = company.Hires("Other", departments: [sales, company.Support]);

        Assert.Equal(Refusal.AlreadyTaken, company.Refusal(other, To(conversation, company.Support)));
    }

    [Fact]
    public void An_operator_may_hand_over_what_is_theirs_or_waits()
    {
        Assert.Equal(Refusal.AlreadyTaken, company.Refusal(nikolay, To(conversation, sales)));
        Assert.Null(company.Refusal(nikolay, To(company.Writes(Olga), sales)));
    }

    [Fact]
    public void Supervisors_and_administrators_hand_over_whatever_they_like()
    {
        var supervisor = company.Hires("Supervisor", Role.Supervisor, departments: []);

        Assert.Null(company.Refusal(supervisor, To(conversation, nikolay)));
        Assert.Null(company.Refusal(company.Admin, To(conversation, sales)));
    }

    [Fact]
    public void What_is_not_there_or_over_cannot_be_handed_over()
    {
        Assert.Equal(Refusal.ConversationNotFound, company.Refusal(boris, To(conversation, sales)));
        Assert.Equal(Refusal.NotAllowed, company.Refusal(Ivan, To(conversation, sales)));
        Assert.Equal(Refusal.NotAllowed, company.Refusal(To(conversation, sales)));

        company.Do(anna, new CloseConversation(conversation));
        Assert.Equal(Refusal.ConversationClosed, company.Refusal(anna, To(conversation, sales)));
    }

    [Fact]
    public void Who_handed_it_over_goes_on_seeing_it()
    {
        company.Do(anna, To(conversation, sales));
        company.Changes(anna, one => one with { Departments = [] });

        Assert.True(Visibility.Sees(company.State, new Actor.Operator(anna), company[conversation]));
        Assert.False(Visibility.Sees(company.State, new Actor.Operator(nikolay), company[conversation]));
    }
}
