using Beseda.Domain.Conversations;
using Beseda.Domain.Departments;
using static Beseda.Domain.Tests.Company;

namespace Beseda.Domain.Tests.Conversations;

/// <summary>Start, as visitors of channels press it.</summary>
public sealed class Start_tests
{
    private readonly Company company = new(Routed.Hand);

    private static StartConversation Start(DepartmentId? department = null) => new("s", "telegram", "link", department);

    [Fact]
    public void Pressing_Start_starts_a_conversation_without_a_word()
    {
        var happened = company.Do(Ivan, Start());
        var id = company.Receipt.Conversation!.Value;

        Assert.Equal("ConversationStarted, ConversationQueued", Kinds(happened));
        Assert.Equal(new ConversationStarted(id, Ivan, company.Support, "telegram", "link", "start"), happened[0]);
        Assert.Equal((id.Value, Ivan), (company.Receipt.Seq, company.Receipt.Visitor));
        Assert.Equal((Stage.Queued, 0L, 0), (company[id].Stage, company[id].LastMessage, company[id].Unread));
        Assert.Equal(id, company.State.Visitors[Ivan].Open);
    }

    [Fact]
    public void Pressing_it_while_one_is_open_changes_nothing()
    {
        company.Meets(Ivan, company.Connects());
        company.Writes(Ivan);

        Assert.Empty(company.Do(Ivan, Start()));
    }

    [Fact]
    public void Pressing_it_after_the_end_starts_another()
    {
        var first = company.Writes(Ivan);
        company.Do(Ivan, new CloseConversation(null));

        Assert.Equal("ConversationStarted, ConversationQueued", Kinds(company.Do(Ivan, Start())));
        Assert.NotEqual(first, company.Receipt.Conversation);
    }

    [Fact]
    public void It_goes_to_the_department_of_the_channel()
    {
        var sales = company.Opens("Sales", Routed.Hand);
        company.Do(Ivan, Start(sales));

        Assert.Equal(sales, company[company.Receipt.Conversation!.Value].Department);
    }

    [Fact]
    public void Where_that_department_is_gone_it_goes_to_the_oldest()
    {
        company.Do(Ivan, Start(new(999)));

        Assert.Equal(company.Support, company[company.Receipt.Conversation!.Value].Department);
    }

    [Fact]
    public void Without_any_department_nobody_can_start() => Assert.Equal(
        new Outcome.Refused(Refusal.NoDepartment), Decider.Decide(AccountState.Empty, new Spoken(new Actor.Visitor(Ivan), Start()), company.Now));

    [Fact]
    public void It_is_offered_as_any_other_conversation_is()
    {
        var automatic = new Company(Routed.Automatic);
        automatic.Hires("Anna");

        Assert.Equal("ConversationStarted, ConversationQueued, ConversationAssigned", Kinds(automatic.Do(Ivan, Start())));
    }

    [Fact]
    public void Who_stops_the_channel_is_marked_so_while_a_conversation_is_open()
    {
        Assert.Empty(company.Do(Ivan, new StopVisitor(true)));

        var conversation = company.Writes(Ivan);
        Assert.Equal([new VisitorStopped(conversation, Ivan, true)], company.Do(Ivan, new StopVisitor(true)));
        Assert.True(company[conversation].Stopped);
        Assert.Empty(company.Do(Ivan, new StopVisitor(true)));
        Assert.Equal([new VisitorStopped(conversation, Ivan, false)], company.Do(Ivan, new StopVisitor(false)));
        Assert.False(company[conversation].Stopped);
        Assert.Equal(Stage.Queued, company[conversation].Stage);
    }

    [Fact]
    public void Who_writes_lets_the_channel_write_again()
    {
        var conversation = company.Writes(Ivan);
        company.Do(Ivan, new StopVisitor(true));

        Assert.Equal("VisitorStopped, MessagePosted", Kinds(company.Do(Ivan, new PostMessage("again", "Я здесь"))));
        Assert.False(company[conversation].Stopped);
    }
}
