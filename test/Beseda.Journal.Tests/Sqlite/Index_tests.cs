namespace Beseda.Journal.Tests;

/// <summary>Indexes are filled behind the head, many events at a time: whoever looks something up must not notice where they end.</summary>
public sealed class Index_tests
{
    private const int Senders = 3, Tallies = 5;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_command_sent_again_gets_its_first_answer_on_either_side_of_where_the_indexes_end(bool restarted)
    {
        await using var ledger = await Ledger.OpenAsync();
        var account = await FilledAsync(ledger, 1_300);
        if (restarted)
            await ledger.RestartAsync();

        foreach (var n in Enumerable.Range(0, 1_300).Where(n => n % 13 == 0 || n > 1_200))
            Assert.Equal(n + 1, (await ledger.CommitAsync(account, Nth(n))).Seq);

        Assert.InRange(await IndexedAsync(ledger, account), 1_000, 1_299);
        Assert.Equal(1_300, (await ledger.SoundEventsAsync(account)).Count);
    }

    [Fact]
    public async Task What_was_said_of_one_is_found_whole_and_newest_first()
    {
        await using var ledger = await Ledger.OpenAsync();
        var account = await FilledAsync(ledger, 1_300);
        var all = await ledger.EventsAsync(account);

        foreach (var tallies in (long[][])[[1], [2, 4], [99]])
            foreach (var before in (long[])[long.MaxValue, 1_290, await IndexedAsync(ledger, account) + 1, 500, 1])
                Assert.Equal(
                    all.Where(entry => tallies.Contains(((Counted)entry.Event).Tally) && entry.Seq < before).Reverse(),
                    await ledger.Journal.Readers.ReadAsync(session => ledger.Journal.NewestFirst(session, account, tallies, before).ToList()));
    }

    [Fact]
    public async Task A_batch_that_is_written_one_by_one_may_be_the_one_that_fills_them()
    {
        await using var ledger = await Ledger.OpenAsync();
        var account = await FilledAsync(ledger, 500);

        var answers = await Task.WhenAll(await ledger.WhileHeldAsync(account, () => Enumerable.Range(500, 20)
            .Select(n => ledger.Journal.SubmitAsync(account, n == 510 ? Nth(n) with { Words = new string('x', 70_000) } : Nth(n))).ToList()));

        Assert.Equal(10, Array.FindIndex(answers, answer => answer is Answer.Failed));
        Assert.Equal(19, answers.Count(answer => answer is Answer.Committed));
        Assert.Equal(519, await IndexedAsync(ledger, account));
        Assert.Equal(515, (await ledger.CommitAsync(account, Nth(515))).Seq);
        Assert.Equal(519, (await ledger.SoundEventsAsync(account)).Count);
    }

    [Fact]
    public async Task What_was_to_be_filled_in_by_a_commit_that_failed_is_filled_in_by_a_later_one()
    {
        await using var ledger = await Ledger.OpenAsync();
        var account = await FilledAsync(ledger, 511);
        var tries = 0;
        ledger.Table.Before = session => ((SqliteSession)session).Execute(tries++ == 0 ? "pragma max_page_count = 1" : "pragma max_page_count = 1000000");

        await ledger.CommitAsync(account, Nth(511) with { Events = 400, Words = new string('x', 1_000) });

        Assert.True(tries > 1);
        Assert.Equal(911, await IndexedAsync(ledger, account));
        foreach (var n in Enumerable.Range(0, 511))
            Assert.Equal(n + 1, (await ledger.CommitAsync(account, Nth(n))).Seq);
        Assert.Equal(911, (await ledger.CommitAsync(account, Nth(511))).Seq);
    }

    private static Count Nth(int n) => new(1 + (n % Tallies), Sender: 1 + (n % Senders), ClientId: $"{n}");

    /// <summary>In batches as they come: many at once and, in between, one alone.</summary>
    private static async Task<AccountId> FilledAsync(Ledger ledger, int events)
    {
        var account = await ledger.Journal.AddAccountAsync();
        foreach (var some in Enumerable.Range(0, events).Chunk(97))
        {
            await ledger.CommitAsync(account, Nth(some[0]));
            await Task.WhenAll(some.Select(n => ledger.CommitAsync(account, Nth(n))));
        }

        return account;
    }

    private static Task<long> IndexedAsync(Ledger ledger, AccountId account) =>
        ledger.Journal.Readers.ReadAsync(session => session["select indexed from accounts where id = $1"].Bind(1, account.Value).One(row => row.Number(0)));
}
