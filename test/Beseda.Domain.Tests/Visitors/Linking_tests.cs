using Beseda.Domain.Departments;
using Beseda.Domain.Visitors;
using static Beseda.Domain.Tests.Company;

namespace Beseda.Domain.Tests.Visitors;

/// <summary>Ivan, Olga, Petr and Vera are addresses: who of them is one person, only what proves it can say.</summary>
public sealed class Linking_tests
{
    private readonly Company company = new(Routed.Hand);
    private readonly OperatorId anna;

    public Linking_tests() => anna = company.Hires("Anna");

    private IReadOnlyList<Event> Links(VisitorId one, VisitorId other, LinkCause cause = LinkCause.Link) => company.Do(new LinkVisitors(one, other, cause));

    private PersonId? PersonOf(VisitorId visitor) => company.State.VisitorOrNew(visitor).Person;

    private Writer Writing(VisitorId visitor) => new(company.Writes(visitor), visitor);

    [Fact]
    public void Two_addresses_become_one_person()
    {
        var linked = Assert.IsType<VisitorsLinked>(Assert.Single(Links(Ivan, Olga)));

        Assert.Equal([Ivan, Olga], linked.Visitors);
        Assert.Equal((new PersonId(company.State.Seq), LinkCause.Link, null), (linked.Person, linked.Cause, linked.By));
        Assert.Equal(linked.Person, PersonOf(Ivan));
        Assert.Equal(linked.Person, PersonOf(Olga));
    }

    [Fact]
    public void What_is_one_person_already_is_not_linked_again()
    {
        Links(Ivan, Olga);

        Assert.Empty(Links(Olga, Ivan));
        Assert.Empty(Links(Ivan, Ivan));
    }

    [Fact]
    public void Who_joins_a_person_is_named_and_nobody_else()
    {
        Links(Ivan, Olga);
        var person = PersonOf(Ivan);
        var joined = Assert.IsType<VisitorsLinked>(Assert.Single(Links(Petr, Olga)));

        Assert.Equal([Petr], joined.Visitors);
        Assert.Equal(person, joined.Person);
    }

    [Fact]
    public void Of_two_persons_the_one_that_has_been_for_longer_stays()
    {
        Links(Ivan, Olga);
        Links(Petr, Vera);
        var joined = Assert.IsType<VisitorsLinked>(Assert.Single(Links(Vera, Ivan)));

        Assert.Equal([Petr, Vera], joined.Visitors);
        Assert.All([Ivan, Olga, Petr, Vera], one => Assert.Equal(joined.Person, PersonOf(one)));
    }

    [Fact]
    public void Nobody_writes_from_more_than_twenty_addresses()
    {
        for (var one = 0; one < 19; one++)
            Links(Ivan, new VisitorId(1_000 + one));

        Assert.Equal(Refusal.TooManyAddresses, company.Refusal(new LinkVisitors(Ivan, new VisitorId(2_000), LinkCause.Link)));
    }

    [Fact]
    public void Only_Beseda_itself_links_without_seeing_a_conversation()
    {
        Assert.Equal(Refusal.NotAllowed, company.Refusal(anna, new LinkVisitors(Ivan, Olga, LinkCause.Operator)));
        Assert.Equal(Refusal.NotAllowed, company.Refusal(Ivan, new LinkVisitors(Ivan, Olga, LinkCause.Link)));
    }

    [Fact]
    public void An_operator_merges_those_who_write_in_two_conversations_that_they_see()
    {
        var linked = Assert.IsType<VisitorsLinked>(Assert.Single(company.Do(anna, new MergeVisitors(Writing(Ivan), Writing(Olga)))));

        Assert.Equal((LinkCause.Operator, anna), (linked.Cause, linked.By));
        Assert.Equal(PersonOf(Ivan), PersonOf(Olga));
    }

    [Fact]
    public void An_operator_merges_nobody_whose_conversation_they_do_not_see()
    {
        var sales = company.Opens("Sales", Routed.Hand);
        var (ours, theirs) = (Writing(Ivan), new Writer(company.Writes(Olga, sales), Olga));

        Assert.Equal(Refusal.ConversationNotFound, company.Refusal(anna, new MergeVisitors(ours, theirs)));
        Assert.Equal(Refusal.ConversationNotFound, company.Refusal(anna, new MergeVisitors(theirs, ours)));
        Assert.Equal(Refusal.ConversationNotFound, company.Refusal(anna, new MergeVisitors(ours, ours with { Visitor = Petr })));
        Assert.Equal(Refusal.NotAllowed, company.Refusal(new MergeVisitors(ours, theirs)));
    }

    [Fact]
    public void A_merger_has_a_way_back()
    {
        var (ivan, olga) = (Writing(Ivan), Writing(Olga));
        Links(Olga, Petr);
        company.Do(anna, new MergeVisitors(ivan, olga));
        var person = PersonOf(Ivan);
        var apart = Assert.IsType<VisitorsSeparated>(Assert.Single(company.Do(anna, new SeparateVisitors(ivan, [Olga, Petr]))));

        Assert.Equal((person, anna), ((PersonId?)apart.Person, apart.By));
        Assert.Equal([Olga, Petr], apart.Visitors);
        Assert.Equal(person, PersonOf(Ivan));
        Assert.Equal(PersonOf(Olga), PersonOf(Petr));
        Assert.NotEqual(person, PersonOf(Olga));
    }

    [Fact]
    public void Who_leaves_alone_is_nobody_but_themselves()
    {
        var ivan = Writing(Ivan);
        Links(Ivan, Olga);
        company.Do(anna, new SeparateVisitors(ivan, [Olga]));

        Assert.Null(PersonOf(Olga));
    }

    [Fact]
    public void Not_all_can_leave_and_who_is_not_there_cannot()
    {
        var ivan = Writing(Ivan);
        Assert.Empty(company.Do(anna, new SeparateVisitors(ivan, [Ivan])));
        Links(Ivan, Olga);

        Assert.Empty(company.Do(anna, new SeparateVisitors(ivan, [Ivan, Olga])));
        Assert.Empty(company.Do(anna, new SeparateVisitors(ivan, [Petr])));
        Assert.Equal([Olga], Assert.IsType<VisitorsSeparated>(Assert.Single(company.Do(anna, new SeparateVisitors(ivan, [Olga, Petr])))).Visitors);
    }

    [Fact]
    public void What_an_operator_took_apart_a_telephone_number_does_not_join_again()
    {
        var ivan = Writing(Ivan);
        Links(Ivan, Olga, LinkCause.Phone);
        company.Do(anna, new SeparateVisitors(ivan, [Olga]));

        Assert.Empty(Links(Ivan, Olga, LinkCause.Phone));
        Assert.Single(Links(Ivan, Olga, LinkCause.Link));
    }

    [Fact]
    public void A_visitor_who_joined_again_may_be_found_by_a_number_again()
    {
        var ivan = Writing(Ivan);
        Links(Ivan, Olga);
        company.Do(anna, new SeparateVisitors(ivan, [Olga]));
        Links(Ivan, Olga);

        Assert.Single(Links(Olga, Petr, LinkCause.Phone));
    }

    [Fact]
    public void Linking_changes_nothing_in_conversations()
    {
        var (ivan, olga) = (Writing(Ivan), Writing(Olga));
        var (before, index) = (company.State.Conversations, company.State.Index);
        Links(Ivan, Olga);

        Assert.Equal((before, index), (company.State.Conversations, company.State.Index));
        Assert.Equal(ivan.Conversation, company.Writes(Ivan));
        Assert.Equal(olga.Conversation, company.Writes(Olga));
    }

    [Fact]
    public void Visitors_do_not_see_what_is_said_to_another_address_of_theirs()
    {
        var olga = Writing(Olga);
        Links(Ivan, Olga);

        Assert.False(Visibility.Sees(company.State, new Actor.Visitor(Ivan), company[olga.Conversation]));
    }
}
