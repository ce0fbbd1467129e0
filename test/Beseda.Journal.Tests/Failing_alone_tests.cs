namespace Beseda.Journal.Tests;

/// <summary>What cannot be carried out leaves no trace, and whatever is asked beside it is carried out.</summary>
public sealed class Failing_alone_tests
{
    /// <summary>Words of more than 64 KB are refused by the table of events.</summary>
    private static readonly string TooLong = new('x', 65_537);

    public static readonly TheoryData<Ask> Impossible =
    [
        new Count(1, Count.Unlucky),
        new Count(1, TallyTable.TooMuch),
        new Count(1, Words: TooLong),
        new Count(1, Words: TallyCodec.Unwritable),
        new Count(TallyTable.Unreadable),
        new Count(1, Words: TooLong, Events: 3),
    ];

    [Theory]
    [MemberData(nameof(Impossible))]
    public async Task One_impossible_command_among_100_good_ones_fails_alone(Ask impossible)
    {
        await using var ledger = await Ledger.OpenAsync();
        var account = await ledger.Journal.AddAccountAsync();
        await ledger.CommitAsync(account, new Count(1));
        var asks = Enumerable.Range(0, 100).Select(n => (Ask)new Count(n % 5, Sender: 3, ClientId: $"{n}")).ToList();
        asks.Insert(50, impossible);
        asks.Insert(60, new Count(1, 0));

        var answers = await Task.WhenAll(await ledger.WhileHeldAsync(account, () =>
            asks.Select(ask => ledger.Journal.SubmitAsync(account, ask)).ToArray()));

        Assert.IsType<Answer.Failed>(answers[50]);
        Assert.IsType<Answer.Refused>(answers[60]);
        Assert.Equal(
            Enumerable.Range(2, 100).Select(seq => (long)seq),
            answers.OfType<Answer.Committed>().Select(answer => answer.Receipt.Seq));
        Assert.Equal(101, (await ledger.SoundEventsAsync(account)).Count);

        // The journal goes on, the same fails again, and the good ones were remembered.
        Assert.IsType<Answer.Failed>(await ledger.Journal.SubmitAsync(account, impossible));
        Assert.Equal(2, (await ledger.CommitAsync(account, asks[0])).Seq);
        Assert.Equal(102, (await ledger.CommitAsync(account, new Count(1))).Seq);
    }

    [Fact]
    public async Task An_account_whose_rows_cannot_be_read_leaves_the_others_alone()
    {
        await using var ledger = await Ledger.OpenAsync();
        var broken = await ledger.Journal.AddAccountAsync();
        var sound = await ledger.Journal.AddAccountAsync();
        await ledger.CommitAsync(broken, new Count(1));
        await ledger.CommitAsync(sound, new Count(1));
        await ledger.RestartAsync();
        ledger.Table.Breaks = broken;

        var answers = await ledger.WhileHeldAsync(sound, () => new[] { broken, sound }
            .Select(account => ledger.Journal.SubmitAsync(account, new Count(1))).ToArray());

        Assert.IsType<Answer.Failed>(await answers[0]);
        Assert.IsType<Answer.Committed>(await answers[1]);
        await Assert.ThrowsAsync<FormatException>(async () => await ledger.Journal.StateAsync(broken));
        ledger.Table.Breaks = null;
        Assert.Equal(2, (await ledger.CommitAsync(broken, new Count(1))).Seq);
    }

    [Fact]
    public async Task Two_impossible_commands_beside_each_other_fail_and_those_around_them_do_not()
    {
        await using var ledger = await Ledger.OpenAsync();
        var account = await ledger.Journal.AddAccountAsync();

        var answers = await Task.WhenAll(await ledger.WhileHeldAsync(account, () => new[]
        {
            ledger.Journal.SubmitAsync(account, new Count(1, ClientId: "a")),
            ledger.Journal.SubmitAsync(account, new Count(1, Words: TooLong, ClientId: "b")),
            ledger.Journal.SubmitAsync(account, new Count(1, TallyTable.TooMuch, ClientId: "c")),
            ledger.Journal.SubmitAsync(account, new Count(1, ClientId: "a")),
            ledger.Journal.SubmitAsync(account, new Count(1, ClientId: "d")),
        }));

        Assert.Equal(
            ["1", "failed", "failed", "1", "2"],
            answers.Select(answer => answer is Answer.Committed done ? $"{done.Receipt.Seq}" : "failed"));
        Assert.Equal(2, (await ledger.SoundEventsAsync(account)).Count);
    }

    [Fact]
    public async Task A_refusal_leaves_no_trace()
    {
        await using var ledger = await Ledger.OpenAsync();
        var account = await ledger.Journal.AddAccountAsync();
        await ledger.CommitAsync(account, new Count(1));
        var before = await ledger.Journal.StateAsync(account);

        Assert.IsType<Answer.Refused>(await ledger.Journal.SubmitAsync(account, new Count(1, 0, 7, "a")));

        Assert.Equal(before.ToString(), (await ledger.Journal.StateAsync(account)).ToString());
        Assert.Single(await ledger.EventsAsync(account));
        Assert.Equal(0, await ledger.Journal.Readers.ReadAsync(session => session["select count(*) from events where client_id is not null"].One(row => row.Number(0))));
    }
}
