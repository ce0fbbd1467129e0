using Beseda.Client;
using Beseda.Protocol;
using static Beseda.Console.Tests.Conversations.Scene;

namespace Beseda.Console.Tests.Conversations;

public sealed class Board_tests
{
    [Fact]
    public void A_conversation_goes_from_the_queue_to_whoever_takes_it_and_away_when_it_closes()
    {
        var scene = new Scene();
        scene.Started(5, "Ольга");
        scene.Says(5, "Здравствуйте");
        scene.Queued(5);
        Assert.Equal([5L], scene.Board.Waiting.Chats.Select(chat => chat.Id));
        Assert.Equal(("Ольга", "Здравствуйте", 1), (scene[5]!.Visitor.Name, scene[5]!.Last!.Text, scene[5]!.Unread));

        scene.Assigned(5, Anna, seconds: null);
        scene.Accepted(5, Anna);
        Assert.Equal([5L], scene.Board.Mine.Chats.Select(chat => chat.Id));
        Assert.Empty(scene.Board.Waiting.Chats);
        Assert.Equal(1, scene.Board.Roster.Operator(Anna)!.Open);

        scene.Closed(5);
        Assert.Empty(scene.Board.Mine.Chats);
        Assert.Null(scene[5]);
        Assert.Equal(0, scene.Board.Roster.Operator(Anna)!.Open);
    }

    [Fact]
    public void What_is_offered_to_me_stands_first_with_its_deadline_and_returns_to_the_queue_when_it_lapses()
    {
        var scene = new Scene(Chat(3, ConversationStatus.Active, Anna), Chat(7));
        scene.Assigned(7, Anna);
        Assert.Equal([7L, 3L], scene.Board.Mine.Chats.Select(chat => chat.Id));
        Assert.Equal(Noon.AddSeconds(30), scene[7]!.Until);
        Assert.Equal("fewest-open", scene[7]!.Why!.Rule);

        scene.Queued(7, "accept-timeout");
        Assert.Equal([7L], scene.Board.Waiting.Chats.Select(chat => chat.Id));
        Assert.Null(scene[7]!.Until);
    }

    [Fact]
    public void The_queue_is_in_the_order_of_waiting_and_others_chats_in_the_order_of_life()
    {
        var scene = new Scene(Chat(9), Chat(4), Chat(6, ConversationStatus.Active, Nikolay), Chat(8, ConversationStatus.Active, Nikolay));
        scene.Says(6, "новое");
        Assert.Equal([4L, 9L], scene.Board.Waiting.Chats.Select(chat => chat.Id));
        Assert.Equal([6L, 8L], scene.Board.Others.Chats.Select(chat => chat.Id));
    }

    [Fact]
    public void A_list_held_still_keeps_its_rows_in_place_and_marks_what_left()
    {
        var scene = new Scene(Chat(4), Chat(9));
        scene.Board.Arrange(false);
        var entry = new ConversationAccepted { Seq = 500, At = Noon, Conversation = 4, Operator = new OperatorCard(Nikolay, "Николай") };
        scene.Board.Apply(new EntryFrame(entry));
        scene.Board.Apply(new EntryFrame(new ConversationStarted
        {
            Seq = 501,
            At = Noon.AddHours(-5),
            Conversation = 1,
            Visitor = new VisitorCard("v", null),
            Channel = "site",
            Department = 1,
        }));
        scene.Board.Arrange(still: true);
        Assert.Equal([4L, 9L, 1L], scene.Board.Waiting.Chats.Select(chat => chat.Id));
        Assert.Equal([false, true, true], scene.Board.Waiting.Chats.Select(scene.Board.Waiting.Has));
        Assert.Equal(2, scene.Board.Waiting.Count);

        scene.Board.Arrange(still: false);
        Assert.Equal([1L, 9L], scene.Board.Waiting.Chats.Select(chat => chat.Id));
    }

    [Fact]
    public void Events_the_snapshot_knew_change_nothing()
    {
        var scene = new Scene(Chat(5, ConversationStatus.Active, Anna, unread: 2));
        var version = scene[5]!.Version;
        scene.Board.Apply(new EntryFrame(Message("старое") with { Seq = 90, At = Noon, Conversation = 5 }));
        Assert.Equal((2, version), (scene[5]!.Unread, scene[5]!.Version));
    }

    [Fact]
    public void Unread_counts_the_visitors_messages_until_one_of_us_reads_or_answers()
    {
        var scene = new Scene(Chat(5, ConversationStatus.Active, Anna));
        scene.Says(5, "раз");
        var second = scene.Says(5, "два");
        scene.Says(5, "для своих", Nikolay, note: true);
        Assert.Equal(2, scene[5]!.Unread);
        scene.Read(5, second.Seq - 1, AuthorKind.Operator);
        Assert.Equal(2, scene[5]!.Unread);
        scene.Read(5, second.Seq, AuthorKind.Operator);
        Assert.Equal(0, scene[5]!.Unread);
        Assert.NotNull(scene[5]!.Unanswered);
        scene.Says(5, "ответ", Anna);
        Assert.Null(scene[5]!.Unanswered);
    }

    [Fact]
    public void A_draft_is_shown_for_six_seconds_and_not_after_the_message_it_became()
    {
        var scene = new Scene(Chat(5, ConversationStatus.Active, Anna));
        scene.Types(5, "Нижний Нов");
        Assert.Equal("Нижний Нов", scene[5]!.Draft!.Text);
        scene.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.True(scene.Board.ForgetDrafts());
        scene.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(scene.Board.ForgetDrafts());
        Assert.Null(scene[5]!.Draft);

        var before = scene.Seq;
        scene.Types(5, "Нижний Новгород");
        scene.Says(5, "Нижний Новгород");
        Assert.Null(scene[5]!.Draft);
        scene.Types(5, "Нижний Новгород", head: before);
        Assert.Null(scene[5]!.Draft);
    }

    [Fact]
    public void A_conversation_only_heard_of_is_fetched_and_what_came_meanwhile_is_kept()
    {
        var scene = new Scene();
        scene.Assigned(77, Anna);
        Assert.Equal([77L], scene.Board.Unknown);
        var late = scene.Says(77, "после снимка");
        Assert.Null(scene[77]);

        // The answer was made between the two events: the first is in it, the second is not.
        var known = Chat(77, ConversationStatus.Assigned, Anna, new LastMessage(50, Noon, AuthorKind.Visitor, "до снимка", false), unread: 1);
        scene.Board.Learn(new ConversationTimeline(late.Seq - 1, known, [], false));
        Assert.Empty(scene.Board.Unknown);
        Assert.Equal(("после снимка", 2), (scene[77]!.Last!.Text, scene[77]!.Unread));
    }

    [Fact]
    public void A_conversation_that_is_not_ours_to_see_is_forgotten()
    {
        var scene = new Scene();
        scene.Queued(77);
        scene.Board.Forget(77);
        Assert.Empty(scene.Board.Unknown);
        scene.Read(77, 1, AuthorKind.Visitor);
        Assert.Empty(scene.Board.Unknown);
    }

    [Fact]
    public void A_new_snapshot_replaces_everything_but_keeps_the_page_and_what_only_events_tell()
    {
        var scene = new Scene(Chat(5), Chat(6));
        scene.Assigned(5, Anna);
        scene.Board.Show(5);
        var before = scene[5];
        scene.Board.Load(scene.Desk(Chat(5, ConversationStatus.Assigned, Anna)));
        Assert.Same(before, scene.Board.Open);
        Assert.Equal("fewest-open", scene[5]!.Why!.Rule);
        Assert.Null(scene[6]);
    }

    [Fact]
    public void Nothing_is_left_for_whoever_sits_here_next()
    {
        var scene = new Scene(Chat(5, ConversationStatus.Active, Anna));
        scene.Board.Show(5);
        scene.Board.Clear();
        Assert.Null(scene[5]);
        Assert.True(scene.Board is { Me: null, Open: null, Log: null });
    }

    [Fact]
    public void A_closed_conversation_stays_on_the_page_until_it_is_left()
    {
        var scene = new Scene(Chat(5, ConversationStatus.Active, Anna), Chat(6));
        scene.Board.Show(5);
        scene.Closed(5);
        Assert.False(scene.Board.Open!.IsOpen);
        Assert.Empty(scene.Board.Mine.Chats);
        scene.Board.Show(6);
        Assert.Null(scene[5]);
    }

    [Fact]
    public void A_visitor_who_signs_in_is_asked_for_by_name()
    {
        var scene = new Scene(Chat(5, ConversationStatus.Active, Anna));
        scene.Tell(5, new ConversationMoved { Seq = 0, At = default, Into = "customer" });
        Assert.Equal("customer", scene[5]!.Visitor.Id);
        Assert.Equal([5L], scene.Board.Unknown);
        scene.Board.Learn(new ConversationTimeline(scene.Seq, Chat(5, ConversationStatus.Active, Anna) with { Visitor = new VisitorCard("customer", "Ольга") }, [], false));
        Assert.Equal("Ольга", scene[5]!.Visitor.Name);
    }

    [Fact]
    public void My_status_and_my_colleagues_follow_the_feed()
    {
        var scene = new Scene();
        scene.Board.Apply(new EntryFrame(new OperatorStatusChanged { Seq = 200, At = Noon, Operator = Anna, Status = OperatorStatus.Away, Cause = "set" }));
        scene.Board.Apply(new EntryFrame(new OperatorStatusChanged { Seq = 201, At = Noon, Operator = Nikolay, Status = OperatorStatus.Offline, Cause = "connection-lost" }));
        Assert.Equal((OperatorStatus.Away, OperatorStatus.Offline), (scene.Board.Me!.Status, scene.Board.Roster.Operator(Nikolay)!.Status));
    }

    [Fact]
    public void The_title_counts_who_waits_what_is_offered_and_what_is_unread_of_mine()
    {
        var scene = new Scene(
            Chat(1), Chat(2, ConversationStatus.Active, Anna, unread: 3), Chat(3, ConversationStatus.Active, Anna),
            Chat(4, ConversationStatus.Active, Nikolay, unread: 5));
        scene.Assigned(3, Anna);
        Assert.Equal(3, scene.Board.Calls);
    }
}
