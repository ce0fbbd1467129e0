namespace Beseda.Journal.Tests;

/// <summary>One file has one writer: what waits anywhere is one transaction.</summary>
public sealed class Together_tests
{
    [Fact]
    public async Task What_waits_in_all_accounts_is_committed_together()
    {
        await using var ledger = await Ledger.OpenAsync();
        var accounts = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => ledger.Journal.AddAccountAsync()));

        var answers = await ledger.WhileHeldAsync(accounts[0], () => accounts
            .SelectMany(account => Enumerable.Range(0, 20).Select(n => ledger.Journal.SubmitAsync(account, new Count(n))))
            .ToArray());

        Assert.All(await Task.WhenAll(answers), answer => Assert.IsType<Answer.Committed>(answer));
        Assert.Equal([20, 20, 20, 20, 20], ledger.Table.Saves);
    }
}
