namespace Beseda.Journal.Tests;

/// <summary>The same command again gets the first answer, and leaves nothing more behind.</summary>
public sealed class Retrying_tests
{
    [Fact]
    public async Task Asked_again_later_the_answer_is_the_first_one()
    {
        await using var ledger = await Ledger.OpenAsync();
        var account = await ledger.Journal.AddAccountAsync();
        var first = await ledger.CommitAsync(account, new Count(1, 5, Sender: 7, ClientId: "a"));
        await ledger.CommitAsync(account, new Count(1, 5, Sender: 7, ClientId: "b"));

        var again = await ledger.CommitAsync(account, new Count(2, 100, Sender: 7, ClientId: "a"));

        Assert.Equal(first with { Visitor = null }, again with { Visitor = null });
        Assert.Equal(2, (await ledger.SoundEventsAsync(account)).Count);
        Assert.Equal(10, (await ledger.Journal.StateAsync(account)).Of(1).Sum);
    }

    [Fact]
    public async Task Asked_twice_at_once_there_is_one_event_and_one_answer()
    {
        await using var ledger = await Ledger.OpenAsync();
        var account = await ledger.Journal.AddAccountAsync();

        var answers = await ledger.WhileHeldAsync(account, () => Enumerable.Range(0, 30)
            .Select(n => ledger.Journal.SubmitAsync(account, new Count(1, Sender: 7, ClientId: $"{n % 3}"))).ToArray());

        var receipts = (await Task.WhenAll(answers)).Select(answer => Assert.IsType<Answer.Committed>(answer).Receipt.Seq);
        Assert.Equal(Enumerable.Range(0, 30).Select(n => (long)(n % 3) + 1), receipts);
        Assert.Equal([3], ledger.Table.Saves);
    }

    [Fact]
    public async Task Asked_again_after_a_restart_the_answer_is_the_first_one()
    {
        await using var ledger = await Ledger.OpenAsync();
        var account = await ledger.Journal.AddAccountAsync();
        var first = await ledger.CommitAsync(account, new Count(1, Sender: 7, ClientId: "a"));

        await ledger.RestartAsync();
        var again = await ledger.CommitAsync(account, new Count(1, Sender: 7, ClientId: "a"));

        Assert.Equal((first.Seq, first.At, first.Conversation), (again.Seq, again.At, again.Conversation));
        Assert.Single(await ledger.SoundEventsAsync(account));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_goes_by_another_number_since_is_still_known_by_the_old_one(bool restarted)
    {
        await using var ledger = await Ledger.OpenAsync();
        var account = await ledger.Journal.AddAccountAsync();
        var first = await ledger.CommitAsync(account, new Count(1, Sender: 7, ClientId: "a"));
        await ledger.CommitAsync(account, new Become(From: 7, Into: 8));
        if (restarted)
            await ledger.RestartAsync();

        var again = await ledger.CommitAsync(account, new Count(1, Sender: 8, ClientId: "a"));

        Assert.Equal(first.Seq, again.Seq);
        Assert.Equal(2, (await ledger.SoundEventsAsync(account)).Count);
    }

    [Fact]
    public async Task Another_sender_and_another_account_may_use_the_same_client_id()
    {
        await using var ledger = await Ledger.OpenAsync();
        var one = await ledger.Journal.AddAccountAsync();
        var other = await ledger.Journal.AddAccountAsync();

        Assert.Equal(1, (await ledger.CommitAsync(one, new Count(1, Sender: 7, ClientId: "a"))).Seq);
        Assert.Equal(2, (await ledger.CommitAsync(one, new Count(1, Sender: 8, ClientId: "a"))).Seq);
        Assert.Equal(1, (await ledger.CommitAsync(other, new Count(1, Sender: 7, ClientId: "a"))).Seq);
    }

    [Fact]
    public async Task What_was_refused_is_decided_anew()
    {
        await using var ledger = await Ledger.OpenAsync();
        var account = await ledger.Journal.AddAccountAsync();
        Assert.Equal(new Answer.Refused(Why.NothingToCount), await ledger.Journal.SubmitAsync(account, new Count(1, 0, 7, "a")));

        Assert.Equal(1, (await ledger.CommitAsync(account, new Count(1, 1, 7, "a"))).Seq);
    }
}
