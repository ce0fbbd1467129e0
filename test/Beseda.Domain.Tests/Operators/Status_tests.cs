using Beseda.Domain.Conversations;
using Beseda.Domain.Departments;
using Beseda.Domain.Operators;
using static Beseda.Domain.Tests.Company;

namespace Beseda.Domain.Tests.Operators;

public sealed class Status_tests
{
    private readonly Company company = new(Routed.Automatic);
    private readonly OperatorId anna;

    public Status_tests() => anna = company.Hires("Anna");

    [Fact]
    public void Whoever_is_new_is_offline()
    {
        var boris = company.Hires("Boris", status: Status.Offline);

        Assert.Equal((Status.Offline, false), (company[boris].Shown, company[boris].Online));
    }

    [Fact]
    public void An_operator_chooses_their_status_and_choosing_it_again_says_nothing_new()
    {
        Assert.Equal([new OperatorStatusChanged(anna, Status.Away, true, StatusCause.Set)], company.Do(anna, new SetStatus(Status.Away)));
        Assert.Empty(company.Do(anna, new SetStatus(Status.Away)));
        Assert.Equal(Status.Away, company[anna].Shown);
    }

    [Fact]
    public void Who_is_lost_is_shown_as_offline_and_comes_back_as_they_were()
    {
        company.Do(anna, new SetStatus(Status.Away));
        Assert.Equal([new OperatorStatusChanged(anna, Status.Away, false, StatusCause.ConnectionLost)], company.Do(new LoseConnection(anna)));
        Assert.Equal(Status.Offline, company[anna].Shown);

        Assert.Equal([new OperatorStatusChanged(anna, Status.Away, true, StatusCause.Reconnected)], company.Do(new RegainConnection(anna)));
        Assert.Equal(Status.Away, company[anna].Shown);
    }

    [Fact]
    public void Losing_or_regaining_a_connection_twice_says_nothing_new()
    {
        Assert.Empty(company.Do(new RegainConnection(anna)));
        company.Do(new LoseConnection(anna));
        Assert.Empty(company.Do(new LoseConnection(anna)));
    }

    [Fact]
    public void Who_is_offline_has_no_connection_to_lose()
    {
        company.Do(anna, new SetStatus(Status.Offline));

        Assert.Empty(company.Do(new LoseConnection(anna)));
    }

    [Fact]
    public void Choosing_a_status_shows_that_one_is_there()
    {
        company.Do(new LoseConnection(anna));
        company.Do(anna, new SetStatus(Status.Online));

        Assert.True(company[anna].Online);
    }

    [Fact]
    public void Only_operators_have_a_status()
    {
        Assert.Equal(Refusal.NotAllowed, company.Refusal(Ivan, new SetStatus(Status.Online)));
        Assert.Equal(Refusal.NotAllowed, company.Refusal(new SetStatus(Status.Online)));
        Assert.Equal(Refusal.NotAllowed, company.Refusal(new OperatorId(999), new SetStatus(Status.Online)));
    }

    [Fact]
    public void Only_Beseda_itself_notices_connections()
    {
        foreach (var command in new Command[] { new LoseConnection(anna), new RegainConnection(anna) })
        {
            Assert.Equal(Refusal.NotAllowed, company.Refusal(anna, command));
            Assert.Equal(Refusal.NotAllowed, company.Refusal(Ivan, command));
        }

        Assert.Equal(Refusal.NotAllowed, company.Refusal(new LoseConnection(new(999))));
        Assert.Equal(Refusal.NotAllowed, company.Refusal(new RegainConnection(new(999))));
    }

    [Fact]
    public void A_disabled_operator_is_gone_and_comes_back_only_by_their_own_word()
    {
        var happened = company.Changes(anna, one => one with { Enabled = false });
        Assert.Contains(new OperatorStatusChanged(anna, Status.Offline, true, StatusCause.Disabled), happened);
        Assert.Equal(Refusal.NotAllowed, company.Refusal(anna, new SetStatus(Status.Online)));

        company.Changes(anna, one => one with { Enabled = true });
        Assert.False(company[anna].Online);
        Assert.Equal(Stage.Queued, company[company.Writes(Ivan)].Stage);
        company.Do(anna, new SetStatus(Status.Online));
        Assert.True(company[anna].Online);
    }

    [Fact]
    public void A_disabled_operator_sees_and_does_nothing()
    {
        var conversation = company.Writes(Ivan);
        company.Do(anna, new TakeConversation(conversation));
        company.Changes(anna, one => one with { Enabled = false });

        Assert.Equal(Refusal.ConversationNotFound, company.Refusal(anna, new TakeConversation(conversation)));
        Assert.Equal(Refusal.ConversationNotFound, company.Refusal(anna, new CloseConversation(conversation)));
        Assert.Equal(Refusal.ConversationNotFound, company.Refusal(anna, new PostMessage("x", "!") { Conversation = conversation, Note = true }));
    }
}
