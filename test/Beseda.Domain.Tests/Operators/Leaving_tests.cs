using Beseda.Domain.Conversations;
using Beseda.Domain.Departments;
using Beseda.Domain.Operators;
using static Beseda.Domain.Tests.Company;

namespace Beseda.Domain.Tests.Operators;

/// <summary>What becomes of an operator's conversations when the operator is gone.</summary>
public sealed class Leaving_tests
{
    private readonly Company company = new(Routed.Hand);
    private readonly OperatorId anna;
    private readonly OperatorId nikolay;
    private readonly ConversationId running;
    private readonly ConversationId offered;

    public Leaving_tests()
    {
        anna = company.Hires("Anna");
        nikolay = company.Hires("Nikolay");
        running = company.Serves(anna, Ivan);
        offered = company.Serves(nikolay, Olga);
        company.Do(nikolay, new TransferConversation(offered, anna, null, null));
        company.Wait(TimeSpan.FromSeconds(5));
    }

    private (Stage Stage, OperatorId? Person) Running => (company[running].Stage, company[running].Operator);

    private QueueReason LastReason => company.Journal.Select(one => one.Event).OfType<ConversationQueued>().Last().Reason;

    [Fact]
    public void A_lost_connection_gives_back_what_is_offered_at_once_and_nothing_else()
    {
        Assert.Equal("OperatorStatusChanged, ConversationQueued", Kinds(company.Do(new LoseConnection(anna))));
        Assert.Equal((Stage.Queued, QueueReason.OperatorLost), (company[offered].Stage, LastReason));
        Assert.Equal((Stage.Active, anna), Running);
    }

    [Theory]
    [InlineData(Status.Away)]
    [InlineData(Status.Offline)]
    public void Going_away_or_offline_gives_back_what_is_offered_at_once(Status status)
    {
        company.Do(anna, new SetStatus(status));

        Assert.Equal((Stage.Queued, QueueReason.OperatorOffline), (company[offered].Stage, LastReason));
        Assert.Equal((Stage.Active, anna), Running);
        Assert.Empty(company[offered].Missed);
    }

    [Fact]
    public void An_automatic_department_offers_it_to_the_next_at_once()
    {
        company.Changes(company.Support, one => one with { Routing = Routed.Automatic });
        company.Do(new LoseConnection(anna));

        Assert.Equal((Stage.Assigned, nikolay), (company[offered].Stage, company[offered].Operator));
    }

    [Fact]
    public void Running_conversations_return_after_the_grace_time_and_not_a_moment_earlier()
    {
        company.Do(new LoseConnection(anna));

        company.Wait(company[anna].GoneSince!.Value + Grace - Moment - company.Now);
        Assert.Empty(company.Ticks());
        Assert.Equal("ConversationQueued", Kinds(company.Ticks(after: Moment)));
        Assert.Equal(((Stage.Queued, null), QueueReason.OperatorLost), (Running, LastReason));
        Assert.Equal(1, company.Position(running));
        Assert.Empty(company.Ticks());
    }

    [Fact]
    public void Going_offline_has_the_same_grace_time()
    {
        company.Do(anna, new SetStatus(Status.Offline));
        company.Ticks(after: Grace);

        Assert.Equal((Stage.Queued, null), Running);
    }

    [Fact]
    public void Who_is_only_away_keeps_what_is_running()
    {
        company.Do(anna, new SetStatus(Status.Away));

        Assert.Empty(company.Ticks(after: Grace * 2));
        Assert.Equal((Stage.Active, anna), Running);
    }

    [Fact]
    public void Who_is_back_in_time_keeps_what_is_running()
    {
        company.Do(new LoseConnection(anna));
        company.Wait(Grace - Moment);
        company.Do(new RegainConnection(anna));

        Assert.Empty(company.Ticks(after: Grace * 2));
        Assert.Equal((Stage.Active, anna), Running);
    }

    [Fact]
    public void Coming_back_for_a_moment_starts_the_grace_time_anew()
    {
        company.Do(new LoseConnection(anna));
        company.Wait(Grace - TimeSpan.FromSeconds(1));
        company.Do(new RegainConnection(anna));
        company.Do(new LoseConnection(anna));

        Assert.Empty(company.Ticks(after: Grace - TimeSpan.FromSeconds(1)));
        Assert.NotEmpty(company.Ticks(after: TimeSpan.FromSeconds(1) + Moment * 10));
    }

    [Fact]
    public void Going_offline_after_the_connection_was_lost_does_not_prolong_the_grace_time()
    {
        company.Do(new LoseConnection(anna));
        company.Wait(Grace - TimeSpan.FromSeconds(1));
        company.Do(anna, new SetStatus(Status.Offline));
        company.Ticks(after: TimeSpan.FromSeconds(2));

        Assert.Equal((Stage.Queued, null), Running);
    }

    [Fact]
    public void Who_is_away_and_then_lost_has_the_grace_time_too()
    {
        company.Do(anna, new SetStatus(Status.Away));
        company.Wait(TimeSpan.FromHours(0.5));
        company.Do(new LoseConnection(anna));

        Assert.Empty(company.Ticks());
        company.Ticks(after: Grace + Moment);
        Assert.Equal((Stage.Queued, null), Running);
    }

    [Fact]
    public void A_grace_time_that_an_administrator_changes_counts_at_once()
    {
        company.Do(new LoseConnection(anna));
        company.Changes(company.Support, one => one with { Grace = TimeSpan.FromSeconds(10) });

        company.Ticks(after: TimeSpan.FromSeconds(11));
        Assert.Equal((Stage.Queued, null), Running);
    }

    [Fact]
    public void Who_takes_a_conversation_while_shown_as_offline_evidently_is_there()
    {
        company.Do(nikolay, new SetStatus(Status.Offline));
        var conversation = company.Serves(nikolay, Petr);

        Assert.Equal(Status.Away, company[nikolay].Shown);
        company.Ticks(after: Grace * 2);
        Assert.Equal((Stage.Active, nikolay), (company[conversation].Stage, company[conversation].Operator));
    }

    [Fact]
    public void Who_takes_a_conversation_while_shown_as_offline_and_then_is_lost_gives_it_back()
    {
        company.Do(nikolay, new SetStatus(Status.Offline));
        var conversation = company.Serves(nikolay, Petr);

        company.Do(new LoseConnection(nikolay));
        company.Ticks(after: Grace + (Moment * 20));
        Assert.Equal((Stage.Queued, null), (company[conversation].Stage, company[conversation].Operator));
    }

    [Fact]
    public void Who_returns_late_finds_the_conversation_elsewhere()
    {
        company.Changes(company.Support, one => one with { Routing = Routed.Automatic });
        company.Do(new LoseConnection(anna));
        company.Ticks(after: Grace + Moment);

        Assert.Equal((Stage.Assigned, nikolay), Running);
        company.Do(new RegainConnection(anna));
        Assert.Equal(Refusal.AlreadyTaken, company.Refusal(anna, new TakeConversation(running)));
    }

    [Fact]
    public void A_disabled_operator_gives_everything_back_at_once()
    {
        company.Changes(anna, one => one with { Enabled = false });

        Assert.Equal((1, 2), (company.Position(running), company.Position(offered)));
        Assert.Equal(QueueReason.OperatorOffline, LastReason);
        Assert.Empty(company.State.Index.Of(anna));
    }
}
