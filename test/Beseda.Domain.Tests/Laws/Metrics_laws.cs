using Beseda.Domain.Metrics;

namespace Beseda.Domain.Tests.Laws;

public sealed class Metrics_laws
{
    [Fact]
    public void What_is_counted_of_a_conversation_is_what_a_person_would_count() => Law.OfStories(story =>
    {
        foreach (var (tally, counted) in Conversations(story))
        {
            Assert.Equal(counted.Closed, tally.Closed);
            Assert.Equal(counted.WaitingSince, tally.WaitingSince);
            Assert.Equal(counted.Waits, tally.Waits.Select(one => one.Time));
            Assert.Equal(counted.FirstResponse, tally.FirstResponse?.Time);
            Assert.Equal(counted.Responses, tally.Responses.Select(one => one.Time));
            Assert.Equal(counted.Outcome, tally.Outcome);
        }
    });

    [Fact]
    public void Every_stint_of_an_operator_is_what_a_person_would_count() => Law.OfStories(story =>
    {
        foreach (var (tally, counted) in Conversations(story))
            Assert.Equal(counted.Stints, tally.Stints.Select(one => (one.Operator, one.Reaction, one.Handled)));
    });

    [Fact]
    public void The_working_clock_never_goes_back_and_never_overtakes_the_clock_on_the_wall() => Law.OfStories(story =>
    {
        foreach (var events in Told(story))
        {
            var last = default(Elapsed);
            foreach (var recorded in events.Where(one => Tally.Reads((ConversationEvent)one.Event)))
            {
                var passed = (recorded.At - events[0].At).Ticks / 10;
                var worked = ((ConversationEvent)recorded.Event).Worked;
                Assert.True(worked is null || worked < passed, $"{worked} of {passed} in {recorded}");
                var (went, counted) = (passed - last.Passed, (worked ?? passed) - last.Worked);
                Assert.InRange(counted, 0, went);
                last = new Elapsed(passed, worked ?? passed);
            }
        }
    });

    [Fact]
    public void Only_what_time_is_counted_from_tells_the_working_clock() => Law.OfEvents((_, recorded, _) =>
        Assert.True(recorded.Event is not ConversationEvent { Worked: not null } told || Tally.Reads(told)));

    private static List<List<Recorded>> Told(Story story) =>
        [.. story.Journal.Where(one => one.Event is ConversationEvent).GroupBy(one => ((ConversationEvent)one.Event).Conversation).Select(one => one.ToList())];

    private static IEnumerable<(Tally Tally, Counted Counted)> Conversations(Story story) =>
        Told(story).Select(events => (story.State.Conversations[((ConversationEvent)events[0].Event).Conversation].Tally!, new Counted(events)));
}
