namespace Beseda.Journal.Tests;

/// <summary>One server per folder.</summary>
public sealed class Folder_tests
{
    [Fact]
    public async Task A_second_server_is_kept_off_the_same_folder_until_the_first_has_gone()
    {
        await using var ledger = await Ledger.OpenAsync();

        var refused = Assert.Throws<InvalidOperationException>(() => SqliteFile.Open(ledger.Folder));

        Assert.Contains(ledger.Folder, refused.Message, StringComparison.Ordinal);
        await ledger.RestartAsync();
    }
}
