using Beseda.Domain.Conversations;
using Beseda.Domain.Departments;
using Beseda.Domain.Operators;
using Beseda.Domain.Routing;
using static Beseda.Domain.Tests.Company;

namespace Beseda.Domain.Tests.Routing;

public sealed class Choosing_tests
{
    private readonly Company company = new(Routed.Automatic);

    /// <summary>Who it was offered to.</summary>
    private OperatorId? Offered(VisitorId visitor, DepartmentId? department = null)
    {
        var conversation = company[company.Writes(visitor, department)];
        Assert.Equal(conversation.Operator is null ? Stage.Queued : Stage.Assigned, conversation.Stage);
        return conversation.Operator;
    }

    private Rule LastRule => company.Journal.Select(one => one.Event).OfType<ConversationAssigned>().Last().Why.Rule;

    [Fact]
    public void In_a_department_routed_by_hand_nothing_is_offered()
    {
        company.Changes(company.Support, one => one with { Routing = Routed.Hand });
        company.Hires("Anna");

        Assert.Null(Offered(Ivan));
    }

    [Fact]
    public void Whoever_has_fewest_open_conversations_gets_it()
    {
        var anna = company.Hires("Anna");
        Assert.Equal(anna, Offered(Ivan));
        Assert.Equal(Rule.OnlyOne, LastRule);

        var nikolay = company.Hires("Nikolay");
        Assert.Equal(nikolay, Offered(Olga));
        Assert.Equal(Rule.FewestOpen, LastRule);
    }

    [Fact]
    public void Of_equals_the_longest_idle_gets_it()
    {
        var (anna, nikolay, boris) = (company.Hires("Anna"), company.Hires("Nikolay"), company.Hires("Boris"));
        foreach (var (person, visitor) in new[] { (anna, Ivan), (nikolay, Olga), (boris, Petr) })
        {
            company.Wait(TimeSpan.FromMinutes(1));
            Assert.Equal(person, Offered(visitor));
        }

        company.Wait(TimeSpan.FromSeconds(5));
        foreach (var (person, visitor) in new[] { (nikolay, Olga), (boris, Petr), (anna, Ivan) })
        {
            company.Do(person, new TakeConversation(company.State.Visitors[visitor].Open!.Value));
            company.Do(visitor, new CloseConversation(null));
        }

        Assert.Equal(nikolay, Offered(Vera));
        Assert.Equal(Rule.LongestIdle, LastRule);
    }

    [Fact]
    public void Who_has_just_come_has_been_idle_for_no_time()
    {
        var (anna, nikolay) = (company.Hires("Anna"), company.Hires("Nikolay"));
        company.Do(anna, new SetStatus(Status.Away));
        company.Wait(TimeSpan.FromMinutes(10));
        company.Do(anna, new SetStatus(Status.Online));

        Assert.Equal(nikolay, Offered(Ivan));
    }

    [Fact]
    public void Who_has_just_handed_a_conversation_over_has_been_idle_for_no_time()
    {
        var sales = company.Opens("Sales", Routed.Hand);
        var (anna, nikolay) = (company.Hires("Anna"), company.Hires("Nikolay"));
        var handed = company.Serves(anna, Ivan);
        company.Serves(nikolay, Olga);
        company.Do(Olga, new CloseConversation(null));
        company.Do(anna, new TransferConversation(handed, null, sales, null));

        Assert.Equal(nikolay, Offered(Petr));
    }

    [Fact]
    public void The_visitor_s_last_operator_comes_before_all()
    {
        var anna = company.Hires("Anna");
        company.Serves(anna, Ivan);
        company.Do(Ivan, new CloseConversation(null));
        company.Serves(anna, Olga);
        company.Hires("Nikolay");

        Assert.Equal(anna, Offered(Ivan));
        Assert.Equal(Rule.LastOperator, LastRule);
    }

    [Fact]
    public void The_last_operator_is_who_accepted_not_who_was_asked()
    {
        var anna = company.Hires("Anna");
        company.Writes(Ivan);
        company.Do(Ivan, new CloseConversation(null));
        company.Writes(Olga);
        var nikolay = company.Hires("Nikolay");

        Assert.NotEqual(anna, Offered(Ivan));
        Assert.Equal(nikolay, company[company.State.Visitors[Ivan].Open!.Value].Operator);
    }

    [Fact]
    public void A_last_operator_at_the_limit_or_gone_is_passed_over()
    {
        var anna = company.Hires("Anna", limit: 1);
        company.Serves(anna, Ivan);
        company.Do(Ivan, new CloseConversation(null));
        company.Serves(anna, Olga);
        var nikolay = company.Hires("Nikolay");
        Assert.Equal(nikolay, Offered(Ivan));

        company.Do(Ivan, new CloseConversation(null));
        company.Do(Olga, new CloseConversation(null));
        company.Do(anna, new SetStatus(Status.Away));
        Assert.Equal(nikolay, Offered(Ivan));
    }

    [Fact]
    public void Nobody_is_offered_more_than_their_limit_and_offers_count()
    {
        var anna = company.Hires("Anna", limit: 2);

        Assert.Equal([anna, anna, null], new[] { Ivan, Olga, Petr }.Select(visitor => Offered(visitor)));
    }

    [Fact]
    public void What_was_taken_by_hand_counts_too()
    {
        var anna = company.Hires("Anna", limit: 1, status: Status.Away);
        company.Serves(anna, Ivan);
        company.Serves(anna, Olga);
        company.Do(anna, new SetStatus(Status.Online));
        Assert.Null(Offered(Petr));

        company.Do(Ivan, new CloseConversation(null));
        Assert.Equal(Stage.Queued, company[company.State.Visitors[Petr].Open!.Value].Stage);
        company.Do(Olga, new CloseConversation(null));
        Assert.Equal(Stage.Assigned, company[company.State.Visitors[Petr].Open!.Value].Stage);
    }

    [Fact]
    public void Only_operators_of_the_department_who_are_there_are_offered_anything()
    {
        var sales = company.Opens("Sales", Routed.Automatic);
        company.Hires("Away", status: Status.Away);
        company.Hires("Offline", status: Status.Offline);
        company.Do(new LoseConnection(company.Hires("Lost")));
        company.Changes(company.Hires("Disabled"), one => one with { Enabled = false });
        var elsewhere = company.Hires("Elsewhere", departments: [sales]);
        company.Hires("Nowhere", Role.Supervisor, departments: []);

        Assert.Null(Offered(Ivan));
        Assert.Equal(elsewhere, Offered(Olga, sales));
    }

    [Fact]
    public void Who_has_waited_longest_is_offered_first_over_all_departments()
    {
        var sales = company.Opens("Sales", Routed.Automatic);
        var (first, second, third) = (company.Writes(Ivan, sales), company.Writes(Olga), company.Writes(Petr, sales));
        var anna = company.Hires("Anna", limit: 1, departments: [company.Support, sales]);

        foreach (var (conversation, visitor) in new[] { (first, Ivan), (second, Olga), (third, Petr) })
        {
            Assert.Equal(anna, company[conversation].Operator);
            company.Do(visitor, new CloseConversation(null));
        }
    }

    [Fact]
    public void A_queue_that_nobody_can_serve_does_not_hold_up_the_others()
    {
        var sales = company.Opens("Sales", Routed.Automatic);
        var byHand = company.Opens("By hand", Routed.Hand);
        var (first, second) = (company.Writes(Ivan, sales), company.Writes(Olga, byHand));
        var anna = company.Hires("Anna", departments: [company.Support, byHand]);

        Assert.Equal(anna, Offered(Petr));
        Assert.Equal((Stage.Queued, Stage.Queued), (company[first].Stage, company[second].Stage));
    }
}
