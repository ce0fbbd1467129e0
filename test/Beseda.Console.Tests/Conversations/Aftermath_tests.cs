using Beseda.Protocol;
using Beseda.Workplace.Conversations;
using static Beseda.Console.Tests.Conversations.Scene;

namespace Beseda.Console.Tests.Conversations;

/// <summary>What becomes of messages, told by the feed and by pages in any order.</summary>
public sealed class Aftermath_tests
{
    private static readonly FileLink Pending = new("f1", "стол.jpg", 0, "image/jpeg", null, 800, 600, State: FileState.Pending);

    private static MessagePosted At(long seq, string text = "было") => Message(text, Anna) with { Seq = seq, At = Noon, Conversation = 1 };

    private static ConversationTimeline Page(long asOf, params Entry[] events) => new(asOf, Chat(1), events, false);

    private static MessagePosted Said(Log log, long seq = 1) => (MessagePosted)log.Find(seq)!;

    private static Entry Happens(long seq, Entry entry) => entry with { Seq = seq, At = Noon.AddMinutes(seq), Conversation = 1 };

    private static MessageEdited Edited(long message, string text) => new() { Seq = 0, At = default, Message = message, Text = text };

    [Fact]
    public void Changes_are_part_of_the_message_and_no_lines_of_their_own()
    {
        var log = new Log(1);
        log.Begin(Page(5, At(1) with { Files = [Pending] }));
        Assert.True(log.Add(Happens(6, Edited(1, "стало"))));
        Assert.Equal(("стало", Noon.AddMinutes(6)), (Said(log).Text, Said(log).EditedAt));

        log.Add(Happens(7, new MessageSent { Seq = 0, At = default, Message = 1 }));
        Assert.Equal(Delivery.Sent, Said(log).Delivery);
        log.Add(Happens(8, new MessageFailed { Seq = 0, At = default, Message = 1, Reason = "blocked" }));
        Assert.Equal((Delivery.Failed, "blocked"), (Said(log).Delivery, Said(log).Failure));
        log.Add(Happens(9, new MessageResent { Seq = 0, At = default, Message = 1 }));
        Assert.Equal((null, null), (Said(log).Delivery, Said(log).Failure));
        log.Add(Happens(10, new MessageDelivered { Seq = 0, At = default, Message = 1 }));
        log.Add(Happens(11, new MessageSent { Seq = 0, At = default, Message = 1 }));
        Assert.Equal(Delivery.Delivered, Said(log).Delivery);

        log.Add(Happens(12, new FileArrived { Seq = 0, At = default, Message = 1, File = Pending with { Name = "", Url = "/files/f1/x", State = null } }));
        Assert.Equal(("/files/f1/x", "стол.jpg", null), (Said(log).Files[0].Url, Said(log).Files[0].Name, Said(log).Files[0].State));

        log.Add(Happens(13, new MessageDeleted { Seq = 0, At = default, Message = 1, By = AuthorKind.Operator }));
        Assert.Null(Said(log).Text);
        Assert.Empty(Said(log).Files);
        Assert.Single(log.Window);
    }

    [Fact]
    public void What_is_about_a_message_that_is_not_here_changes_nothing()
    {
        var log = new Log(1);
        log.Begin(Page(5, At(4)));
        Assert.False(log.Add(Happens(6, Edited(1, "стало"))));
        Assert.Single(log.Window);
    }

    [Fact]
    public void A_page_that_was_made_before_a_change_does_not_undo_it()
    {
        var log = new Log(1);
        log.Add(Happens(9, Edited(1, "стало")));
        log.Begin(Page(8, At(1)));
        Assert.Equal("стало", Said(log).Text);
    }

    [Fact]
    public void A_page_that_was_made_later_tells_what_the_feed_did_not()
    {
        var log = new Log(1);
        log.Begin(Page(5, At(1), At(2)));
        log.Add(Happens(6, Edited(1, "стало")));
        log.Begin(Page(20, At(1, "совсем другое"), At(2) with { Delivery = Delivery.Failed, Failure = "refused" }));
        Assert.Equal("совсем другое", Said(log).Text);
        Assert.Equal("refused", Said(log, 2).Failure);
        Assert.Equal(2, log.Window.Count);
    }

    [Fact]
    public void The_list_follows_what_becomes_of_the_last_message()
    {
        var scene = new Scene(Chat(5, ConversationStatus.Active, Anna));
        var last = scene.Says(5, "отправьте завтра");
        scene.Tell(5, Edited(last.Seq, "отправьте сегодня"));
        Assert.Equal("отправьте сегодня", scene[5]!.Last!.Text);
        var version = scene[5]!.Version;
        scene.Tell(5, new MessageDelivered { Seq = 0, At = default, Message = last.Seq });
        Assert.Equal(version, scene[5]!.Version);
        scene.Tell(5, new MessageDeleted { Seq = 0, At = default, Message = last.Seq, By = AuthorKind.Visitor });
        Assert.Null(scene[5]!.Last!.Text);
    }

    [Fact]
    public void What_a_channel_says_by_itself_answers_nobody()
    {
        var scene = new Scene(Chat(5, ConversationStatus.Active, Anna));
        scene.Says(5, "Здравствуйте");
        scene.Tell(5, Message("Подождите, пожалуйста") with { Author = new Author(AuthorKind.System) });
        Assert.Equal(("Здравствуйте", 1), (scene[5]!.Last!.Text, scene[5]!.Unread));
        Assert.NotNull(scene[5]!.Unanswered);
    }
}
