using Beseda.Domain.Conversations;
using Beseda.Domain.Departments;
using static Beseda.Domain.Tests.Company;

namespace Beseda.Domain.Tests.Conversations;

public sealed class Posting_tests
{
    private readonly Company company = new(Routed.Hand);
    private readonly OperatorId anna;
    private readonly OperatorId nikolay;

    public Posting_tests()
    {
        anna = company.Hires("Anna");
        nikolay = company.Hires("Nikolay");
    }

    [Fact]
    public void An_operator_answers_in_a_conversation_that_is_theirs()
    {
        var conversation = company.Serves(anna, Ivan);
        var happened = company.Do(anna, new PostMessage("x", "Добрый день!") { Conversation = conversation });

        Assert.Equal(
            [new MessagePosted(conversation, Ivan, new Author(AuthorKind.Operator, anna), "x", false, null, new MessageWords("Добрый день!"))], happened);
        Assert.Equal(conversation, company.Receipt.Conversation);
    }

    [Fact]
    public void Writing_into_what_is_offered_to_me_accepts_it()
    {
        var conversation = company.Serves(anna, Ivan);
        company.Do(anna, new TransferConversation(conversation, nikolay, null, null));
        var happened = company.Do(nikolay, new PostMessage("x", "Добрый день!") { Conversation = conversation });

        Assert.Equal("ConversationAccepted, MessagePosted", Kinds(happened));
        Assert.Equal(Stage.Active, company[conversation].Stage);
        Assert.Equal(company.State.Seq, company.Receipt.Seq);
    }

    [Fact]
    public void Nobody_answers_in_what_waits_before_taking_it()
    {
        var conversation = company.Writes(Ivan);

        Assert.Equal(Refusal.NotTaken, company.Refusal(anna, new PostMessage("x", "!") { Conversation = conversation }));
    }

    [Fact]
    public void Nobody_answers_in_somebody_else_s_conversation_not_even_an_administrator()
    {
        var conversation = company.Serves(anna, Ivan);

        Assert.Equal(Refusal.AlreadyTaken, company.Refusal(nikolay, new PostMessage("x", "!") { Conversation = conversation }));
        Assert.Equal(Refusal.AlreadyTaken, company.Refusal(company.Admin, new PostMessage("x", "!") { Conversation = conversation }));
    }

    [Fact]
    public void Nobody_answers_in_what_is_offered_to_somebody_else()
    {
        var conversation = company.Serves(anna, Ivan);
        company.Do(anna, new TransferConversation(conversation, nikolay, null, null));

        Assert.Equal(Refusal.AlreadyTaken, company.Refusal(anna, new PostMessage("x", "!") { Conversation = conversation }));
    }

    [Fact]
    public void An_operator_cannot_answer_after_the_end()
    {
        var conversation = company.Serves(anna, Ivan);
        company.Do(Ivan, new CloseConversation(null));

        Assert.Equal(Refusal.ConversationClosed, company.Refusal(anna, new PostMessage("x", "!") { Conversation = conversation }));
    }

    [Fact]
    public void What_an_operator_does_not_see_is_not_there()
    {
        var sales = company.Opens("Sales", Routed.Hand);
        var conversation = company.Writes(Ivan, sales);

        Assert.Equal(Refusal.ConversationNotFound, company.Refusal(anna, new PostMessage("x", "!") { Conversation = conversation }));
        Assert.Equal(Refusal.ConversationNotFound, company.Refusal(anna, new PostMessage("x", "!") { Conversation = conversation, Note = true }));
        Assert.Equal(Refusal.ConversationNotFound, company.Refusal(anna, new PostMessage("x", "!") { Conversation = new(999) }));
        Assert.Equal(Refusal.ConversationNotFound, company.Refusal(anna, new PostMessage("x", "!")));
    }

    [Fact]
    public void Beseda_itself_posts_nothing() =>
        Assert.Equal(Refusal.NotAllowed, company.Refusal(new PostMessage("x", "!") { Conversation = company.Writes(Ivan) }));

    [Fact]
    public void A_visitor_cannot_write_a_note()
    {
        company.Do(Ivan, new PostMessage("x", "!") { Note = true, Conversation = new(999) });

        Assert.Equal(company.State.Visitors[Ivan].Open, company.Receipt.Conversation);
    }

    [Fact]
    public void Whoever_sees_a_conversation_may_leave_a_note_in_it()
    {
        var waiting = company.Writes(Ivan);
        var running = company.Serves(anna, Olga);
        var closed = company.Serves(anna, Petr);
        company.Do(anna, new CloseConversation(closed));

        foreach (var conversation in new[] { waiting, running, closed })
            foreach (var person in new[] { anna, nikolay, company.Admin })
            {
                var before = company[conversation];
                var happened = company.Do(person, new PostMessage("x", "Звонил вчера") { Conversation = conversation, Note = true });
                Assert.True(happened is [MessagePosted { Note: true }]);
                Assert.Equal(before, company[conversation]);
            }
    }

    [Fact]
    public void A_note_does_not_accept_what_is_offered()
    {
        var conversation = company.Serves(anna, Ivan);
        company.Do(anna, new TransferConversation(conversation, nikolay, null, null));
        company.Answers(nikolay, conversation, note: true);

        Assert.Equal(Stage.Assigned, company[conversation].Stage);
    }

    [Fact]
    public void The_visitor_s_messages_are_unread_until_the_operator_answers()
    {
        var conversation = company.Serves(anna, Ivan);
        company.Writes(Ivan);
        Assert.Equal(2, company[conversation].Unread);

        var answer = company.Answers(anna, conversation);
        Assert.Equal(0, company[conversation].Unread);
        Assert.Equal(answer, company[conversation].ReadByOperator);
        Assert.True(company[conversation].ReadByVisitor < answer);
    }
}
