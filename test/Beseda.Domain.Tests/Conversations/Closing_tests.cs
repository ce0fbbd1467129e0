using Beseda.Domain.Conversations;
using Beseda.Domain.Departments;
using Beseda.Domain.Operators;
using static Beseda.Domain.Tests.Company;

namespace Beseda.Domain.Tests.Conversations;

public sealed class Closing_tests
{
    private readonly Company company = new(Routed.Hand);
    private readonly OperatorId anna;
    private readonly OperatorId nikolay;

    public Closing_tests()
    {
        anna = company.Hires("Anna");
        nikolay = company.Hires("Nikolay");
    }

    private ConversationClosed Closed(ConversationId conversation) => company.Journal.Select(one => one.Event)
        .OfType<ConversationClosed>().Single(closed => closed.Conversation == conversation);

    [Fact]
    public void A_visitor_closes_the_open_conversation_named_or_not()
    {
        var first = company.Writes(Ivan);
        company.Do(Ivan, new CloseConversation(null));
        var second = company.Writes(Ivan);
        company.Do(Ivan, new CloseConversation(second));

        foreach (var one in new[] { first, second })
            Assert.Equal(new ConversationClosed(one, Ivan, Closer.Visitor, CloseReason.Finished, null), Closed(one));
        Assert.Null(company.State.Visitors[Ivan].Open);
    }

    [Fact]
    public void An_operator_closes_what_is_theirs()
    {
        var conversation = company.Serves(anna, Ivan);
        company.Do(anna, new CloseConversation(conversation));

        Assert.Equal(new ConversationClosed(conversation, Ivan, Closer.Operator, CloseReason.Finished, anna), Closed(conversation));
        Assert.Equal((Stage.Closed, null), (company[conversation].Stage, company[conversation].Operator));
        Assert.Equal(company[conversation].ClosedAt, company.Journal.Single(one => one.Event is ConversationClosed).At);
        Assert.Empty(company.State.Index.Of(anna));
    }

    [Fact]
    public void An_operator_closes_what_waits_in_their_department() =>
        Assert.NotEmpty(company.Do(anna, new CloseConversation(company.Writes(Ivan))));

    [Fact]
    public void Another_operator_s_conversation_is_closed_by_supervisors_only()
    {
        var conversation = company.Serves(anna, Ivan);
        var supervisor = company.Hires("Supervisor", Role.Supervisor, departments: []);

        Assert.Equal(Refusal.AlreadyTaken, company.Refusal(nikolay, new CloseConversation(conversation)));
        Assert.NotEmpty(company.Do(supervisor, new CloseConversation(conversation)));
    }

    [Fact]
    public void What_is_closed_stays_closed_and_that_is_an_answer()
    {
        var conversation = company.Serves(anna, Ivan);
        company.Do(anna, new CloseConversation(conversation));

        Assert.Empty(company.Do(anna, new CloseConversation(conversation)));
        Assert.Empty(company.Do(nikolay, new CloseConversation(conversation)));
        Assert.Empty(company.Do(Ivan, new CloseConversation(conversation)));
        Assert.Empty(company.Do(Ivan, new CloseConversation(null)));
    }

    [Fact]
    public void Somebody_else_s_conversation_is_not_there()
    {
        var conversation = company.Writes(Ivan, company.Opens("Sales", Routed.Hand));

        Assert.Equal(Refusal.ConversationNotFound, company.Refusal(Olga, new CloseConversation(conversation)));
        Assert.Equal(Refusal.ConversationNotFound, company.Refusal(anna, new CloseConversation(conversation)));
        Assert.Equal(Refusal.ConversationNotFound, company.Refusal(anna, new CloseConversation(null)));
        Assert.Equal(Refusal.ConversationNotFound, company.Refusal(Ivan, new CloseConversation(new(999))));
    }

    [Fact]
    public void What_Beseda_itself_closes_is_not_put_down_to_the_visitor()
    {
        var conversation = company.Writes(Ivan);
        company.Do(new CloseConversation(conversation));

        Assert.Equal(Closer.System, Closed(conversation).By);
    }

    [Fact]
    public void A_conversation_nobody_writes_in_is_closed_at_the_next_full_minute()
    {
        company.Wait(TimeSpan.FromSeconds(20));
        var conversation = company.Serves(anna, Ivan);

        company.Wait(TimeSpan.FromSeconds(40) + CloseAfter - Moment);
        Assert.Empty(company.Ticks());
        company.Wait(Moment);
        Assert.Equal("ConversationClosed, RatingAsked", Kinds(company.Ticks()));
        Assert.Equal(new ConversationClosed(conversation, Ivan, Closer.Timeout, CloseReason.Idle, null), Closed(conversation));
        Assert.Empty(company.Ticks());
    }

    [Fact]
    public void Any_message_puts_the_end_off_and_a_note_does_not()
    {
        var conversation = company.Serves(anna, Ivan);
        company.Wait(CloseAfter / 2);
        company.Answers(anna, conversation);
        company.Wait(CloseAfter / 2 - TimeSpan.FromMinutes(1));
        company.Answers(anna, conversation, note: true);

        Assert.Empty(company.Ticks(after: TimeSpan.FromMinutes(5)));
        Assert.Equal(Stage.Active, company[conversation].Stage);
        company.Ticks(after: CloseAfter / 2);
        Assert.Equal(Stage.Closed, company[conversation].Stage);
    }

    [Fact]
    public void What_waits_or_is_offered_is_closed_in_time_too()
    {
        var waiting = company.Writes(Ivan);
        company.Changes(company.Support, one => one with { CloseAfter = TimeSpan.FromMinutes(1), AcceptWithin = TimeSpan.FromHours(1) });
        var offered = company.Serves(anna, Olga);
        company.Do(anna, new TransferConversation(offered, nikolay, null, null));
        company.Ticks(after: TimeSpan.FromMinutes(2));

        Assert.Equal((Stage.Closed, Stage.Closed), (company[waiting].Stage, company[offered].Stage));
        Assert.Null(company.State.Due);
    }

    [Fact]
    public void One_tick_closes_two_hundred_at_most_and_the_next_ones_the_rest()
    {
        for (var visitor = 1; visitor <= 450; visitor++)
            company.Writes(new VisitorId(1000 + visitor));
        company.Wait(CloseAfter + TimeSpan.FromMinutes(1));

        Assert.Equal([200, 200, 50, 0], Enumerable.Range(0, 4).Select(_ => company.Ticks().OfType<ConversationClosed>().Count()));
        Assert.Null(company.State.Due);
    }

    [Fact]
    public void Only_Beseda_itself_says_that_time_has_passed()
    {
        Assert.Equal(Refusal.NotAllowed, company.Refusal(anna, Tick.Now));
        Assert.Equal(Refusal.NotAllowed, company.Refusal(Ivan, Tick.Now));
    }
}
