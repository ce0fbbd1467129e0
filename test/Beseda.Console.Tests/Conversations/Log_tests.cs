using Beseda.Protocol;
using Beseda.Workplace.Conversations;
using static Beseda.Console.Tests.Conversations.Scene;

namespace Beseda.Console.Tests.Conversations;

public sealed class Log_tests
{
    private static MessagePosted At(long seq, long? person = null) => Message($"№{seq}", person) with { Seq = seq, At = Noon.AddSeconds(seq), Conversation = 1 };

    private static ConversationTimeline Page(long from, long to, bool more) =>
        new(to, Chat(1), [.. Enumerable.Range((int)from, (int)(to - from + 1)).Select(seq => At(seq))], more);

    private static IEnumerable<long> Drawn(Log log) => log.Window.Select(entry => entry.Seq);

    private static IEnumerable<long> Range(long from, long to) => Enumerable.Range((int)from, (int)(to - from + 1)).Select(seq => (long)seq);

    [Fact]
    public void Opens_on_the_newest_eighty_and_what_came_while_they_were_fetched()
    {
        var log = new Log(1);
        log.Add(At(101));
        log.Begin(Page(1, 100, more: true));
        Assert.Equal(Range(22, 101), Drawn(log));
        Assert.True(log is { Loaded: true, AtEnd: true, HasMore: true, Oldest: 1 });
    }

    [Fact]
    public void Every_entry_stands_once_and_in_order_however_it_came()
    {
        var log = new Log(1);
        log.Begin(Page(1, 10, more: false));
        foreach (var seq in new long[] { 12, 11, 12, 5, 13, 10 }) log.Add(At(seq));
        log.Begin(Page(5, 13, more: true));
        Assert.Equal(Range(1, 13), Drawn(log));
        Assert.False(log.HasMore);
    }

    [Fact]
    public void Grows_by_sixty_upwards_and_never_draws_more_than_two_hundred_and_forty()
    {
        var log = new Log(1);
        log.Begin(Page(301, 380, more: true));
        Assert.False(log.Up());
        for (var from = 241; from >= 1; from -= 60)
        {
            log.Extend(Page(from, from + 59, more: from > 1));
            Assert.True(log.Up());
            Assert.True(Drawn(log).Count() <= Log.Most);
        }
        Assert.Equal(Range(1, 240), Drawn(log));
        Assert.True(log is { AtStart: true, AtEnd: false, HasMore: false });

        while (log.Down()) Assert.True(Drawn(log).Count() <= Log.Most);
        Assert.Equal(Range(141, 380), Drawn(log));
    }

    [Fact]
    public void New_messages_are_drawn_at_the_end_and_wait_below_for_one_who_reads_above()
    {
        var log = new Log(1);
        log.Begin(Page(1, 300, more: false));
        log.Add(At(301));
        Assert.Equal(301, Drawn(log).Last());

        for (var i = 0; i < 5; i++) log.Up();
        var reading = Drawn(log).ToList();
        log.Add(At(302));
        Assert.Equal(reading, Drawn(log));
        Assert.False(log.AtEnd);

        log.ToEnd();
        Assert.Equal(Range(223, 302), Drawn(log));
    }

    [Fact]
    public void After_an_absence_too_long_to_bridge_it_begins_anew()
    {
        var log = new Log(1);
        log.Begin(Page(1, 80, more: false));
        log.Begin(Page(500, 579, more: true));
        Assert.Equal(Range(500, 579), Drawn(log));
        Assert.True(log.HasMore);
        Assert.Equal(500, log.Oldest);
    }

    [Fact]
    public void A_conversation_that_leaves_the_page_keeps_its_newest_two_hundred()
    {
        var log = new Log(1);
        log.Begin(Page(1, 500, more: false));
        log.Shrink();
        Assert.True(log.HasMore);
        Assert.Equal(301, log.Oldest);
        log.Extend(Page(241, 300, more: true));
        while (log.Up()) { }
        Assert.Equal(241, Drawn(log).First());
    }

    [Fact]
    public void Whoever_writes_has_read_what_was_before()
    {
        var log = new Log(1);
        log.Begin(new ConversationTimeline(3, Chat(1), [At(1, Anna), At(2, Anna), At(3)], false));
        Assert.Equal(3, log.ReadByVisitor);
        Assert.True(log.Add(new MessageRead { Seq = 5, At = Noon, Conversation = 1, Message = 4, By = AuthorKind.Visitor }));
        Assert.Equal(4, log.ReadByVisitor);
        Assert.False(log.Add(new MessageRead { Seq = 6, At = Noon, Conversation = 1, Message = 4, By = AuthorKind.Operator }));
    }

    /// <summary>Pages, the feed and the reader's scrolling in any order: the window is always a gapless piece of the whole.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_window_is_always_a_gapless_piece(int seed)
    {
        var chance = new Random(seed);
        var log = new Log(1);
        var newest = 400L;
        log.Begin(Page(newest - 79, newest, more: true));
        for (var step = 0; step < 2_000; step++)
        {
            switch (chance.Next(5))
            {
                case 0: log.Add(At(++newest)); break;
                case 1 when log.Oldest > 1: log.Extend(Page(Math.Max(1, log.Oldest - 60), log.Oldest - 1, log.Oldest > 61)); break;
                case 2: log.Up(); break;
                case 3: log.Down(); break;
                case 4 when chance.Next(20) == 0: log.Shrink(); break;
            }
            var drawn = Drawn(log).ToList();
            Assert.Equal(Range(drawn[0], drawn[^1]), drawn);
            Assert.True(drawn.Count <= Log.Most);
            Assert.Equal(log.AtEnd, drawn[^1] == newest);
        }
    }
}
