namespace Beseda.Journal.Tests;

/// <summary>Whoever stops leaves nobody waiting.</summary>
public sealed class Stopping_tests
{
    [Fact]
    public async Task Whatever_waits_when_a_server_stops_is_carried_out_and_answered()
    {
        await using var ledger = await Ledger.OpenAsync();
        var account = await ledger.Journal.AddAccountAsync();
        var stopping = Task.CompletedTask;

        var answers = await ledger.WhileHeldAsync(account, () =>
        {
            var waiting = Enumerable.Range(0, 400).Select(_ => ledger.Journal.SubmitAsync(account, new Count(1))).ToArray();
            stopping = Task.Run(ledger.Stop);
            return waiting;
        });

        Assert.All(await Task.WhenAll(answers), answer => Assert.IsType<Answer.Committed>(answer));
        await stopping;
        await ledger.RestartAsync();
        Assert.Equal(400, (await ledger.SoundEventsAsync(account)).Count);
    }

    [Fact]
    public async Task Whoever_waits_for_a_database_that_does_not_answer_is_told_so_when_the_server_stops()
    {
        await using var ledger = await Ledger.OpenAsync();
        var account = await ledger.Journal.AddAccountAsync();
        var tried = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ledger.Table.Before = _ =>
        {
            tried.TrySetResult();
            throw Engine.Away();
        };
        var waiting = ledger.Journal.SubmitAsync(account, new Count(1));
        await tried.Task;

        await Task.Run(ledger.Stop, TestContext.Current.CancellationToken);

        Assert.IsType<Answer.Unavailable>(await waiting.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
        await ledger.RestartAsync();
        Assert.Empty(await ledger.EventsAsync(account));
    }

    [Fact]
    public async Task Whoever_comes_after_it_has_stopped_is_not_left_waiting()
    {
        await using var ledger = await Ledger.OpenAsync();
        var account = await ledger.Journal.AddAccountAsync();
        var journal = ledger.Journal;
        await ledger.CommitAsync(account, new Count(1));
        ledger.Stop();

        Assert.True(await Late(journal, account).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
        await ledger.RestartAsync();
    }

    private static async Task<bool> Late(TallyJournal journal, AccountId account)
    {
        try
        {
            return await journal.SubmitAsync(account, new Count(1)) is Answer.Unavailable;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
    }
}
