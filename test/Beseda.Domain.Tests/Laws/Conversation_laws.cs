using Beseda.Domain.Conversations;
using Beseda.Domain.Operators;

namespace Beseda.Domain.Tests.Laws;

public sealed class Conversation_laws
{
    [Fact]
    public void A_conversation_has_one_operator_when_it_is_assigned_or_active_and_else_none() => Law.OfTurns(turn =>
    {
        foreach (var one in turn.After.Conversations.Values)
        {
            var held = one.Stage is Stage.Assigned or Stage.Active;
            Assert.Equal((held, held), (one.Operator is { } id && turn.After.Operators.ContainsKey(id), one.AssignedAt is not null));
            Assert.Equal((one.Stage == Stage.Assigned, one.Stage == Stage.Closed), (one.Until is not null, one.ClosedAt is not null));
        }
    });

    [Fact]
    public void What_each_operator_has_is_what_the_conversations_say() => Law.OfTurns(turn =>
    {
        var has = turn.After.Index.Loads.SelectMany(load => load.Value.Select(id => (load.Key, id))).Order();
        var should = turn.After.Conversations.Values.Where(one => one.Operator is not null).Select(one => (one.Operator!.Value, one.Id)).Order();
        Assert.Equal(should, has);
    });

    [Fact]
    public void A_visitor_has_one_open_conversation_at_most_and_it_is_the_one_they_are_known_by() => Law.OfTurns(turn =>
    {
        var open = turn.After.Conversations.Values.Where(one => one.IsOpen).Select(one => (one.Visitor.Value, one.Id.Value)).Order().ToList();
        Assert.Equal(open.Count, open.DistinctBy(one => one.Item1).Count());
        Assert.Equal(open, turn.After.Visitors.Values.Where(one => one.Open is not null).Select(one => (one.Id.Value, one.Open!.Value.Value)).Order());
    });

    [Fact]
    public void Positions_in_every_queue_are_one_to_n_in_its_order() => Law.OfTurns(turn =>
    {
        var state = turn.After;
        foreach (var queue in state.Conversations.Values.Where(one => one.Stage == Stage.Queued).GroupBy(one => one.Department))
            Assert.Equal(
                Enumerable.Range(1, queue.Count()), queue.OrderBy(one => one.Order).ThenBy(one => one.Id).Select(one => state.Index.Position(one) ?? 0));
        Assert.All(state.Conversations.Values.Where(one => one.Stage != Stage.Queued), one => Assert.Null(state.Index.Position(one)));
        Assert.Equal(
            state.Conversations.Values.Count(one => one.Stage == Stage.Queued), state.Index.Queues.Sum(queue => queue.Value.Count));
    });

    [Fact]
    public void The_position_that_is_told_is_the_position_there_is() => Law.OfEvents((_, recorded, after) =>
    {
        if (recorded.Event is ConversationQueued queued)
            Assert.Equal(after.Index.Position(after.Conversations[queued.Conversation]), queued.Position);
    });

    [Fact]
    public void Nobody_in_a_queue_is_overtaken_but_by_what_comes_back_to_its_head() => Law.OfEvents((before, recorded, after) =>
    {
        if (recorded.Event is ConversationQueued { Reason: QueueReason.New or QueueReason.Transfer } queued)
            Assert.Equal(after.Index.Queue(queued.Department).Count, queued.Position);
        else if (recorded.Event is ConversationQueued back)
            Assert.Equal(1, back.Position);
        else if (recorded.Event is not ConversationStarted)
            foreach (var (department, queue) in after.Index.Queues)
                Assert.Equal(before.Index.Queue(department).Intersect(queue), queue);
    });

    [Fact]
    public void Every_open_conversation_has_one_alarm_and_no_other_has() => Law.OfTurns(turn => Assert.Equal(
        turn.After.Conversations.Values.Where(one => one.IsOpen).Select(one => one.Id).Order(),
        turn.After.Index.Alarms.Select(alarm => alarm.Conversation).Order()));

    [Fact]
    public void After_a_tick_nothing_is_due_and_another_tick_does_nothing() => Law.OfTurns(turn =>
    {
        if (turn.Spoken.Command is not Tick)
            return;
        Assert.False(turn.After.Due <= turn.Now);
        Assert.All(turn.After.Conversations.Values.Where(one => one.IsOpen), one => Assert.False(IsOverdue(turn.After, one, turn.Now), $"{one}"));
        Assert.True(Decider.Decide(turn.After, turn.Spoken, turn.Now) is Outcome.Accepted { Events.Count: 0 });
    });

    [Fact]
    public void A_tick_before_anything_is_due_does_nothing() => Law.OfTurns(turn =>
    {
        if (turn.After.Due is { } due)
            Assert.True(Decider.Decide(turn.After, new Spoken(Actor.System.Itself, Tick.Now), due - Company.Moment) is Outcome.Accepted { Events.Count: 0 });
    });

    [Fact]
    public void Every_event_of_a_conversation_names_whose_it_is_when_it_happens() => Law.OfEvents((before, recorded, _) =>
    {
        if (recorded.Event is ConversationEvent e and not ConversationStarted)
            Assert.Equal(before.Conversations[e.Conversation].Visitor, e is ConversationMoved moved ? moved.From : e.Visitor);
    });

    [Fact]
    public void Only_what_is_over_is_asked_about_and_each_operator_once() => Law.OfTurns(turn =>
    {
        foreach (var one in turn.After.Conversations.Values.Where(one => !one.Ratings.IsEmpty))
        {
            Assert.Equal(Stage.Closed, one.Stage);
            Assert.Equal(one.Ratings.Length, one.Ratings.DistinctBy(rating => rating.Operator).Count());
            Assert.All(one.Ratings, rating => Assert.Contains(rating.Operator, one.Participants));
            Assert.All(one.Ratings, rating => Assert.True(rating.Score is null || (rating.Score >= (rating.Scale == 5 ? 1 : 0) && rating.Score <= rating.Scale)));
        }
    });

    /// <summary>Said apart from the rule that says it: the time-outs as the department's settings word them.</summary>
    private static bool IsOverdue(AccountState state, Conversation one, DateTimeOffset now)
    {
        var department = state.Departments[one.Department];
        var gone = one is { Stage: Stage.Active, Operator: { } id } && state.Operators[id] is { GoneSince: { } since } person
            && (person.Status == Status.Offline || !person.Reachable) && since > one.AssignedAt ? since : (DateTimeOffset?)null;
        return (one.Stage == Stage.Assigned && one.Until <= now) || gone + department.Grace <= now
            || one.LastMessageAt + department.CloseAfter + TimeSpan.FromMinutes(1) <= now;
    }
}
