using Microsoft.Extensions.Time.Testing;

namespace Beseda.Journal.Tests;

/// <summary>The disk says no: whoever waits is told in time, nothing that was acknowledged is lost, and it goes on by itself.</summary>
public sealed class Disk_tests
{
    [Fact]
    public async Task A_full_disk_is_told_of_after_some_patience_and_nothing_is_lost_by_it()
    {
        var clock = new FakeTimeProvider();
        await using var ledger = await Ledger.OpenAsync(clock);
        var account = await ledger.Journal.AddAccountAsync();
        await ledger.CommitAsync(account, new Count(1, Sender: 7, ClientId: "before", Events: 3));
        using var reader = await Reader.OpenAsync(ledger, account, 0, 1);
        var tries = Meet(ledger, Full, times: 4);

        var told = ledger.Journal.SubmitAsync(account, Big("lost"));
        await tries;
        Assert.False(told.IsCompleted);
        clock.Advance(TallyJournal.Patience);

        Assert.True(Assert.IsType<Answer.Unavailable>(await told).RetryAfter > TimeSpan.Zero);
        Assert.Equal(3, (await ledger.EventsAsync(account)).Count);

        ledger.Table.Before = Free;
        Assert.Equal(13, (await ledger.CommitAsync(account, Big("lost"))).Seq);
        Assert.Equal(3, (await ledger.CommitAsync(account, new Count(1, Sender: 7, ClientId: "before"))).Seq);
        Assert.Equal(13, (await ledger.SoundEventsAsync(account)).Count);
        Assert.Equal(Enumerable.Range(1, 13).Select(seq => (long)seq), await reader.ReadAsync(13));
    }

    [Fact]
    public async Task A_disk_that_comes_back_in_time_is_not_noticed()
    {
        await using var ledger = await Ledger.OpenAsync();
        var one = await ledger.Journal.AddAccountAsync();
        var other = await ledger.Journal.AddAccountAsync();
        await ledger.CommitAsync(one, new Count(1));
        var tries = Meet(ledger, Full, times: 5, then: Free);

        var answers = await Task.WhenAll(
            from account in new[] { one, other }
            from n in Enumerable.Range(0, 5)
            select ledger.Journal.SubmitAsync(account, Big($"{n}")));

        await tries;
        Assert.All(answers, answer => Assert.IsType<Answer.Committed>(answer));
        Assert.Equal(51, (await ledger.SoundEventsAsync(one)).Count);
        Assert.Equal(50, (await ledger.SoundEventsAsync(other)).Count);
    }

    [Fact]
    public async Task A_tick_that_was_given_up_comes_again_when_the_disk_is_back()
    {
        var clock = new FakeTimeProvider();
        await using var ledger = await Ledger.OpenAsync(clock);
        var account = await ledger.Journal.AddAccountAsync();
        await ledger.CommitAsync(account, new Remind(1, clock.GetUtcNow().AddMinutes(1)));
        await ledger.SettleAsync();
        using var reader = await Reader.OpenAsync(ledger, account, 1, 1);
        var tries = Meet(ledger, Away, times: 1);
        clock.Advance(TimeSpan.FromMinutes(1) + TimeSpan.FromMilliseconds(1));
        await tries;

        // One thread writes: when this one has been given up, so has the tick before it.
        var beside = ledger.Journal.SubmitAsync(account, Big("beside"));
        clock.Advance(TallyJournal.Patience);
        Assert.IsType<Answer.Unavailable>(await beside);
        ledger.Table.Before = null;

        // Time goes on; nobody says anything to this account.
        for (var i = 0; i < 1_000 && reader.Seen.Count == 0; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await ledger.SettleAsync();
            await reader.StepAsync();
        }

        Assert.Equal([2], reader.Seen);
    }

    [Fact]
    public async Task While_nothing_can_be_written_everything_can_be_read()
    {
        var clock = new FakeTimeProvider();
        await using var ledger = await Ledger.OpenAsync(clock);
        var account = await ledger.Journal.AddAccountAsync();
        await ledger.CommitAsync(account, new Count(1, Events: 3));
        var tries = Meet(ledger, Full, times: 1);
        var told = ledger.Journal.SubmitAsync(account, Big("lost"));
        await tries;
        clock.Advance(TallyJournal.Patience);
        await told;

        Assert.Equal(3, (await ledger.Journal.StateAsync(account)).Of(1).Sum);
        using var reader = await Reader.OpenAsync(ledger, account, 0, 1);
        Assert.Equal([1, 2, 3], await reader.ReadAsync(3));
    }

    /// <summary>Completes when that many tries have met this.</summary>
    private static Task Meet(Ledger ledger, Action<Session> what, int times, Action<Session>? then = null)
    {
        var met = 0;
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ledger.Table.Before = session =>
        {
            if (++met > times)
                enough.TrySetResult();
            (met <= times || then is null ? what : then)(session);
        };
        return enough.Task;
    }

    private static Count Big(string clientId) => new(1, Sender: 7, ClientId: clientId, Words: new string('x', 60_000), Events: 10);

    private static void Away(Session session) => throw new SqliteException(10, "writing");

    private static void Full(Session session) => ((SqliteSession)session).Execute("pragma max_page_count = 1");

    private static void Free(Session session) => ((SqliteSession)session).Execute("pragma max_page_count = 1000000");
}
