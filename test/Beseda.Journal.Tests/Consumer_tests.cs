namespace Beseda.Journal.Tests;

/// <summary>Whatever happens is told outside: each at least once, in order in each lane, whatever fails meanwhile.</summary>
public sealed class Consumer_tests
{
    [Fact]
    public async Task Everything_after_the_cursor_is_delivered_in_order()
    {
        await using var ledger = await Ledger.OpenAsync();
        var account = await ledger.Journal.AddAccountAsync();
        await ledger.CommitAsync(account, new Count(1, Events: 5));
        await using var teller = await Teller.BeginAsync(ledger, account, cursor: 3);

        for (var i = 0; i < 40; i++)
            await ledger.CommitAsync(account, new Count(1 + (i % 3)));

        await teller.UntilAsync(() => teller.Told.Count == 42);
        Assert.Equal(Enumerable.Range(4, 42).Select(seq => (long)seq), teller.Told.Select(one => one.Seq).Order());
        Assert.All(teller.Told.GroupBy(one => one.Lane), lane => Assert.Equal(lane.Select(one => one.Seq).Order(), lane.Select(one => one.Seq)));
    }

    [Fact]
    public async Task What_fails_holds_up_its_own_lane_and_no_other()
    {
        await using var ledger = await Ledger.OpenAsync();
        var account = await ledger.Journal.AddAccountAsync();
        await using var teller = await Teller.BeginAsync(ledger, account);
        teller.Fails = (seq, attempt) => seq == 1 && attempt < 3;

        foreach (var tally in (long[])[1, 2, 1, 2, 1, 2])
            await ledger.CommitAsync(account, new Count(tally));

        await teller.UntilAsync(() => teller.Told.Count == 6);
        Assert.Equal([2, 4, 6], teller.Told.Take(3).Select(one => one.Seq));
        Assert.Equal([1, 3, 5], teller.Told.Skip(3).Select(one => one.Seq));
        await teller.UntilAsync(async () => await teller.ProgressAsync() is { Cursor: 6, Waiting: 0, FailingSince: null });
    }

    [Fact]
    public async Task While_nothing_gets_through_it_is_tried_now_and_then_and_then_all_of_it_comes()
    {
        await using var ledger = await Ledger.OpenAsync();
        var account = await ledger.Journal.AddAccountAsync();
        await using var teller = await Teller.BeginAsync(ledger, account);
        teller.Fails = (_, _) => true;

        for (var i = 0; i < 60; i++)
            await ledger.CommitAsync(account, new Count(1 + i));
        await teller.UntilAsync(async () => await teller.ProgressAsync() is { FailingSince: not null, Error: "busy" } && teller.Tries > 6);
        // Twelve are at it when the fifth fails, at most; the others are not even tried.
        Assert.InRange(teller.Tries, 5, 30);

        teller.Fails = (_, _) => false;
        await teller.UntilAsync(() => teller.Told.Count == 60);
        await teller.UntilAsync(async () => await teller.ProgressAsync() is { Waiting: 0, FailingSince: null });
    }

    [Fact]
    public async Task While_nothing_gets_through_what_has_not_been_tried_waits_untouched()
    {
        await using var ledger = await Ledger.OpenAsync();
        var account = await ledger.Journal.AddAccountAsync();
        for (var i = 0; i < 60; i++)
            await ledger.CommitAsync(account, new Count(1 + i));
        await using var teller = await Teller.BeginAsync(ledger, account);
        teller.Fails = (_, _) => true;

        await teller.UntilAsync(async () => (await teller.UntriedAsync()).Count > 0);
        var untried = await teller.UntriedAsync();
        var tries = teller.Tries;
        await teller.UntilAsync(() => teller.Tries >= tries + 2);

        // Two were tried since; all others are as they were.
        Assert.InRange(untried.Except(await teller.UntriedAsync()).Count(), 0, 4);
    }

    [Fact]
    public async Task Events_that_nothing_is_said_of_are_no_sign_that_anything_gets_through()
    {
        await using var ledger = await Ledger.OpenAsync();
        var account = await ledger.Journal.AddAccountAsync();
        await using var teller = await Teller.BeginAsync(ledger, account);
        teller.Fails = (_, _) => true;
        teller.Nothing = seq => seq % 2 == 0;

        for (var i = 0; i < 40; i++)
            await ledger.CommitAsync(account, new Count(1 + i));
        await teller.UntilAsync(async () => await teller.ProgressAsync() is { FailingSince: not null } && teller.Tries >= 5);
        var since = (await teller.ProgressAsync())!.FailingSince;
        var tries = teller.Tries;
        for (var i = 0; teller.Tries < tries + 3; i++)
            await ledger.CommitAsync(account, new Count(41 + (i % 20)));

        Assert.InRange(teller.Tries, 5, tries + 12);
        Assert.Equal(since, (await teller.ProgressAsync())!.FailingSince);
    }

    [Fact]
    public async Task Conversations_that_fail_by_themselves_do_not_hold_up_those_that_come_after()
    {
        await using var ledger = await Ledger.OpenAsync();
        var account = await ledger.Journal.AddAccountAsync();
        await using var teller = await Teller.BeginAsync(ledger, account);
        teller.Fails = (seq, _) => seq <= 8;

        for (var i = 0; i < 8; i++)
            await ledger.CommitAsync(account, new Count(1 + i));
        await teller.UntilAsync(() => teller.Tries >= 8);
        for (var i = 0; i < 8; i++)
            await ledger.CommitAsync(account, new Count(9 + i));

        await teller.UntilAsync(() => teller.Told.Count == 8);
        await teller.UntilAsync(async () => await teller.ProgressAsync() is { Cursor: 16, Waiting: 8 });
    }

    [Fact]
    public async Task What_a_stop_cuts_short_is_no_failure()
    {
        await using var ledger = await Ledger.OpenAsync();
        var account = await ledger.Journal.AddAccountAsync();
        await using (var cut = await Teller.BeginAsync(ledger, account))
        {
            cut.Hangs = true;
            await ledger.CommitAsync(account, new Count(1));
            await cut.UntilAsync(() => cut.Tries == 1);
        }

        await using var next = await Teller.BeginAsync(ledger, account);
        Assert.Null((await next.ProgressAsync())!.FailingSince);
        await next.UntilAsync(() => next.Told.Count == 1);
        Assert.Equal([1], next.Attempts);
    }

    [Fact]
    public async Task A_consumer_that_cannot_be_opened_stops_no_other()
    {
        await using var ledger = await Ledger.OpenAsync();
        var account = await ledger.Journal.AddAccountAsync();
        await ledger.Journal.WriteAsync((session, _) =>
        {
            ConsumerRows.Add(session, new ConsumerId(account, "broken"), 0);
            return true;
        });
        await using var teller = await Teller.BeginAsync(ledger, account);

        await ledger.CommitAsync(account, new Count(1, Events: 3));

        await teller.UntilAsync(() => teller.Told.Count == 3);
    }

    [Fact]
    public async Task What_can_never_be_delivered_is_left_out()
    {
        await using var ledger = await Ledger.OpenAsync();
        var account = await ledger.Journal.AddAccountAsync();
        await using var teller = await Teller.BeginAsync(ledger, account);
        teller.Never = seq => seq == 2;

        await ledger.CommitAsync(account, new Count(1, Events: 4));

        await teller.UntilAsync(() => teller.Told.Count == 3);
        Assert.Equal([1, 3, 4], teller.Told.Select(one => one.Seq));
    }

    [Fact]
    public async Task Whoever_comes_after_goes_on_where_the_one_before_was()
    {
        await using var ledger = await Ledger.OpenAsync();
        var account = await ledger.Journal.AddAccountAsync();
        await using (var first = await Teller.BeginAsync(ledger, account))
        {
            first.Fails = (seq, _) => seq == 2;
            await ledger.CommitAsync(account, new Count(1));
            await ledger.CommitAsync(account, new Count(2));
            await ledger.CommitAsync(account, new Count(1));
            await first.UntilAsync(() => first.Told.Count == 2);
        }

        await ledger.CommitAsync(account, new Count(2));
        await using var second = await Teller.BeginAsync(ledger, account);
        await second.UntilAsync(() => second.Told.Count == 2);
        Assert.Equal([2, 4], second.Told.Select(one => one.Seq));
    }

    [Fact]
    public async Task Two_are_never_at_it_and_a_paused_one_is_at_rest_until_it_is_begun_anew()
    {
        await using var ledger = await Ledger.OpenAsync();
        var account = await ledger.Journal.AddAccountAsync();
        await using var one = await Teller.BeginAsync(ledger, account);
        await one.UntilAsync(() => one.IsRunning);
        await using var other = await Teller.BeginAsync(ledger, account);
        await ledger.CommitAsync(account, new Count(1, Events: 3));
        await one.UntilAsync(() => one.Told.Count == 3);
        Assert.Empty(other.Told);

        await one.WriteAsync((session, id) => ConsumerRows.Pause(session, id, paused: true));
        await one.UntilAsync(() => !one.IsRunning && !other.IsRunning);
        await ledger.CommitAsync(account, new Count(1));
        Assert.Equal(3, one.Told.Count + other.Told.Count);

        await one.WriteAsync((session, id) => ConsumerRows.Pause(session, id, paused: false));
        await one.WriteAsync((session, id) => ConsumerRows.Rewind(session, id, 1));
        await one.UntilAsync(() => one.Told.Count + other.Told.Count == 6);
        Assert.Equal([1, 2, 2, 3, 3, 4], one.Told.Concat(other.Told).Select(told => told.Seq).Order());
    }
}
