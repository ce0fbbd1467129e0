using Beseda.Domain.Conversations;
using Beseda.Domain.Departments;
using static Beseda.Domain.Tests.Company;

namespace Beseda.Domain.Tests.Conversations;

public sealed class Replying_tests
{
    private readonly Company company = new(Routed.Hand);
    private readonly OperatorId anna;
    private readonly ConversationId conversation;
    private readonly long question;
    private readonly long answer;
    private readonly long note;
    private readonly long stranger;

    public Replying_tests()
    {
        anna = company.Hires("Anna");
        conversation = company.Serves(anna, Ivan);
        question = company[conversation].LastMessage;
        answer = company.Answers(anna, conversation);
        note = company.Answers(anna, conversation, note: true);
        company.Serves(anna, Olga);
        stranger = company[company.State.Visitors[Olga].Open!.Value].LastMessage;
        company.Remembers(question, answer, note, stranger);
    }

    [Fact]
    public void A_visitor_replies_to_what_stands_in_the_conversation()
    {
        foreach (var message in new[] { question, answer })
            Assert.Equal(message, ((MessagePosted)company.Do(Ivan, new PostMessage("r", "Да") { ReplyTo = message })[0]).ReplyTo);
    }

    [Fact]
    public void A_visitor_replies_to_what_stood_in_an_older_conversation()
    {
        company.Do(Ivan, new CloseConversation(null));

        Assert.Null(company.Refusal(Ivan, new PostMessage("r", "Ещё вопрос") { ReplyTo = answer }));
    }

    [Fact]
    public void A_note_is_not_there_for_a_visitor() =>
        Assert.Equal(Refusal.ReplyNotFound, company.Refusal(Ivan, new PostMessage("r", "?") { ReplyTo = note }));

    [Fact]
    public void Another_visitor_s_message_is_not_there()
    {
        Assert.Equal(Refusal.ReplyNotFound, company.Refusal(Ivan, new PostMessage("r", "?") { ReplyTo = stranger }));
        Assert.Equal(Refusal.ReplyNotFound, company.Refusal(Petr, new PostMessage("r", "?") { ReplyTo = question }));
    }

    [Fact]
    public void A_message_that_never_was_is_not_there()
    {
        Assert.Equal(Refusal.ReplyNotFound, company.Refusal(Ivan, new PostMessage("r", "?") { ReplyTo = 12345 }));
        Assert.Equal(Refusal.ReplyNotFound, company.Refusal(anna, new PostMessage("r", "?") { Conversation = conversation, ReplyTo = 12345 }));
    }

    [Fact]
    public void An_operator_replies_to_messages_and_notes_of_the_conversation()
    {
        foreach (var message in new[] { question, answer, note })
            Assert.Null(company.Refusal(anna, new PostMessage("r", "Да") { Conversation = conversation, ReplyTo = message }));
    }

    [Fact]
    public void An_operator_does_not_quote_one_visitor_to_another() => Assert.Equal(
        Refusal.ReplyNotFound, company.Refusal(anna, new PostMessage("r", "?") { Conversation = conversation, ReplyTo = stranger }));

    [Fact]
    public void Signing_in_does_not_lose_what_one_replies_to()
    {
        company.Do(new Domain.Visitors.IdentifyVisitor("customer", "digest", Persons.Profile("Ivan"), Vera, Ivan));

        Assert.Null(company.Refusal(Vera, new PostMessage("r", "Да") { ReplyTo = answer }));
    }
}
