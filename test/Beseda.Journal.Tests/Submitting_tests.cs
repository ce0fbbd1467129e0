using Microsoft.Extensions.Time.Testing;

namespace Beseda.Journal.Tests;

/// <summary>What is committed, and in what order.</summary>
public sealed class Submitting_tests
{
    [Fact]
    public async Task Numbers_have_no_hole_and_times_rise_however_many_write_into_however_many_accounts()
    {
        await using var ledger = await Ledger.OpenAsync();
        var accounts = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => ledger.Journal.AddAccountAsync()));

        var receipts = await Task.WhenAll(
            from writer in Enumerable.Range(0, 8)
            from account in accounts
            select Task.Run(() => WriteAsync(ledger, account, writer)));

        foreach (var account in accounts)
        {
            var events = await ledger.SoundEventsAsync(account);
            Assert.Equal(8 * 50, events.Count);
            Assert.Equal(8 * 50, (await ledger.Journal.StateAsync(account)).Tallies.Values.Sum(tally => tally.Sum));
        }

        // Whoever waits for each answer before asking again stands in the journal in that order.
        Assert.All(receipts, mine => Assert.Equal(mine.Order(), mine));
    }

    [Fact]
    public async Task An_answer_names_the_place_of_its_event()
    {
        await using var ledger = await Ledger.OpenAsync();
        var account = await ledger.Journal.AddAccountAsync();
        await ledger.CommitAsync(account, new Count(1, Events: 3));

        var receipt = await ledger.CommitAsync(account, new Count(7, 5));

        var entry = (await ledger.EventsAsync(account))[3];
        Assert.Equal((4, entry.At, 7), (receipt.Seq, receipt.At, receipt.Conversation));
        Assert.Equal(new Counted(7, 5, null), entry.Event);
    }

    [Fact]
    public async Task Who_asks_for_too_much_at_once_is_told_when_to_come_again_and_who_waits_already_is_served()
    {
        await using var ledger = await Ledger.OpenAsync(new FakeTimeProvider(DateTimeOffset.UtcNow));
        var account = await ledger.Journal.AddAccountAsync();

        var answers = await ledger.WhileHeldAsync(account, () =>
            Enumerable.Range(0, 10_000).Select(_ => ledger.Journal.SubmitAsync(account, new Count(1))).ToArray());

        var told = await Task.WhenAll(answers);
        var refused = told.OfType<Answer.Unavailable>().ToList();
        Assert.Equal(10_000 - 500, refused.Count);
        Assert.All(refused, answer => Assert.True(answer.RetryAfter > TimeSpan.Zero));
        Assert.Equal(500, (await ledger.SoundEventsAsync(account)).Count);
        Assert.Equal(501, (await ledger.CommitAsync(account, new Count(1))).Seq);
    }

    [Fact]
    public async Task An_event_of_a_kind_from_the_future_is_passed_over()
    {
        await using var ledger = await Ledger.OpenAsync();
        var account = await ledger.Journal.AddAccountAsync();
        var first = await ledger.CommitAsync(account, new Count(1));
        ledger.Table.Before = session => session["insert into events (account, seq, kind, at, body) values ($1, 2, 99, $2, '7')"]
            .Bind(1, account.Value).Bind(2, Events.Microseconds(first.At) + 1).Run();
        await ledger.Journal.SubmitAsync(account, new Count(1, 0));
        await ledger.RestartAsync();

        Assert.Equal(3, (await ledger.CommitAsync(account, new Count(1))).Seq);

        Assert.Equal(new Unheard(99), (await ledger.SoundEventsAsync(account))[1].Event);
    }

    private static async Task<List<long>> WriteAsync(Ledger ledger, AccountId account, int writer)
    {
        var mine = new List<long>();
        for (var i = 0; i < 50; i++)
            mine.Add((await ledger.CommitAsync(account, new Count(writer, Sender: writer, ClientId: $"{i}"))).Seq);
        return mine;
    }
}
