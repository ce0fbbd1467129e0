using Beseda.Domain.Conversations;
using Beseda.Domain.Departments;
using static Beseda.Domain.Tests.Company;

namespace Beseda.Domain.Tests.Conversations;

public sealed class Reading_tests
{
    private readonly Company company = new(Routed.Hand);
    private readonly OperatorId anna;
    private readonly OperatorId nikolay;
    private readonly ConversationId conversation;

    public Reading_tests()
    {
        anna = company.Hires("Anna");
        nikolay = company.Hires("Nikolay");
        conversation = company.Serves(anna, Ivan);
        company.Writes(Ivan);
    }

    private long Last => company[conversation].LastMessage;

    [Fact]
    public void What_the_operator_has_read_is_no_longer_unread()
    {
        var happened = company.Do(anna, new ReadMessages(conversation, Last));

        Assert.Equal([new MessageRead(conversation, Ivan, new Author(AuthorKind.Operator, anna), Last)], happened);
        Assert.Equal(0, company[conversation].Unread);
    }

    [Fact]
    public void Reading_only_the_beginning_leaves_the_rest_unread()
    {
        company.Do(anna, new ReadMessages(conversation, Last - 1));

        Assert.NotEqual(0, company[conversation].Unread);
    }

    [Fact]
    public void Reading_again_or_less_says_nothing_new()
    {
        company.Do(anna, new ReadMessages(conversation, Last));

        Assert.Empty(company.Do(anna, new ReadMessages(conversation, Last)));
        Assert.Empty(company.Do(anna, new ReadMessages(conversation, Last - 1)));
        Assert.Empty(company.Do(anna, new ReadMessages(conversation, -1)));
    }

    [Fact]
    public void Nobody_has_read_what_is_not_written_yet()
    {
        company.Do(anna, new ReadMessages(conversation, long.MaxValue));
        Assert.Equal(Last, company[conversation].ReadByOperator);

        company.Writes(Ivan);
        Assert.Equal(1, company[conversation].Unread);
    }

    [Fact]
    public void Only_the_operator_who_has_the_conversation_reads_it_for_the_company()
    {
        Assert.Empty(company.Do(nikolay, new ReadMessages(conversation, Last)));
        Assert.Empty(company.Do(company.Admin, new ReadMessages(conversation, Last)));
        Assert.Equal(2, company[conversation].Unread);
    }

    [Fact]
    public void The_visitor_reads_the_operator_s_answer()
    {
        var answer = company.Answers(anna, conversation);
        var happened = company.Do(Ivan, new ReadMessages(null, answer));

        Assert.Equal([new MessageRead(conversation, Ivan, new Author(AuthorKind.Visitor), answer)], happened);
        Assert.Equal(answer, company[conversation].ReadByVisitor);
        Assert.Empty(company.Do(Ivan, new ReadMessages(null, answer)));
    }

    [Fact]
    public void A_visitor_s_own_messages_are_read_by_them_anyway() => Assert.Empty(company.Do(Ivan, new ReadMessages(conversation, Last)));

    [Fact]
    public void Notes_are_nothing_a_visitor_could_have_read()
    {
        var note = company.Answers(anna, conversation, note: true);

        Assert.Empty(company.Do(Ivan, new ReadMessages(null, note)));
    }

    [Fact]
    public void The_end_of_a_closed_conversation_can_still_be_read()
    {
        var answer = company.Answers(anna, conversation);
        company.Do(anna, new CloseConversation(conversation));
        company.Do(Ivan, new ReadMessages(conversation, answer));

        Assert.Equal(answer, company[conversation].ReadByVisitor);
    }

    [Fact]
    public void A_visitor_without_a_conversation_reads_nothing() => Assert.Empty(company.Do(Olga, new ReadMessages(null, 5)));

    [Fact]
    public void Somebody_else_s_conversation_is_not_there()
    {
        var elsewhere = company.Hires("Elsewhere", departments: []);

        Assert.Equal(Refusal.ConversationNotFound, company.Refusal(Olga, new ReadMessages(conversation, Last)));
        Assert.Equal(Refusal.ConversationNotFound, company.Refusal(elsewhere, new ReadMessages(conversation, Last)));
        Assert.Equal(Refusal.ConversationNotFound, company.Refusal(anna, new ReadMessages(null, Last)));
    }

    [Fact]
    public void Beseda_itself_reads_nothing()
    {
        company.Answers(anna, conversation);

        Assert.Equal(Refusal.NotAllowed, company.Refusal(new ReadMessages(conversation, Last)));
    }
}
