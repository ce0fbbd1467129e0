using Beseda.Domain.Conversations;
using Beseda.Domain.Departments;
using Beseda.Domain.Operators;
using static Beseda.Domain.Tests.Company;

namespace Beseda.Domain.Tests.Conversations;

public sealed class Queue_tests
{
    private readonly Company company = new(Routed.Hand);
    private readonly OperatorId anna;
    private readonly OperatorId nikolay;

    public Queue_tests()
    {
        anna = company.Hires("Anna");
        nikolay = company.Hires("Nikolay");
    }

    private int?[] Positions(params ConversationId[] conversations) => [.. conversations.Select(company.Position)];

    [Fact]
    public void Who_comes_first_stands_first()
    {
        var (first, second, third) = (company.Writes(Ivan), company.Writes(Olga), company.Writes(Petr));

        Assert.Equal([1, 2, 3], Positions(first, second, third));
    }

    [Fact]
    public void Everybody_moves_up_when_one_is_taken_or_leaves()
    {
        var (first, second, third) = (company.Writes(Ivan), company.Writes(Olga), company.Writes(Petr));
        company.Do(anna, new TakeConversation(first));
        Assert.Equal([null, 1, 2], Positions(first, second, third));

        company.Do(Olga, new CloseConversation(null));
        Assert.Equal([null, null, 1], Positions(first, second, third));
    }

    [Fact]
    public void Every_department_has_its_own_queue()
    {
        var sales = company.Opens("Sales", Routed.Hand);

        Assert.Equal([1, 1, 2], Positions(company.Writes(Ivan), company.Writes(Olga, sales), company.Writes(Petr)));
    }

    [Fact]
    public void Writing_again_does_not_cost_the_place()
    {
        var (first, second) = (company.Writes(Ivan), company.Writes(Olga));
        company.Writes(Ivan);

        Assert.Equal([1, 2], Positions(first, second));
    }

    [Fact]
    public void What_comes_back_from_an_operator_goes_before_all_who_wait_and_says_so()
    {
        var (first, second) = (company.Serves(anna, Ivan), company.Writes(Olga));
        company.Changes(anna, one => one with { Enabled = false });

        Assert.Equal([1, 2], Positions(first, second));
        Assert.Equal(1, company.Journal.Select(one => one.Event).OfType<ConversationQueued>().Last().Position);
    }

    [Fact]
    public void Even_one_that_came_later_goes_before_all_who_wait_when_it_comes_back()
    {
        var (first, second) = (company.Writes(Ivan), company.Serves(anna, Olga));
        company.Changes(anna, one => one with { Enabled = false });

        Assert.Equal([2, 1], Positions(first, second));
    }

    [Fact]
    public void Several_that_come_back_at_once_keep_their_order()
    {
        var waiting = company.Writes(Vera);
        var (first, second, third) = (company.Serves(anna, Ivan), company.Serves(anna, Olga), company.Serves(anna, Petr));
        company.Changes(anna, one => one with { Enabled = false });

        Assert.Equal([1, 2, 3, 4], Positions(first, second, third, waiting));
    }

    [Fact]
    public void Several_offers_that_lapse_at_once_keep_their_order()
    {
        var waiting = company.Writes(Vera);
        var (first, second) = (company.Serves(anna, Ivan), company.Serves(anna, Olga));
        company.Do(anna, new TransferConversation(second, nikolay, null, null));
        company.Do(anna, new TransferConversation(first, nikolay, null, null));
        company.Ticks(after: AcceptWithin);

        Assert.Equal([1, 2, 3], Positions(first, second, waiting));
    }

    [Fact]
    public void What_comes_from_another_department_stands_last()
    {
        var sales = company.Opens("Sales", Routed.Hand);
        var moved = company.Serves(anna, Ivan);
        var (first, second) = (company.Writes(Olga, sales), company.Writes(Petr, sales));
        company.Do(anna, new TransferConversation(moved, null, sales, null));

        Assert.Equal([1, 2, 3], Positions(first, second, moved));
    }

    [Fact]
    public void A_visitor_s_wait_is_counted_from_the_beginning_however_often_it_comes_back()
    {
        var conversation = company.Serves(anna, Ivan);
        var since = company[conversation].WaitingSince;
        company.Wait(TimeSpan.FromMinutes(3));
        company.Do(anna, new SetStatus(Status.Offline));
        company.Ticks(after: Grace);

        Assert.Equal((Stage.Queued, since), (company[conversation].Stage, company[conversation].WaitingSince));
    }
}
