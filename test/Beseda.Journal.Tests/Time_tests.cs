using Microsoft.Extensions.Time.Testing;

namespace Beseda.Journal.Tests;

/// <summary>What is to happen although nobody says anything.</summary>
public sealed class Time_tests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task What_falls_due_happens_once_and_at_its_time()
    {
        var clock = new FakeTimeProvider(Noon);
        await using var ledger = await Ledger.OpenAsync(clock);
        var account = await ledger.Journal.AddAccountAsync();
        using var reader = await Reader.OpenAsync(ledger, account, null, 1, 2);
        await ledger.CommitAsync(account, new Remind(1, Noon.AddMinutes(10)));
        await ledger.CommitAsync(account, new Remind(2, Noon.AddMinutes(5)));
        await reader.ReadAsync(2);
        await ledger.SettleAsync();

        clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(1));
        await ledger.CommitAsync(account, new Count(9));
        Assert.Equal(3, (await ledger.EventsAsync(account)).Count);

        await ledger.SettleAsync();
        clock.Advance(TimeSpan.FromMilliseconds(2));
        await reader.ReadAsync(3);
        await ledger.SettleAsync();
        clock.Advance(TimeSpan.FromMinutes(5));
        await reader.ReadAsync(4);
        clock.Advance(TimeSpan.FromDays(1));
        await ledger.CommitAsync(account, new Count(9));

        var events = await ledger.SoundEventsAsync(account);
        Assert.Equal([new Rang(2), new Rang(1)], events[3..5].Select(entry => entry.Event));
        Assert.Equal(6, events.Count);
        Assert.True(events[3].At >= Noon.AddMinutes(5) && events[4].At >= Noon.AddMinutes(10));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(-60)]
    public async Task What_fell_due_while_no_server_ran_happens_when_one_runs_again(int minutes)
    {
        var clock = new FakeTimeProvider(Noon);
        await using var ledger = await Ledger.OpenAsync(clock);
        var account = await ledger.Journal.AddAccountAsync();
        await ledger.CommitAsync(account, new Remind(1, Noon.AddHours(1)));
        clock.SetUtcNow(Noon.AddHours(1).AddMinutes(-minutes));

        await ledger.RestartAsync();
        Assert.Null(minutes > 0 ? ledger.Journal.LoadedState(account) : null);
        using var reader = await Reader.OpenAsync(ledger, account, 0, 1);
        if (minutes > 0)
        {
            Assert.Equal(0, reader.Feed.Position);
            clock.Advance(TimeSpan.FromMinutes(minutes) + TimeSpan.FromMilliseconds(1));
        }
        else
        {
            clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        await reader.ReadAsync(2);
        Assert.Equal(new Rang(1), (await ledger.SoundEventsAsync(account))[1].Event);
    }

    /// <summary>Timers of the system count to 49 days; conversations may be kept open for a year.</summary>
    [Fact]
    public async Task What_is_due_in_a_year_stops_nothing_now()
    {
        await using var ledger = await Ledger.OpenAsync();
        var account = await ledger.Journal.AddAccountAsync();
        await ledger.CommitAsync(account, new Remind(1, DateTimeOffset.UtcNow.AddDays(365)));
        Assert.Equal(2, (await ledger.CommitAsync(account, new Count(1))).Seq);

        await ledger.RestartAsync();

        Assert.Equal(3, (await ledger.CommitAsync(account, new Count(1))).Seq);
    }

    [Fact]
    public async Task A_due_time_that_moves_away_is_not_rung_at_its_old_place()
    {
        var clock = new FakeTimeProvider(Noon);
        await using var ledger = await Ledger.OpenAsync(clock);
        var account = await ledger.Journal.AddAccountAsync();
        using var reader = await Reader.OpenAsync(ledger, account, null, 1);
        await ledger.CommitAsync(account, new Remind(1, Noon.AddMinutes(5)));
        await ledger.CommitAsync(account, new Remind(1, Noon.AddMinutes(30)));
        await reader.ReadAsync(2);
        await ledger.SettleAsync();

        clock.Advance(TimeSpan.FromMinutes(10));
        await ledger.CommitAsync(account, new Count(2));
        await ledger.SettleAsync();
        Assert.Equal(3, (await ledger.EventsAsync(account)).Count);

        clock.Advance(TimeSpan.FromMinutes(21));
        await reader.ReadAsync(3);
    }

    [Fact]
    public async Task Many_accounts_are_rung_each_at_its_time()
    {
        var clock = new FakeTimeProvider(Noon);
        await using var ledger = await Ledger.OpenAsync(clock);
        var accounts = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ledger.Journal.AddAccountAsync()));
        for (var i = 0; i < accounts.Length; i++)
            await ledger.CommitAsync(accounts[i], new Remind(1, Noon.AddMinutes(1 + ((i * 7) % 20))));
        await ledger.SettleAsync();

        for (var minute = 1; minute <= 20; minute++)
        {
            clock.Advance(TimeSpan.FromMinutes(1) + TimeSpan.FromMilliseconds(1));
            for (var i = 0; i < accounts.Length; i++)
                if (1 + ((i * 7) % 20) == minute)
                    using (var reader = await Reader.OpenAsync(ledger, accounts[i], 0, 1))
                        await reader.ReadAsync(2);
        }
    }
}
