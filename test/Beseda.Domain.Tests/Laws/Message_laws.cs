using Beseda.Domain.Conversations;
using Beseda.Domain.Deliveries;
using Beseda.Domain.Files;

namespace Beseda.Domain.Tests.Laws;

/// <summary>What may become of a message, told from the journal alone.</summary>
public sealed class Message_laws
{
    [Fact]
    public void Each_part_of_a_message_is_recorded_once_and_it_is_sent_when_all_are() => OfMessages((story, seq, happened) =>
    {
        var taken = new List<MessageSent>();
        foreach (var one in happened)
        {
            if (one is MessageSent sent)
                Assert.DoesNotContain(taken, other => other.Part == sent.Part);
            Follow(taken, one);
        }

        if (story.State.MessageStates.GetValueOrDefault(seq) is { Delivery: Delivery.Sent })
            Assert.Equal(taken[0].Of, taken.Count);
    });

    [Fact]
    public void Only_what_the_company_said_is_delivered_and_only_whole() => OfMessages((_, _, happened) =>
    {
        var before = happened.TakeWhile(one => one is not MessageDelivered).ToList();
        if (before.Count == happened.Count)
            return;
        Assert.NotEqual(AuthorKind.Visitor, ((MessagePosted)happened[0]).Author.Kind);
        var parts = new List<MessageSent>();
        before.ForEach(one => Follow(parts, one));
        Assert.True(parts.Count == 0 || parts.Count == parts[0].Of, $"{parts.Count} of {parts.FirstOrDefault()?.Of} were sent");
    });

    [Fact]
    public void What_has_gone_whole_does_not_fail_afterwards_unless_the_platform_says_so() => OfMessages((_, _, happened) =>
    {
        var taken = new List<MessageSent>();
        foreach (var one in happened)
        {
            if (one is MessageFailed { External: null })
                Assert.True(taken.Count == 0 || taken.Count < taken[0].Of);
            Follow(taken, one);
        }
    });

    [Fact]
    public void Only_whoever_wrote_a_message_changes_it() => Law.OfTurns(turn =>
    {
        foreach (var recorded in turn.Events)
            if (recorded.Event switch { MessageEdited e => e.By, MessageDeleted e => e.By, _ => (Author?)null } is { } by)
            {
                Assert.Equal(turn.Before.Messages[Witnessed.Message(recorded)!.Value].Author, by);
                Assert.True(turn.Spoken.By is Actor.Visitor ? by.Kind == AuthorKind.Visitor : turn.Spoken.By == new Actor.Operator(by.Operator!.Value));
            }
    });

    [Fact]
    public void Of_what_was_taken_back_nothing_more_is_said_or_sent_again() => OfMessages((_, _, happened) =>
        Assert.DoesNotContain(happened.SkipWhile(one => one is not MessageDeleted).Skip(1), one => one is MessageEdited or MessageDeleted or FileArrived or MessageResent));

    [Fact]
    public void A_file_arrives_once() => OfMessages((_, _, happened) =>
    {
        var arrived = happened.OfType<FileArrived>().Select(one => one.File.Id).ToList();
        Assert.Equal(arrived.Count, arrived.Distinct().Count());
    });

    [Fact]
    public void Only_what_failed_is_sent_again() => OfMessages((_, _, happened) =>
    {
        for (var one = 0; one < happened.Count; one++)
            if (happened[one] is MessageResent)
                Assert.IsType<MessageFailed>(happened.Take(one).Last(other => other is MessageFailed or MessageResent or MessageDelivered));
    });

    /// <summary>The parts that the platform has, as far as it has not taken its word back: a new attempt begins with the first of those.</summary>
    private static void Follow(List<MessageSent> taken, Event happened)
    {
        if (happened is MessageSent sent)
            taken.Add(sent);
        else if (happened is MessageFailed { External: { } denied } && taken.FindIndex(one => one.External == denied) is >= 0 and var at)
            taken.RemoveRange(at, taken.Count - at);
    }

    private static void OfMessages(Action<Story, long, IReadOnlyList<Event>> holds) => Law.OfStories(story =>
    {
        foreach (var (seq, happened) in Witnessed.Messages(story))
            holds(story, seq, happened);
    });
}
