using Beseda.Domain.Conversations;
using Beseda.Domain.Departments;
using Beseda.Domain.Operators;
using static Beseda.Domain.Tests.Company;

namespace Beseda.Domain.Tests.Conversations;

public sealed class Starting_tests
{
    private readonly Company company = new(Routed.Hand);

    [Fact]
    public void A_visitor_s_first_message_starts_a_conversation_that_waits()
    {
        var next = company.State.Seq + 1;
        var happened = company.Do(Ivan, new PostMessage("a", "Привет") { Channel = "app", Location = "ios" });

        Assert.Equal("ConversationStarted, MessagePosted, ConversationQueued", Kinds(happened));
        var started = (ConversationStarted)happened[0];
        Assert.Equal(new ConversationStarted(new(next), Ivan, company.Support, "app", "ios", "visitor"), started);
        Assert.Equal(new MessagePosted(new(next), Ivan, new Author(AuthorKind.Visitor), "a", false, null, new MessageWords("Привет")), happened[1]);
        Assert.Equal(
            new ConversationQueued(new(next), Ivan, company.Support, QueueReason.New, 1, next, WithinHours: true, OperatorsOnline: 0), happened[2]);
        Assert.Equal(Stage.Queued, company[started.Conversation].Stage);
    }

    [Fact]
    public void The_answer_to_a_message_names_the_message_and_its_conversation()
    {
        var conversation = company.Writes(Ivan);

        var message = company.Journal.Single(one => one.Event is MessagePosted);
        Assert.Equal(new Receipt(message.Seq, message.At, conversation, Ivan), company.Receipt);
    }

    [Fact]
    public void A_message_into_an_open_conversation_starts_nothing()
    {
        var conversation = company.Writes(Ivan);
        var happened = company.Do(Ivan, new PostMessage("b", "Есть кто?"));

        Assert.Equal("MessagePosted", Kinds(happened));
        Assert.Equal(conversation, company.Receipt.Conversation);
    }

    [Fact]
    public void A_visitor_who_writes_after_closing_starts_a_new_conversation()
    {
        var first = company.Writes(Ivan);
        company.Do(Ivan, new CloseConversation(null));
        var second = company.Writes(Ivan);

        Assert.NotEqual(first, second);
        Assert.Equal(Stage.Closed, company[first].Stage);
        Assert.Equal(Stage.Queued, company[second].Stage);
        Assert.Equal(second, company.State.Visitors[Ivan].Open);
    }

    [Fact]
    public void Two_visitors_have_two_conversations() => Assert.NotEqual(company.Writes(Ivan), company.Writes(Olga));

    [Fact]
    public void A_conversation_goes_to_the_department_that_the_visitor_named()
    {
        var sales = company.Opens("Sales", Routed.Hand);

        Assert.Equal(sales, company[company.Writes(Ivan, sales)].Department);
    }

    [Fact]
    public void Without_a_named_department_the_oldest_one_gets_it()
    {
        company.Opens("Sales", Routed.Hand);

        Assert.Equal(company.Support, company[company.Writes(Ivan)].Department);
    }

    [Fact]
    public void A_department_that_does_not_exist_is_refused_when_a_conversation_starts() =>
        Assert.Equal(Refusal.DepartmentNotFound, company.Refusal(Ivan, new PostMessage("a", "?") { Department = new(999) }));

    [Fact]
    public void The_named_department_does_not_matter_while_a_conversation_is_open()
    {
        var conversation = company.Writes(Ivan);

        Assert.Equal(conversation, company.Writes(Ivan, new DepartmentId(999)));
        Assert.Equal(company.Support, company[conversation].Department);
    }

    [Fact]
    public void An_account_without_departments_takes_no_messages()
    {
        company.State = AccountState.Empty;

        Assert.Equal(Refusal.NoDepartment, company.Refusal(Ivan, new PostMessage("a", "?")));
    }

    [Fact]
    public void Who_comes_later_is_told_how_many_are_ahead()
    {
        company.Writes(Ivan);
        company.Writes(Olga);
        company.Writes(Petr);

        Assert.Equal([1, 2, 3], company.Journal.Select(one => one.Event).OfType<ConversationQueued>().Select(queued => queued.Position));
    }

    [Fact]
    public void Only_operators_of_the_department_who_are_there_count_as_online()
    {
        var sales = company.Opens("Sales", Routed.Hand);
        company.Hires("There");
        company.Hires("Also there", departments: [sales, company.Support]);
        company.Hires("Away", status: Status.Away);
        company.Hires("Offline", status: Status.Offline);
        company.Hires("Elsewhere", departments: [sales]);
        company.Do(new LoseConnection(company.Hires("Lost")));
        var disabled = company.Hires("Disabled");
        company.Changes(disabled, one => one with { Enabled = false });

        var happened = company.Do(Ivan, new PostMessage("a", "Кто здесь?"));

        Assert.Equal(2, happened.OfType<ConversationQueued>().Single().OperatorsOnline);
    }
}
