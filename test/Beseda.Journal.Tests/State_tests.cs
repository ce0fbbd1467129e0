using Microsoft.Extensions.Time.Testing;

namespace Beseda.Journal.Tests;

/// <summary>The state in memory, the rows on the disk and the fold over the events are the same thing.</summary>
public sealed class State_tests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task The_state_loaded_at_any_place_is_the_fold_of_the_events_up_to_it(int seed)
    {
        var chance = new Random(seed);
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var ledger = await Ledger.OpenAsync(clock);
        var account = await ledger.Journal.AddAccountAsync();
        var rules = new TallyRules();

        for (var round = 0; round < 12; round++)
        {
            var asks = Enumerable.Range(0, chance.Next(1, 12)).Select(_ => Any(chance, clock.GetUtcNow())).ToList();
            await Task.WhenAll(asks.Select(ask => ledger.Journal.SubmitAsync(account, ask)));
            // Alarms are set after the answers.
            await ledger.SettleAsync();
            clock.Advance(TimeSpan.FromSeconds(chance.Next(40)));
            await ledger.Journal.SubmitAsync(account, new Count(1, 0));
            await ledger.SettleAsync();

            var live = await ledger.Journal.StateAsync(account);
            await ledger.RestartAsync();
            var loaded = await ledger.Journal.StateAsync(account);
            var folded = (await ledger.SoundEventsAsync(account)).Aggregate(Board.Empty, rules.Evolve);
            Assert.Equal(rules.Trim(folded).ToString(), rules.Trim(live).ToString());
            Assert.Equal(rules.Trim(folded).ToString(), loaded.ToString());
        }
    }

    [Fact]
    public async Task Rows_that_nothing_open_needs_are_dropped_and_come_back_when_they_are_named()
    {
        var clock = new FakeTimeProvider();
        await using var ledger = await Ledger.OpenAsync(clock);
        var account = await ledger.Journal.AddAccountAsync();
        await ledger.CommitAsync(account, new Count(1, 5));
        await ledger.CommitAsync(account, new Count(2, 5));
        await ledger.CommitAsync(account, new Close(1));
        Assert.Contains(1, (await ledger.Journal.StateAsync(account)).Tallies.Keys);

        await KeepHouseAsync(ledger, clock, Housekeeping.Every);

        Assert.Equal([2], ledger.Journal.LoadedState(account)!.Tallies.Keys);
        Assert.Equal(new Answer.Refused(Why.IsClosed), await ledger.Journal.SubmitAsync(account, new Count(1)));
        Assert.Equal(3, (await ledger.CommitAsync(account, new Close(1))).Seq);
    }

    [Fact]
    public async Task An_account_nobody_uses_leaves_memory_and_comes_back_as_it_was()
    {
        var clock = new FakeTimeProvider();
        await using var ledger = await Ledger.OpenAsync(clock);
        var idle = await ledger.Journal.AddAccountAsync();
        var read = await ledger.Journal.AddAccountAsync();
        await ledger.CommitAsync(idle, new Count(1, Events: 30));
        await ledger.CommitAsync(read, new Count(1));
        using var reader = await Reader.OpenAsync(ledger, read, null, 1);
        var before = await ledger.Journal.StateAsync(idle);

        await KeepHouseAsync(ledger, clock, TimeSpan.FromMinutes(12));

        Assert.Null(ledger.Journal.LoadedState(idle));
        Assert.NotNull(ledger.Journal.LoadedState(read));
        using var late = await Reader.OpenAsync(ledger, idle, 10, 1);
        Assert.Equal(31, (await ledger.CommitAsync(idle, new Count(1))).Seq);
        Assert.Equal(Enumerable.Range(11, 21).Select(seq => (long)seq), await late.ReadAsync(21));
        Assert.Equal(before.Of(1).Sum + 1, (await ledger.Journal.StateAsync(idle)).Of(1).Sum);
    }

    [Fact]
    public async Task An_account_in_use_stays_in_memory()
    {
        var clock = new FakeTimeProvider();
        await using var ledger = await Ledger.OpenAsync(clock);
        var account = await ledger.Journal.AddAccountAsync();
        for (var minute = 0; minute < 15; minute++)
        {
            await ledger.CommitAsync(account, new Count(1));
            await KeepHouseAsync(ledger, clock, Housekeeping.Every);
        }

        Assert.NotNull(ledger.Journal.LoadedState(account));
    }

    [Fact]
    public async Task Signals_that_nobody_hears_do_not_keep_an_account_in_memory()
    {
        var clock = new FakeTimeProvider();
        await using var ledger = await Ledger.OpenAsync(clock);
        var account = await ledger.Journal.AddAccountAsync();
        await ledger.CommitAsync(account, new Count(1));
        for (var minute = 0; minute < 15; minute++)
        {
            Assert.NotNull(ledger.Journal.Feeds(account));
            await KeepHouseAsync(ledger, clock, Housekeeping.Every);
        }

        Assert.Null(ledger.Journal.LoadedState(account));
    }

    [Fact]
    public async Task The_journal_s_id_is_made_once()
    {
        await using var ledger = await Ledger.OpenAsync();
        var id = ledger.Journal.Id;
        Assert.Matches("^[0-9a-f]{16}$", id);

        await ledger.RestartAsync();
        Assert.Equal(id, ledger.Journal.Id);

        await using var other = await Ledger.OpenAsync();
        Assert.NotEqual(id, other.Journal.Id);
    }

    private static async Task KeepHouseAsync(Ledger ledger, FakeTimeProvider clock, TimeSpan later)
    {
        clock.Advance(later);
        await ledger.SettleAsync();
    }

    private static Ask Any(Random chance, DateTimeOffset now) => chance.Next(12) switch
    {
        0 => new Close(chance.Next(5)),
        1 => new Remind(chance.Next(5), now.AddSeconds(chance.Next(60))),
        2 => new Become(chance.Next(3), chance.Next(3)),
        3 => new Count(chance.Next(5), 0),
        4 => new Count(chance.Next(5), TallyTable.TooMuch),
        5 => new Count(chance.Next(5), Count.Unlucky),
        _ => new Count(chance.Next(5), chance.Next(100), chance.Next(3), $"{chance.Next(30)}", "words", chance.Next(1, 4)),
    };
}
