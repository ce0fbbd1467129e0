using Beseda.Domain.Conversations;

namespace Beseda.Domain.Tests.Laws;

public sealed class Channel_laws
{
    [Fact]
    public void A_number_never_goes_backwards_and_with_those_ahead_of_it_is_the_highest_that_was_told() => Law.OfStories(story =>
    {
        var highest = new Dictionary<VisitorId, long>();
        foreach (var (before, recorded, after) in story.Turns.SelectMany(turn => turn.Unfolded()))
        {
            Assert.All(before.Visitors.Values, one => Assert.True(after.Visitors[one.Id].LastNumber >= one.LastNumber));
            if (Witnessed.Number(recorded.Event) is var (visitor, number))
                highest[visitor] = Math.Max(highest.GetValueOrDefault(visitor), number);
        }

        Assert.All(story.State.Visitors.Values, one =>
        {
            Assert.Equal(highest.GetValueOrDefault(one.Id), one.NumbersAhead is [.., var newest] ? newest : one.LastNumber);
            Assert.Equal(one.NumbersAhead.Order().Distinct(), one.NumbersAhead);
            Assert.All(one.NumbersAhead, ahead => Assert.True(ahead > one.LastNumber + 1));
        });
    });

    [Fact]
    public void Nobody_is_heard_before_what_they_said_earlier_unless_it_is_long_overdue() => Law.OfTurns(turn =>
    {
        if (turn is { Spoken: { By: Actor.Visitor { Id: var visitor }, Command: PostMessage { Number: { } number, Late: var late } }, Outcome: Outcome.Accepted }
            && turn.Before.VisitorOrNew(visitor).LastNumber is var last and > 0)
            Assert.True(late || number <= last + 1);
    });

    [Fact]
    public void What_Beseda_says_by_itself_goes_to_visitors_of_channels_that_are_on_and_changes_nothing_else() => Law.OfEvents((before, recorded, after) =>
    {
        if (recorded.Event is not MessagePosted { Author.Kind: AuthorKind.System } said)
            return;
        Assert.Equal((null, false), (said.Author.Operator, said.Note));
        Assert.True(before.Channels[before.Visitors[said.Visitor].Channel!.Value].Enabled);
        Assert.NotEqual("", said.Words!.Text);
        Assert.DoesNotContain(said.Words.Buttons ?? [], button => button.Text.Length == 0);
        Assert.Equal(before.Conversations[said.Conversation], after.Conversations[said.Conversation]);
        Assert.Equal((before.Index, before.Due), (after.Index, after.Due));
    });

    [Fact]
    public void Beseda_says_nothing_of_its_own_accord_but_only_when_something_happened() => Law.OfTurns(turn =>
    {
        var happened = turn.Events.Where(one => !IsDialogue(one.Event)).Select(one => one.Event).ToList();
        var said = turn.Events.Where(one => IsDialogue(one.Event)).ToList();
        Assert.Equal(turn.Events.TakeLast(said.Count), said);
        Assert.True(said.Count <= happened.Count);
        Assert.All(said, one => Assert.Contains(happened, other => other is ConversationEvent e && e.Conversation == ((MessagePosted)one.Event).Conversation));
    });

    private static bool IsDialogue(Event happened) => happened is MessagePosted { Author.Kind: AuthorKind.System };
}
