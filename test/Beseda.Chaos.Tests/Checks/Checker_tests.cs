using Beseda.Chaos.Histories;

namespace Beseda.Chaos.Tests.Checks;

/// <summary>A checker that finds nothing proves nothing: each fault is put into a clean history, and must be found.</summary>
public sealed class Checker_tests
{
    private const int A = 0;
    private const int Admin = 2;

    [Fact]
    public void A_faultless_history_breaks_no_law() => Assert.Empty(Scene.Broken(Scene.Clean()));

    [Fact]
    public void A_hole_in_the_numbers_is_found() =>
        Assert.Contains("gapless", Broken(history => history with { Events = [.. history.Events.Where(e => e.Seq != 4)] }));

    [Fact]
    public void A_number_given_twice_is_found() =>
        Assert.Contains("gapless", Broken(history => history.WithEvents(e => e.Seq == 13 ? e with { Seq = 12 } : e)));

    [Fact]
    public void A_time_that_stands_still_is_found() =>
        Assert.Equal(["time rises"], Broken(history => history.WithEvents(e => e.Seq == 16 ? e with { At = history.Events[14].At } : e)));

    [Fact]
    public void An_acknowledged_message_that_is_not_there_is_found() =>
        Assert.Contains("nothing lost", Broken(history => history with { Messages = [.. history.Messages, new SentMessage("B", 3, "b-3", "text of b-3", 17)] }));

    [Fact]
    public void A_message_acknowledged_with_a_number_it_does_not_have_is_found() =>
        Assert.Contains("nothing lost", Broken(history => Acknowledged(history, "a-2", 15)));

    [Fact]
    public void A_message_that_is_there_twice_is_found() => Assert.Contains("exactly once", Broken(history => history with
    {
        Events = [.. history.Events, Scene.Message(17, Scene.FirstChat, 71, "a-2", "visitor")],
    }));

    [Fact]
    public void A_message_that_was_sent_without_an_answer_may_be_there_or_not()
    {
        var unanswered = new SentMessage("B", 3, "b-3", "text of b-3");
        Assert.Empty(Broken(history => history with { Messages = [.. history.Messages, unanswered] }));
        Assert.Empty(Broken(history => Acknowledged(history, "b-2", null)));
    }

    [Fact]
    public void A_message_nobody_sent_is_found() =>
        Assert.Equal(["nothing made up"], Broken(history => history with { Messages = [.. history.Messages.Where(one => one.ClientId != "b-2")] }));

    [Fact]
    public void A_changed_text_is_found() =>
        Assert.Equal(["word for word"], Broken(history => history.WithEvents(e => e.Seq == 14 ? e with { Text = "something else" } : e)));

    [Fact]
    public void Two_messages_of_a_sender_in_the_wrong_order_are_found() => Assert.Contains("sender's order", Broken(history => history with
    {
        Messages = [.. history.Messages.Where(one => one.Sender != "A"), Scene.Sent("A", 1, 6) with { Number = 2 }, Scene.Sent("A", 2, 14) with { Number = 1 }],
    }));

    [Fact]
    public void A_dropped_frame_is_found()
    {
        Assert.Equal(["feeds miss nothing"], Broken(history => history.WithFrames(A, frames => frames.Where(frame => frame.Seq != 10))));
        Assert.Equal(["feeds miss nothing"], Broken(history => history.WithFrames(Admin, frames => frames.Where(frame => frame.Seq != 16))));
    }

    [Fact]
    public void A_doubled_frame_is_found() =>
        Assert.Equal(["feeds do not repeat"], Broken(history => history.WithFrames(A, frames => [.. frames, frames[^1]])));

    [Fact]
    public void A_swapped_pair_of_frames_is_found() =>
        Assert.Equal(["feeds keep order"], Broken(history => history.WithFrames(A, frames => [frames[1], frames[0], .. frames[2..]])));

    [Fact]
    public void A_frame_that_is_another_visitor_s_is_found() =>
        Assert.Equal(["feeds show what is there"], Broken(history => history.WithFrames(A, frames => [.. frames, new SeenFrame(16, "message.posted", "b-2")])));

    [Fact]
    public void A_note_in_a_visitor_s_feed_is_found() =>
        Assert.Equal(["feeds show what is there"], Broken(history => history.WithFrames(A, frames => [.. frames, new SeenFrame(15, "message.posted", "o-2")])));

    [Fact]
    public void A_frame_that_says_something_else_is_found() => Assert.Equal(["feeds show what is there"], Broken(history =>
        history.WithFrames(A, frames => frames.Select(frame => frame.Seq == 14 ? frame with { ClientId = "a-9" } : frame))));

    [Fact]
    public void A_feed_that_stays_behind_is_found() =>
        Assert.Equal(["feeds arrive"], Broken(history => history.WithLegs(A, legs => [legs[0] with { End = 15 }])));

    [Fact]
    public void A_reset_is_honest_when_the_new_snapshot_shows_what_was_missed()
    {
        Assert.Empty(Broken(history => AfterAReset(history, 10, new HashSet<long> { 5, 6, 7, 8, 9, 10 })));
        Assert.Equal(["snapshots are whole"], Broken(history => AfterAReset(history, 10, new HashSet<long> { 5, 6, 7, 8, 9 })));
    }

    [Fact]
    public void A_snapshot_older_than_what_was_seen_is_found() =>
        Assert.Contains("the head does not go back", Broken(history => AfterAReset(history, 7, new HashSet<long> { 5, 6, 7 })));

    [Fact]
    public void A_webhook_that_never_arrived_is_found() =>
        Assert.Equal(["webhooks arrive"], Broken(history => Delivered(history, all => all.Where(one => one.Seq != 12))));

    [Fact]
    public void A_webhook_that_arrived_twice_is_allowed() => Assert.Empty(Broken(history => Delivered(history, all => [.. all, all[3]])));

    [Fact]
    public void A_webhook_delivered_before_an_earlier_one_of_its_conversation_was_accepted_is_found() =>
        Assert.Equal(["webhooks keep order"], Broken(history => Delivered(history, all => [all[1], all[0], .. all[2..]])));

    [Fact]
    public void A_webhook_refused_and_then_repeated_out_of_order_is_found() =>
        Assert.Equal(["webhooks keep order"], Broken(history => Delivered(history, all => [all[0] with { Accepted = false }, .. all[1..], all[0]])));

    [Fact]
    public void A_webhook_with_another_signature_is_found() =>
        Assert.Equal(["webhooks are signed"], Broken(history => Delivered(history, all => [all[0] with { Genuine = false }, .. all[1..]])));

    [Fact]
    public void A_chat_that_waits_while_an_operator_is_free_is_found() =>
        Assert.Equal(["nobody waits for a free operator", "rows equal events"], Broken(history => history.WithEvents(e => e.Seq switch
        {
            8 => Scene.Row(8, 30, Scene.FirstChat, 71, "{}"),
            9 => Scene.Row(9, 30, Scene.FirstChat, 71, "{}"),
            _ => e,
        }) with
        { Readers = [] }));

    [Fact]
    public void An_offer_that_never_lapses_is_found() => Assert.Contains("offers lapse", Broken(history =>
        history.WithEvents(e => e.Seq == 9 ? Scene.Row(9, 30, Scene.FirstChat, 71, "{}") : e) with { Now = 36_000_000 }));

    [Fact]
    public void A_second_open_conversation_of_a_visitor_is_found() => Assert.Contains("one open conversation", Broken(history =>
        history.WithEvents(e => e.Seq == 11 ? e with { Visitor = 71 } : e)));

    [Fact]
    public void A_row_that_differs_from_its_events_is_found()
    {
        Assert.Equal(["rows equal events"], Broken(history => history with { Conversations = [history.Conversations[0] with { Operator = 9 }, history.Conversations[1]] }));
        Assert.Equal(["rows equal events"], Broken(history => history with { Conversations = [history.Conversations[0]] }));
        Assert.Equal(["rows equal events"], Broken(history => history with { Conversations = [.. history.Conversations, new(99, 71, false, "closed", null)] }));
    }

    private static IEnumerable<string> Broken(Func<History, History> fault) => Scene.Broken(fault(Scene.Clean()));

    private static History Acknowledged(History history, string clientId, long? seq) =>
        history with { Messages = [.. history.Messages.Select(one => one.ClientId == clientId ? one with { Seq = seq } : one)] };

    private static History Delivered(History history, Func<List<Delivery>, IEnumerable<Delivery>> change) =>
        history with { Deliveries = [.. change([.. history.Deliveries])] };

    /// <summary>A's feed ends at 8, and a snapshot as of another seq takes its place.</summary>
    private static History AfterAReset(History history, long snapshot, HashSet<long> shown) => history.WithLegs(A, legs =>
    [
        legs[0] with { End = 8, Frames = [.. legs[0].Frames.Where(frame => frame.Seq <= 8)] },
        legs[0] with { Start = snapshot, Shown = shown, ShownFrom = 0, Frames = [.. legs[0].Frames.Where(frame => frame.Seq > snapshot)] },
    ]);
}
