using Beseda.Domain.Accounts;
using Beseda.Domain.Conversations;
using Beseda.Domain.Departments;
using Beseda.Domain.Operators;
using Beseda.Domain.Ratings;
using Beseda.Domain.Visitors;
using static Beseda.Domain.Tests.Company;

namespace Beseda.Domain.Tests.Visitors;

public sealed class Visibility_tests
{
    private readonly Company company = new(Routed.Hand);
    private readonly DepartmentId sales;
    private readonly OperatorId first;
    private readonly OperatorId second;
    private readonly OperatorId colleague;
    private readonly OperatorId elsewhere;
    private readonly OperatorId supervisor;
    private readonly ConversationId conversation;

    /// <summary>Began in Support with the first operator, handed to the second, of Sales.</summary>
    public Visibility_tests()
    {
        sales = company.Opens("Sales", Routed.Hand);
        first = company.Hires("First");
        second = company.Hires("Second", departments: [sales]);
        colleague = company.Hires("Colleague");
        elsewhere = company.Hires("Elsewhere", departments: [sales]);
        supervisor = company.Hires("Supervisor", Role.Supervisor, departments: []);
        conversation = company.Serves(first, Ivan);
        company.Do(first, new TransferConversation(conversation, second, null, null));
    }

    private bool Sees(OperatorId person) => Visibility.Sees(company.State, new Actor.Operator(person), company[conversation]);

    private bool Sees(VisitorId visitor) => Visibility.Sees(company.State, new Actor.Visitor(visitor), company[conversation]);

    private bool IsShown(OperatorId person, Event happened) => Visibility.ShownTo(company[person], happened, company[conversation]);

    [Fact]
    public void A_visitor_sees_their_own_conversations_and_no_others() => Assert.Equal((true, false), (Sees(Ivan), Sees(Olga)));

    [Fact]
    public void The_department_and_those_it_is_or_was_assigned_to_see_it()
    {
        Assert.True(Sees(colleague));
        Assert.True(Sees(second));
        Assert.False(Sees(elsewhere));

        company.Changes(first, one => one with { Departments = [] });
        Assert.True(Sees(first));
        company.Do(second, new TransferConversation(conversation, null, sales, null));
        Assert.Equal((true, false, true), (Sees(first), Sees(colleague), Sees(elsewhere)));
    }

    [Fact]
    public void Whoever_was_only_offered_it_goes_on_seeing_it()
    {
        company.Ticks(after: AcceptWithin);

        Assert.True(Sees(second));
    }

    [Fact]
    public void Supervisors_administrators_and_Beseda_itself_see_everything()
    {
        Assert.True(Sees(supervisor));
        Assert.True(Sees(company.Admin));
        Assert.True(Visibility.Sees(company.State, Actor.System.Itself, company[conversation]));
    }

    [Fact]
    public void Who_is_disabled_or_unknown_sees_nothing()
    {
        foreach (var person in new[] { first, second, colleague, supervisor })
        {
            company.Changes(person, one => one with { Enabled = false });
            Assert.False(Sees(person));
        }

        Assert.False(Sees(new OperatorId(999)));
    }

    [Fact]
    public void What_is_over_is_seen_by_the_same_people()
    {
        company.Do(second, new CloseConversation(conversation));

        Assert.Equal(
            (true, true, true, true, false, true, false),
            (Sees(first), Sees(second), Sees(colleague), Sees(supervisor), Sees(elsewhere), Sees(Ivan), Sees(Olga)));
    }

    [Fact]
    public void A_visitor_is_shown_what_happens_in_a_conversation_but_never_notes_or_the_company_s_own_affairs()
    {
        var note = new MessagePosted(conversation, Ivan, new Author(AuthorKind.Operator, first), "n", Note: true, null, null);
        Assert.False(Visibility.ShownToVisitor(note));
        Assert.True(Visibility.ShownToVisitor(note with { Note = false }));
        Assert.True(Visibility.ShownToVisitor(new RatingAsked(conversation, Ivan, first, 5)));

        foreach (var affair in Affairs)
            Assert.False(Visibility.ShownToVisitor(affair));
    }

    [Fact]
    public void Operators_are_shown_what_happens_in_the_conversations_they_see()
    {
        var note = new MessagePosted(conversation, Ivan, new Author(AuthorKind.Operator, first), "n", Note: true, null, null);

        Assert.Equal((true, true, true, false), (IsShown(first, note), IsShown(colleague, note), IsShown(supervisor, note), IsShown(elsewhere, note)));
        Assert.False(Visibility.ShownTo(company[colleague], note, null));
    }

    [Fact]
    public void A_hand_over_is_also_told_to_the_department_it_leaves()
    {
        company.Do(second, new TransferConversation(conversation, null, sales, null));
        var transferred = company.Journal.Last(one => one.Event is ConversationTransferred).Event;

        Assert.Equal((true, true), (IsShown(colleague, transferred), IsShown(elsewhere, transferred)));
        Assert.False(Sees(colleague));
        company.Changes(colleague, one => one with { Enabled = false });
        Assert.False(IsShown(colleague, transferred));
    }

    [Fact]
    public void The_company_s_own_affairs_are_shown_to_whoever_works_there()
    {
        foreach (var affair in Affairs.Where(one => one is not (VisitorIdentified or Unknown)))
            Assert.Equal((true, true), (IsShown(elsewhere, affair), IsShown(supervisor, affair)));
        company.Changes(elsewhere, one => one with { Enabled = false });
        foreach (var affair in Affairs)
            Assert.False(IsShown(elsewhere, affair));
    }

    [Fact]
    public void Who_a_visitor_is_concerns_supervisors_and_a_newer_release_s_events_nobody()
    {
        var identified = Affairs.OfType<VisitorIdentified>().Single();
        Assert.Equal((true, true, false), (IsShown(supervisor, identified), IsShown(company.Admin, identified), IsShown(first, identified)));
        Assert.False(IsShown(company.Admin, new Unknown(99)));
    }

    private Event[] Affairs =>
    [
        company.Record(first), new OperatorStatusChanged(first, Status.Online, true, StatusCause.Set),
        new DepartmentChanged(company.State.Departments[sales]), new AccountChanged(Account.None),
        new VisitorIdentified(Ivan, "c", "d", null), new Unknown(99),
    ];
}
