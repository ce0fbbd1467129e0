using Beseda.Domain.Visitors;

namespace Beseda.Domain.Tests.Laws;

public sealed class Person_laws
{
    [Fact]
    public void A_person_is_a_set_of_visitors_that_only_linking_and_separating_change() => Law.OfEvents((before, recorded, after) =>
    {
        if (recorded.Event is not (VisitorsLinked or VisitorsSeparated))
            Assert.All(after.Visitors.Values, one => Assert.Equal(
                (before.Visitors.GetValueOrDefault(one.Id)?.Person, before.Visitors.GetValueOrDefault(one.Id)?.Separated ?? false), (one.Person, one.Separated)));
        else
            Assert.Equal((before.Conversations, before.Index), (after.Conversations, after.Index));
    });

    [Fact]
    public void Whoever_is_linked_was_not_of_that_person_and_is_from_then_on() => Law.OfEvents((before, recorded, after) =>
    {
        if (recorded.Event is not VisitorsLinked linked)
            return;
        Assert.NotEmpty(linked.Visitors);
        Assert.All(linked.Visitors, one => Assert.NotEqual(linked.Person, before.VisitorOrNew(one).Person));
        Assert.All(linked.Visitors, one => Assert.Equal(linked.Person, after.VisitorOrNew(one).Person));
        // Nobody who was together is taken apart by it.
        Assert.All(linked.Visitors.Select(one => before.VisitorOrNew(one).Person).OfType<PersonId>().Distinct(), person =>
            Assert.DoesNotContain(after.Visitors.Values, one => one.Person == person));
        Assert.InRange(after.Visitors.Values.Count(one => one.Person == linked.Person), 2, 20);
    });

    [Fact]
    public void Whoever_leaves_leaves_somebody_behind_and_stays_together() => Law.OfEvents((before, recorded, after) =>
    {
        if (recorded.Event is not VisitorsSeparated apart)
            return;
        Assert.All(apart.Visitors, one => Assert.Equal(apart.Person, before.VisitorOrNew(one).Person));
        Assert.All(apart.Visitors, one => Assert.Equal(apart.Into, after.VisitorOrNew(one).Person));
        Assert.Contains(after.Visitors.Values, one => one.Person == apart.Person);
        Assert.Equal(apart.Visitors.Length > 1, apart.Into is not null);
    });
}
