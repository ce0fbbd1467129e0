using Beseda.Protocol;
using Beseda.Workplace.Browsing;
using Beseda.Workplace.Conversations;
using Beseda.Workplace.Operators;
using Beseda.Workplace.Texts;
using static Beseda.Console.Tests.Conversations.Scene;

namespace Beseda.Console.Tests.Conversations;

public sealed class Lines_tests
{
    private static readonly VisitorCard Visitor = new("abcdef4f2a", null);

    private static Moment Moment(DateTimeOffset at) => new($"{at:yyyy-MM-dd}", $"{at:d MMMM}", $"{at:HH:mm}");

    private static List<Line> Of(Entry[] entries, params Outgoing[] outgoing)
    {
        var log = new Log(1);
        log.Begin(new ConversationTimeline(99, Chat(1), [.. entries.Select((entry, i) => entry with { Seq = i + 1, Conversation = 1 })], false));
        return new Lines(new Words(Language.Russian), new Roster(), Moment, Anna).Of(log, Visitor, outgoing);
    }

    [Fact]
    public void Days_are_separated_and_messages_of_one_author_stand_together()
    {
        var lines = Of(
        [
            Message("вечер") with { At = Noon.AddDays(-1) },
            Message("день") with { At = Noon },
            Message("сразу") with { At = Noon.AddMinutes(1) },
            Message("позже") with { At = Noon.AddMinutes(30) },
            Message("ответ", Anna) with { At = Noon.AddMinutes(31) },
            Message("заметка", Anna, note: true) with { At = Noon.AddMinutes(31) },
        ]);
        Assert.Equal(["11 March", "12 March"], lines.OfType<DayLine>().Select(day => day.Label));
        Assert.Equal([false, false, true, false, false, false], lines.OfType<MessageLine>().Select(line => line.Follows));
        Assert.Equal("Посетитель 4f2a", lines.OfType<MessageLine>().First().Author);
    }

    [Fact]
    public void A_message_keeps_its_row_when_it_arrives()
    {
        var item = new Outgoing("client-1", 1, new OperatorMessage("client-1", "ответ"), Noon, Sending.Underway);
        var leaving = Assert.IsType<OutgoingLine>(Of([], item).Single());
        var arrived = Assert.IsType<MessageLine>(Of([Message("ответ", Anna, clientId: "client-1") with { At = Noon }]).Last());
        Assert.Equal(leaving.Key, arrived.Key);
    }

    [Fact]
    public void Only_my_own_messages_tell_whether_they_were_read_and_notes_do_not()
    {
        var lines = Of(
        [
            Message("раз", Anna) with { At = Noon },
            new MessageRead { Seq = 0, At = Noon, Message = 1, By = AuthorKind.Visitor },
            Message("два", Anna) with { At = Noon },
            Message("для своих", Anna, note: true) with { At = Noon },
            Message("коллега", Nikolay) with { At = Noon },
        ]);
        Assert.Equal([Mark.Read, Mark.Sent, Mark.None, Mark.None], lines.OfType<MessageLine>().Select(line => line.Mark));
        Assert.Equal([Side.Me, Side.Me, Side.Me, Side.Colleague], lines.OfType<MessageLine>().Select(line => line.Side));
    }

    [Fact]
    public void An_answer_quotes_the_message_or_says_that_it_is_further_up()
    {
        var lines = Of([Message("вопрос") with { At = Noon }, Message("ответ", Anna) with { At = Noon, ReplyTo = 1 }, Message("ещё", Anna) with { At = Noon, ReplyTo = 777 }]);
        Assert.Equal([null, "вопрос", "более раннее сообщение"], lines.OfType<MessageLine>().Select(line => line.Quote));
    }

    [Fact]
    public void Unchanged_lines_are_equal_and_are_not_drawn_again()
    {
        Entry[] entries = [Message("вопрос", clientId: "c1") with { At = Noon }, Message("ответ", Anna, clientId: "c2") with { At = Noon }];
        var log = new Log(1);
        log.Begin(new ConversationTimeline(99, Chat(1), [.. entries.Select((entry, i) => entry with { Seq = i + 1 })], false));
        var lines = new Lines(new Words(Language.English), new Roster(), Moment, Anna);
        Assert.Equal(lines.Of(log, Visitor, []), lines.Of(log, Visitor, []));
    }
}
