using Beseda.Protocol;

namespace Beseda.Server.Tests.Conversations;

/// <summary>What was, page by page; and what is, with what follows.</summary>
public sealed class Timeline_tests(Server server)
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(200)]
    public async Task Pages_of_a_timeline_are_exact_on_both_sides(int limit)
    {
        var company = await Company.OpenAsync(server);
        var anna = await company.HireAsync("Анна");
        var guest = await company.ReceiveAsync();
        var id = (await guest.WriteAsync("0")).Conversation;
        (await anna.DoAsync(id, "take")).Must(204);
        for (var i = 1; i < 20; i++)
            await (i % 3 == 0 ? guest.WriteAsync($"{i}") : anna.WriteAsync(id, $"{i}", note: i % 4 == 0));
        var journal = await company.JournalAsync();
        var all = journal.Where(e => e.Conversation == id).ToList();
        var shown = all.Where(e => !(e.Kind == "message.posted" && e.Body.TryGetProperty("note", out var note) && note.GetBoolean()));

        var office = await BackAsync(async before =>
        {
            var page = await anna.TimelineAsync(id, $"?limit={limit}{before}");
            return (page.Events, page.HasMore, page.Seq);
        });
        var visitors = await BackAsync(async before =>
        {
            var page = await guest.TimelineAsync($"?limit={limit}{before}");
            return (page.Events, page.HasMore, page.Seq);
        });

        Assert.Equal(all.Select(e => e.Seq), office);
        Assert.Equal(shown.Select(e => e.Seq), visitors);

        async Task<List<long>> BackAsync(Func<string, Task<(IReadOnlyList<Entry> Events, bool HasMore, long Seq)>> read)
        {
            var (seqs, before) = (new List<long>(), "");
            while (true)
            {
                var (events, more, seq) = await read(before);
                Assert.Equal(journal.Count, seq);
                Assert.Equal(events.Select(entry => entry.Seq).Order(), events.Select(entry => entry.Seq));
                seqs.InsertRange(0, events.Select(entry => entry.Seq));
                if (!more)
                    return seqs;
                Assert.Equal(limit, events.Count);
                before = $"&before={events[0].Seq}";
            }
        }
    }

    [Theory]
    [InlineData("?limit=0", 1)]
    [InlineData("?limit=-5", 1)]
    [InlineData("?limit=1000", 200)]
    [InlineData("?before=0", 0)]
    [InlineData("?before=-1", 0)]
    [InlineData("?before=9223372036854775807&limit=3", 3)]
    public async Task Odd_pages_are_answered_all_the_same(string query, int expected)
    {
        var company = await Company.OpenAsync(server);
        var guest = await company.ReceiveAsync();
        var id = (await guest.WriteAsync("0")).Conversation;
        await Parallel.ForAsync(0, 250, async (i, _) => await guest.WriteAsync($"{i}"));

        Assert.Equal(expected, (await guest.TimelineAsync(query)).Events.Count);
        Assert.Equal(expected, (await company.Admin.TimelineAsync(id, query)).Events.Count);
    }

    [Fact]
    public async Task The_desk_and_what_the_feed_says_after_it_are_everything_and_nothing_twice()
    {
        var company = await Company.OpenAsync(server);
        var guests = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => company.ReceiveAsync()));
        var writing = Task.WhenAll(guests.Select(async guest =>
        {
            for (var i = 0; i < 25; i++)
            {
                await guest.WriteAsync($"{i}");
                if (i % 10 == 9)
                    (await guest.PostAsync("close")).Must(204);
            }
        }));

        var looks = new List<(Desk Desk, Listener Feed)>();
        while (!writing.IsCompleted || looks.Count < 3)
        {
            var desk = await company.Admin.DeskAsync();
            looks.Add((desk, await company.Admin.ListenAsync($"?since={desk.Seq}&journal={desk.Journal}")));
        }

        await writing;
        var journal = await company.JournalAsync();
        var head = journal[^1].Seq;
        foreach (var (desk, feed) in looks)
        {
            var ended = journal.Where(e => e.Seq <= desk.Seq && e.Kind == "conversation.closed").Select(e => e.Conversation).ToHashSet();
            var started = journal.Where(e => e.Seq <= desk.Seq && e.Kind == "conversation.started").Select(e => e.Seq);
            Assert.Equal(started.Where(id => !ended.Contains(id)), desk.Conversations.Select(one => one.Id));
            Assert.All(desk.Conversations, one => Assert.Equal(
                journal.Last(e => e.Seq <= desk.Seq && e.Conversation == one.Id && e.Kind == "message.posted").Seq, one.Last!.Seq));
            Assert.Equal(journal.Where(e => e.Seq > desk.Seq).Select(e => e.Seq), (await feed.EntriesUntilAsync(head)).Select(frame => frame.Id!.Value));
            await feed.DisposeAsync();
        }
    }

    [Fact]
    public async Task History_goes_back_page_by_page_newest_first()
    {
        var company = await Company.OpenAsync(server);
        var anna = await company.HireAsync("Анна");
        var guest = await company.ReceiveAsync();
        var other = await company.ReceiveAsync();
        var mine = new List<long>();
        for (var i = 0; i < 7; i++)
        {
            mine.Add((await guest.WriteAsync($"{i}")).Conversation);
            (await guest.PostAsync("close")).Must(204);
        }

        var open = (await other.WriteAsync("Ещё открыт")).Conversation;

        var (seen, before) = (new List<long>(), "");
        while (true)
        {
            var page = (await anna.GetAsync($"/api/operator/conversations?limit=3{before}")).Read<ConversationPage>();
            seen.AddRange(page.Conversations.Select(one => one.Id));
            if (page.Next is not { } next)
                break;
            before = $"&before={next}";
        }

        Assert.Equal([open, .. Enumerable.Reverse(mine)], seen);
        var theirs = (await anna.GetAsync($"/api/operator/conversations?visitor={guest.Session.Visitor.Id}")).Read<ConversationPage>();
        Assert.Equal(Enumerable.Reverse(mine), theirs.Conversations.Select(one => one.Id));
        Assert.All(theirs.Conversations, one => Assert.Equal(ConversationStatus.Closed, one.Status));
    }
}
