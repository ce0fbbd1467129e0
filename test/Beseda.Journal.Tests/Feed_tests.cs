namespace Beseda.Journal.Tests;

/// <summary>Everything after a position, in order, once: from memory, from the database, and across the border between them.</summary>
public sealed class Feed_tests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_has_seen_a_state_that_is_just_being_published_is_not_sent_away()
    {
        await using var ledger = await Ledger.OpenAsync();
        var account = await ledger.Journal.AddAccountAsync();
        await ledger.CommitAsync(account, new Count(1));
        var reading = Task.FromResult(FeedStep.Reset);
        ledger.Frames.Before = () =>
        {
            ledger.Frames.Before = null;
            Assert.Equal(2, ledger.Journal.LoadedState(account)!.Seq);
            reading = ReadAsync();
            // Long enough for who does not wait.
            SpinWait.SpinUntil(() => reading.IsCompleted, TimeSpan.FromMilliseconds(20));
        };

        await ledger.CommitAsync(account, new Count(1));

        Assert.Equal(FeedStep.UpToDate, await reading);

        async Task<FeedStep> ReadAsync()
        {
            using var feed = await ledger.Journal.OpenFeedAsync(account, [TallyFrame.Key(1)], 2);
            return await ledger.Journal.ReadFeedAsync(account, feed, []);
        }
    }

    [Fact]
    public async Task A_feed_opened_without_a_position_begins_now()
    {
        await using var ledger = await Ledger.OpenAsync();
        var account = await ledger.Journal.AddAccountAsync();
        await ledger.CommitAsync(account, new Count(1, Events: 10));
        using var reader = await Reader.OpenAsync(ledger, account, null, 1);
        await ledger.CommitAsync(account, new Count(1));

        Assert.Equal([11], await reader.ReadAsync(1));
    }

    [Theory]
    [InlineData(1_000, 0)]
    [InlineData(4_096, 0)]
    [InlineData(4_097, 0)]
    [InlineData(5_000, 0)]
    [InlineData(6_000, 1_000)]
    [InlineData(6_000, 1_903)]
    [InlineData(6_000, 1_904)]
    [InlineData(6_000, 1_905)]
    [InlineData(6_000, 5_999)]
    public async Task Who_is_behind_catches_up_from_the_database_and_from_memory_without_gap_or_repeat(int head, int after)
    {
        await using var ledger = await Ledger.OpenAsync();
        var account = await ledger.Journal.AddAccountAsync();
        await ledger.CommitAsync(account, new Count(1, Events: head));

        using var reader = await Reader.OpenAsync(ledger, account, after, 1);

        Assert.Equal(Enumerable.Range(after + 1, head - after).Select(seq => (long)seq), await reader.ReadAsync(head - after));
    }

    [Theory]
    [InlineData(5_001, 0)]
    [InlineData(10_000, 4_999)]
    [InlineData(10, 11)]
    [InlineData(10, long.MaxValue)]
    [InlineData(0, 1)]
    public async Task Who_is_too_far_behind_or_beyond_the_head_starts_anew(int head, long after)
    {
        await using var ledger = await Ledger.OpenAsync();
        var account = await ledger.Journal.AddAccountAsync();
        if (head > 0)
            await ledger.CommitAsync(account, new Count(1, Events: head));

        using var reader = await Reader.OpenAsync(ledger, account, after, 1);

        Assert.Equal(FeedStep.Reset, await ledger.Journal.ReadFeedAsync(account, reader.Feed, []));
    }

    [Fact]
    public async Task After_a_restart_everything_comes_from_the_database()
    {
        await using var ledger = await Ledger.OpenAsync();
        var account = await ledger.Journal.AddAccountAsync();
        await ledger.CommitAsync(account, new Count(1, Events: 700));
        await ledger.RestartAsync();

        using var reader = await Reader.OpenAsync(ledger, account, 100, 1);
        await ledger.CommitAsync(account, new Count(1, Events: 5));

        Assert.Equal(Enumerable.Range(101, 605).Select(seq => (long)seq), await reader.ReadAsync(605));
    }

    [Fact]
    public async Task While_everybody_writes_readers_who_join_anywhere_get_all_of_theirs_once_and_in_order()
    {
        await using var ledger = await Ledger.OpenAsync();
        var account = await ledger.Journal.AddAccountAsync();
        await ledger.CommitAsync(account, new Count(0, Events: 3_000));
        const int last = 7_400;

        var readers = Enumerable.Range(0, 12).Select(n => Task.Run(async () =>
        {
            var chance = new Random(n);
            var mine = n % 4;
            var (after, got) = (chance.Next(2_500, 3_000), new List<long>());
            var from = after;
            while (after < last)
            {
                using var reader = await Reader.OpenAsync(ledger, account, after, mine);
                var step = await reader.ReadSomeAsync(chance.Next(1, 900), last);
                Assert.NotEqual(FeedStep.Reset, step);
                got.AddRange(reader.Seen);
                after = (int)reader.Feed.Position;
            }

            return (mine, from, got);
        }, Stop)).ToList();
        var writers = Enumerable.Range(0, 4).Select(n => Task.Run(async () =>
        {
            for (var i = 0; i < 1_100 / 10; i++)
                await ledger.CommitAsync(account, new Count(n, Events: 10));
        }, Stop));
        await Task.WhenAll(writers);

        var events = await ledger.SoundEventsAsync(account);
        Assert.Equal(last, events.Count);
        foreach (var (mine, from, got) in await Task.WhenAll(readers))
            Assert.Equal(events.Where(e => e.Seq > from && ((Counted)e.Event).Tally == mine).Select(e => e.Seq), got);
    }

    [Fact]
    public async Task A_feed_is_woken_by_its_own_keys_alone_and_its_position_moves_with_the_head_all_the_same()
    {
        await using var ledger = await Ledger.OpenAsync();
        var account = await ledger.Journal.AddAccountAsync();
        using var reader = await Reader.OpenAsync(ledger, account, null, 1, 2);
        Assert.Equal(FeedStep.UpToDate, await ledger.Journal.ReadFeedAsync(account, reader.Feed, []));
        var waiting = reader.Feed.WaitAsync();

        await ledger.CommitAsync(account, new Count(3, Events: 20));

        Assert.False(waiting.IsCompleted);
        var nothing = new List<Frame>();
        Assert.Equal(FeedStep.UpToDate, await ledger.Journal.ReadFeedAsync(account, reader.Feed, nothing));
        Assert.Empty(nothing);
        Assert.Equal(20, reader.Feed.Position);

        await ledger.CommitAsync(account, new Count(2));
        await waiting;
        Assert.Equal([21], await reader.ReadAsync(1));
    }

    [Fact]
    public async Task Readers_of_one_account_hear_nothing_of_another()
    {
        await using var ledger = await Ledger.OpenAsync();
        var one = await ledger.Journal.AddAccountAsync();
        var other = await ledger.Journal.AddAccountAsync();
        using var reader = await Reader.OpenAsync(ledger, one, null, 1);
        await ledger.Journal.ReadFeedAsync(one, reader.Feed, []);
        var waiting = reader.Feed.WaitAsync();

        await ledger.CommitAsync(other, new Count(1));

        Assert.False(waiting.IsCompleted);
        Assert.Equal(0, reader.Feed.Position);
        reader.Feed.Wake();
        await waiting;
    }

    [Fact]
    public async Task The_feeds_of_a_key_can_be_told_to_start_anew()
    {
        await using var ledger = await Ledger.OpenAsync();
        var account = await ledger.Journal.AddAccountAsync();
        using var told = await Reader.OpenAsync(ledger, account, null, 1);
        using var spared = await Reader.OpenAsync(ledger, account, null, 2);
        await ledger.Journal.ReadFeedAsync(account, told.Feed, []);
        var waiting = told.Feed.WaitAsync();

        ledger.Journal.Feeds(account).Reset(TallyFrame.Key(1));

        await waiting;
        Assert.Equal(FeedStep.Reset, await ledger.Journal.ReadFeedAsync(account, told.Feed, []));
        Assert.Equal(FeedStep.UpToDate, await ledger.Journal.ReadFeedAsync(account, spared.Feed, []));
    }

    [Fact]
    public async Task A_closed_feed_is_forgotten()
    {
        await using var ledger = await Ledger.OpenAsync();
        var account = await ledger.Journal.AddAccountAsync();
        var readers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Reader.OpenAsync(ledger, account, null, 1, 2)));
        Assert.False(ledger.Journal.Feeds(account).IsQuiet);

        foreach (var reader in readers)
            reader.Dispose();

        Assert.True(ledger.Journal.Feeds(account).IsQuiet);
    }

    /// <summary>A commit whose answer got lost is found when the account is loaded anew: then nobody has been told of its events.</summary>
    [Fact]
    public async Task What_turns_out_to_have_been_committed_reaches_readers_who_wait_already()
    {
        await using var ledger = await Ledger.OpenAsync();
        var account = await ledger.Journal.AddAccountAsync();
        await ledger.CommitAsync(account, new Count(1, Events: 3));
        using var reader = await Reader.OpenAsync(ledger, account, null, 1);
        await reader.StepAsync();
        var waiting = reader.Feed.WaitAsync();
        ledger.Table.Before = session => session["insert into events (account, seq, conversation, kind, at, body) values ($1, 4, 1, 1, $2, '1,1')"]
            .Bind(1, account.Value).Bind(2, Events.Microseconds(DateTimeOffset.UtcNow) + 1_000).Run();
        await ledger.Journal.SubmitAsync(account, new Count(1, 0));
        ledger.Table.Before = null;

        ledger.Journal.Feeds(account).StartAt(4);

        await waiting.AsTask().WaitAsync(TimeSpan.FromSeconds(10), Stop);
        Assert.Equal([4], await reader.ReadAsync(1));
    }
}
