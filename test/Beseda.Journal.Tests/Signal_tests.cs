using Microsoft.Extensions.Time.Testing;

namespace Beseda.Journal.Tests;

/// <summary>Signals are no facts: whoever listens hears them, and nobody else, ever. And the heart beats.</summary>
public sealed class Signal_tests
{
    [Fact]
    public async Task A_signal_reaches_those_who_listen_once_and_is_not_kept_for_others()
    {
        await using var ledger = await Ledger.OpenAsync();
        var account = await ledger.Journal.AddAccountAsync();
        using var both = await Reader.OpenAsync(ledger, account, null, 1, 2);
        using var other = await Reader.OpenAsync(ledger, account, null, 3);
        await other.StepAsync();
        var unwoken = other.Feed.WaitAsync();

        Send(ledger, account, "hello", 1, 2);
        using var late = await Reader.OpenAsync(ledger, account, 0, 1, 2);
        await both.Feed.WaitAsync();
        Assert.Equal(FeedStep.UpToDate, await both.StepAsync());
        Send(ledger, account, "again", 2);
        await both.StepAsync();
        await late.StepAsync();

        Assert.Equal(["hello", "again"], both.Signals);
        Assert.Equal(["again"], late.Signals);
        Assert.False(unwoken.IsCompleted);
        Assert.Empty(await ledger.EventsAsync(account));
    }

    [Fact]
    public async Task Nobody_listens_and_nothing_is_kept()
    {
        await using var ledger = await Ledger.OpenAsync();
        var account = await ledger.Journal.AddAccountAsync();
        Send(ledger, account, "hello", 1);

        using var late = await Reader.OpenAsync(ledger, account, 0, 1);
        Send(ledger, account, "now", 1);
        await late.StepAsync();

        Assert.Equal(["now"], late.Signals);
    }

    [Fact]
    public async Task Who_is_slow_loses_the_oldest_signals_and_no_event()
    {
        await using var ledger = await Ledger.OpenAsync();
        var account = await ledger.Journal.AddAccountAsync();
        using var reader = await Reader.OpenAsync(ledger, account, null, 1);

        await ledger.CommitAsync(account, new Count(1, Events: 300));
        for (var i = 0; i < 1_000; i++)
            Send(ledger, account, $"{i}", 1);
        await reader.ReadAsync(300);

        Assert.Equal(300, reader.Seen.Count);
        Assert.Equal(Enumerable.Range(744, 256).Select(i => $"{i}"), reader.Signals);
    }

    [Fact]
    public async Task Every_feed_beats_once_in_twenty_seconds_and_not_all_at_once()
    {
        var clock = new FakeTimeProvider();
        await using var ledger = await Ledger.OpenAsync(clock);
        var account = await ledger.Journal.AddAccountAsync();
        var readers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Reader.OpenAsync(ledger, account, null, 1)));

        var beats = new List<int>();
        for (var second = 0; second < 20; second++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            beats.Add(readers.Count(reader => reader.Feed.TakeBeat()));
        }

        Assert.InRange(beats.Sum(), 200, 240);
        Assert.True(beats.Max() < 60, $"{beats.Max()} of 200 feeds beat in the same second.");
        foreach (var reader in readers)
            reader.Dispose();
    }

    [Fact]
    public async Task A_beat_wakes_a_feed_that_waits_and_is_not_missed_by_one_that_works()
    {
        var clock = new FakeTimeProvider();
        await using var ledger = await Ledger.OpenAsync(clock);
        var account = await ledger.Journal.AddAccountAsync();
        using var reader = await Reader.OpenAsync(ledger, account, null, 1);
        await reader.StepAsync();
        var waiting = reader.Feed.WaitAsync();
        clock.Advance(TimeSpan.FromSeconds(20));
        await waiting;
        Assert.True(reader.Feed.TakeBeat());
        Assert.False(reader.Feed.TakeBeat());

        // It beats after the reader has looked and before it waits.
        clock.Advance(TimeSpan.FromSeconds(20));
        await reader.Feed.WaitAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.True(reader.Feed.TakeBeat());
    }

    private static void Send(Ledger ledger, AccountId account, string text, params long[] tallies) =>
        ledger.Journal.Feeds(account).Signal(new TallyFrame(0, text, [.. tallies.Select(TallyFrame.Key)]));
}
