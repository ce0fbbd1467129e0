using Beseda.Domain.Channels;
using Beseda.Domain.Conversations;
using Beseda.Domain.Deliveries;
using Beseda.Domain.Departments;
using Beseda.Domain.Labels;
using Beseda.Domain.Operators;
using Beseda.Domain.Ratings;

namespace Beseda.Domain.Tests.Laws;

public sealed class Journal_laws
{
    [Fact]
    public void Folding_the_journal_from_nothing_gives_the_live_state() => Law.OfStories(story =>
        Portrait.AssertSame(story.State, story.Journal.Aggregate(AccountState.Empty, Evolution.Apply)));

    [Fact]
    public void A_state_put_together_from_its_rows_is_the_live_state() => Law.OfStories(story =>
        Portrait.AssertSame(story.State, Assembled(story.State)));

    [Fact]
    public void Numbers_have_no_holes_and_times_rise_strictly_in_whole_microseconds() => Law.OfTurns(turn =>
    {
        var (seq, at) = (turn.Before.Seq, turn.Before.At);
        var now = new DateTimeOffset(turn.Now.UtcTicks / 10 * 10, TimeSpan.Zero);
        foreach (var recorded in turn.Events)
        {
            Assert.Equal(++seq, recorded.Seq);
            Assert.Equal(now > at.AddMicroseconds(1) ? now : at.AddMicroseconds(1), recorded.At);
            Assert.Equal((0, TimeSpan.Zero), (recorded.At.Ticks % TimeSpan.TicksPerMicrosecond, recorded.At.Offset));
            at = recorded.At;
        }

        Assert.Equal((seq, at), (turn.After.Seq, turn.After.At));
    });

    [Fact]
    public void The_same_command_in_the_same_state_has_the_same_outcome_and_leaves_that_state_alone() => Law.OfTurns(
        turn =>
        {
            var before = Portrait.Of(turn.Before);
            var again = Decider.Decide(turn.Before, turn.Spoken, turn.Now);
            Assert.True(before.SetEquals(Portrait.Of(turn.Before)));
            Assert.Equal(Portrait.Of(Essence(turn.Outcome)), Portrait.Of(Essence(again)));
        },
        stories: 15);

    [Fact]
    public void What_is_refused_changes_nothing() => Law.OfTurns(turn =>
        Assert.True(turn.Outcome is Outcome.Accepted || (turn.Events.Count == 0 && ReferenceEquals(turn.Before, turn.After))));

    [Fact]
    public void A_command_whose_effect_holds_is_accepted_again_and_does_nothing() => Law.OfTurns(turn =>
    {
        if (turn.Outcome is not Outcome.Accepted || !MayBeRepeated(turn.Spoken.Command) || GaveUpTheRight(turn))
            return;
        var again = Decider.Decide(turn.After, turn.Spoken, turn.Now);
        Assert.True(again is Outcome.Accepted { Events.Count: 0 }, $"Again, {turn.Spoken} is {again}");
    });

    /// <summary>
    /// A message is known by its client id, which is the engine's business; a new operator's or department's id is not known
    /// before; a rating's note is not compared, nor what an edit says; what a platform took
    /// back goes by that name no more; a department hands on what it is handed, maybe to whoever handed it over.
    /// </summary>
    private static bool MayBeRepeated(Command command) => command is not (
        PostMessage or TransferConversation { Department: not null } or ChangeOperator { Id: null } or ChangeDepartment { Id: null }
        or ChangeChannel { Id: null } or ChangeLabel { Id: null } or RateConversation { Note: not null } or EditMessage or DenyDelivery);

    /// <summary>An administrator who made themselves somebody else may not do it twice.</summary>
    private static bool GaveUpTheRight(Turn turn) => turn.Spoken.Command is ChangeOperator && !turn.After.Administers(turn.Spoken.By);

    private static object Essence(Outcome outcome) =>
        outcome is Outcome.Accepted accepted ? (accepted.Events, accepted.Receipt) : outcome;

    private static AccountState Assembled(AccountState rows)
    {
        var state = AccountState.Empty with { Seq = rows.Seq, At = rows.At, Account = rows.Account, Channels = rows.Channels, Labels = rows.Labels };
        state = rows.Departments.Values.Aggregate(state, (one, department) => one.With(department));
        state = rows.Operators.Values.Aggregate(state, (one, person) => one.With(person));
        state = rows.Visitors.Values.Aggregate(state, (one, visitor) => one.With(visitor));
        state = rows.MessageStates.Values.Aggregate(state, (one, message) => one.With(message));
        return rows.Conversations.Values.Aggregate(state, (one, conversation) => one.With(conversation));
    }
}
