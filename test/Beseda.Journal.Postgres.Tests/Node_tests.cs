namespace Beseda.Journal.Tests;

/// <summary>Any number of processes on one database are one journal.</summary>
public sealed class Node_tests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task What_is_written_at_one_node_is_read_at_another()
    {
        await using var nodes = await Nodes.OpenAsync(2);
        var account = await nodes[0].AddAccountAsync();
        using var feed = await nodes[1].OpenFeedAsync(account, [TallyFrame.Key(1)], null);

        for (var i = 1; i <= 50; i++)
            await CommitAsync(nodes[i % 2], account, new Count(1));

        Assert.Equal(Enumerable.Range(1, 50).Select(seq => (long)seq), await ReadAsync(nodes[1], account, feed, 50));
    }

    [Fact]
    public async Task Many_writers_at_three_nodes_leave_no_hole_and_every_retry_gets_its_first_answer()
    {
        await using var nodes = await Nodes.OpenAsync(3);
        var account = await nodes[0].AddAccountAsync();

        var receipts = await Task.WhenAll(Enumerable.Range(0, 24).Select(writer => Task.Run(async () =>
        {
            var mine = new List<Receipt>();
            for (var i = 0; i < 40; i++)
            {
                var ask = new Count(writer % 5, 1, writer, $"{i}");
                mine.Add(await CommitAsync(nodes[(writer + i) % 3], account, ask));
                var again = await CommitAsync(nodes[(writer + i + 1) % 3], account, ask);
                Assert.Equal((mine[^1].Seq, mine[^1].At), (again.Seq, again.At));
            }

            return mine;
        })));

        var events = await nodes[1].ReadAsync(account, 0, int.MaxValue);
        Assert.Equal(Enumerable.Range(1, 24 * 40).Select(seq => (long)seq), events.Select(entry => entry.Seq));
        Assert.All(events.Zip(events.Skip(1)), pair => Assert.True(pair.First.At < pair.Second.At));
        Assert.All(receipts, mine => Assert.Equal(mine.OrderBy(one => one.Seq), mine));
        Assert.Equal(24 * 40, receipts.SelectMany(mine => mine).Select(one => one.Seq).Distinct().Count());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task However_the_nodes_take_turns_each_has_the_state_that_the_events_add_up_to(int seed)
    {
        var chance = new Random(seed);
        await using var nodes = await Nodes.OpenAsync(3);
        var account = await nodes[0].AddAccountAsync();
        var rules = new TallyRules();

        for (var i = 0; i < 150; i++)
        {
            Ask ask = chance.Next(8) switch
            {
                0 => new Close(chance.Next(6)),
                1 => new Become(chance.Next(3), chance.Next(3)),
                _ => new Count(chance.Next(6), 2 * chance.Next(1, 50), chance.Next(3), $"{chance.Next(40)}"),
            };
            await nodes[chance.Next(3)].SubmitAsync(account, ask);
            if (i == 75)
                await nodes.AddAsync();
        }

        for (var node = 0; node < 4; node++)
        {
            await CommitAsync(nodes[node], account, new Remind(100 + node, DateTimeOffset.MaxValue));
            var folded = (await nodes[node].ReadAsync(account, 0, int.MaxValue)).Aggregate(Board.Empty, rules.Evolve);
            Assert.Equal(rules.Trim(folded).ToString(), rules.Trim(await nodes[node].StateAsync(account)).ToString());
        }
    }

    [Fact]
    public async Task A_node_that_hears_nothing_finds_out_by_itself()
    {
        await using var nodes = await Nodes.OpenAsync(1);
        var account = await nodes[0].AddAccountAsync();
        using var feed = await nodes[0].OpenFeedAsync(account, [TallyFrame.Key(1)], null);

        // As if another node had written it and died before it could tell.
        Engine.Cluster.Execute(nodes.Url.Split('/')[^1], $"""
            insert into events (account, seq, kind, at, body) select {account}, 1, kind, at, body from (
                values (1::smallint, 1::bigint, '1,5'::bytea)) v(kind, at, body)
            """);

        await feed.WaitAsync().AsTask().WaitAsync(Soon, TestContext.Current.CancellationToken);
        Assert.Equal([1], await ReadAsync(nodes[0], account, feed, 1));
    }

    [Fact]
    public async Task Who_was_told_more_at_another_node_is_not_sent_away()
    {
        await using var nodes = await Nodes.OpenAsync(2);
        var account = await nodes[0].AddAccountAsync();
        await nodes[1].StateAsync(account);
        // While it publishes, all of them ask; none must be told that all is done.
        var asking = 0;
        nodes.Frames.Before = () => SpinWait.SpinUntil(() => Volatile.Read(ref asking) >= 100, TimeSpan.FromMilliseconds(2));

        for (var i = 0; i < 40; i++)
        {
            var last = await CommitAsync(nodes[0], account, new Count(1));
            Volatile.Write(ref asking, 0);
            await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(async () =>
            {
                Interlocked.Increment(ref asking);
                using var feed = await nodes[1].OpenFeedAsync(account, [TallyFrame.Key(1)], last.Seq);
                Assert.Equal(FeedStep.UpToDate, await nodes[1].ReadFeedAsync(account, feed, []));
            })));
        }
    }

    [Fact]
    public async Task More_than_can_be_folded_at_once_is_folded_all_the_same()
    {
        await using var nodes = await Nodes.OpenAsync(2);
        var account = await nodes[0].AddAccountAsync();
        await CommitAsync(nodes[0], account, new Count(1));
        await CommitAsync(nodes[1], account, new Count(1));
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => CommitAsync(nodes[0], account, new Count(1, Events: 100))));

        Assert.Equal(4_003, (await CommitAsync(nodes[1], account, new Count(1))).Seq);
        Assert.Equal(4_003, (await nodes[1].StateAsync(account)).Of(1).Sum);
    }

    [Fact]
    public async Task Signals_and_resets_reach_whoever_listens_at_another_node()
    {
        await using var nodes = await Nodes.OpenAsync(2);
        var account = await nodes[0].AddAccountAsync();
        using var feed = await nodes[1].OpenFeedAsync(account, [TallyFrame.Key(1)], null);
        var heard = new List<Frame>();

        nodes[0].Signal(account, new TallyFrame(0, "hello \"you\" – привет", TallyFrame.Key(1)));
        await feed.WaitAsync().AsTask().WaitAsync(Soon, TestContext.Current.CancellationToken);
        await nodes[1].ReadFeedAsync(account, feed, heard);
        Assert.Equal("hello \"you\" – привет", Assert.IsType<TallyFrame>(Assert.Single(heard)).Text);

        nodes[0].Reset(account, TallyFrame.Key(1));
        await feed.WaitAsync().AsTask().WaitAsync(Soon, TestContext.Current.CancellationToken);
        Assert.Equal(FeedStep.Reset, await nodes[1].ReadFeedAsync(account, feed, heard));
    }

    [Fact]
    public async Task What_falls_due_after_its_node_has_gone_is_seen_to_by_another()
    {
        await using var nodes = await Nodes.OpenAsync(2);
        var account = await nodes[0].AddAccountAsync();
        await CommitAsync(nodes[0], account, new Remind(1, DateTimeOffset.UtcNow.AddSeconds(2)));
        Assert.Null(nodes[1].LoadedState(account));
        nodes.Stop(0);

        for (var started = DateTime.UtcNow; DateTime.UtcNow - started < Soon; await Task.Delay(50, TestContext.Current.CancellationToken))
            if ((await nodes[1].ReadAsync(account, 1, 10)).Count > 0)
                break;
        Assert.Equal(new Rang(1), Assert.Single(await nodes[1].ReadAsync(account, 1, 10)).Event);
    }

    private static async Task<Receipt> CommitAsync(TallyJournal journal, AccountId account, Ask ask) =>
        Assert.IsType<Answer.Committed>(await journal.SubmitAsync(account, ask)).Receipt;

    private static async Task<List<long>> ReadAsync(TallyJournal journal, AccountId account, Feed feed, int count)
    {
        var frames = new List<Frame>();
        while (frames.Count < count)
            if (await journal.ReadFeedAsync(account, feed, frames) == FeedStep.UpToDate && frames.Count < count)
                await feed.WaitAsync().AsTask().WaitAsync(Soon, TestContext.Current.CancellationToken);
        return frames.ConvertAll(frame => frame.Seq);
    }
}
