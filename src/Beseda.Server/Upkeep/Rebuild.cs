using Beseda.Journal;
using Beseda.Journal.Postgres;
using Beseda.Journal.Sqlite;

namespace Beseda.Server.Upkeep;

/// <summary>
/// <c>beseda rebuild [--check]</c>: recomputes every row that is kept beside the events from one snapshot, as of one seq, and
/// compares; without <c>--check</c> it also puts right what differs. Reads beside a live server; repairs beside live nodes on
/// PostgreSQL, and with the server stopped on SQLite.
/// </summary>
internal static class Rebuild
{
    private const int MostTold = 20;

    public static async Task<int> RunAsync(CommandLine line)
    {
        if (line.Words.Count > 0)
            throw new FormatException("rebuild takes --check, --data and --database.");
        return line.Options.ContainsKey("--check") ? await CheckAsync(line) : await RepairAsync(line);
    }

    /// <returns>1 when something differs.</returns>
    private static async Task<int> CheckAsync(CommandLine line)
    {
        using Database database = line.Postgres is { } url ? PostgresServer.Of(url) : SqliteFile.Beside(line.Data);
        using var readers = database.OpenReaders();
        var differences = 0;
        foreach (var account in await AccountsAsync(readers))
        {
            var (state, found) = await CompareAsync(readers, account);
            differences += found.Count;
            Tell(account, state, found);
        }

        return differences == 0 ? 0 : 1;
    }

    private static async Task<int> RepairAsync(CommandLine line)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddStorage(line);
        using var host = builder.Build();
        var journal = host.Services.GetRequiredService<ChatJournal>();
        await journal.StartAsync();
        foreach (var account in await AccountsAsync(journal.Readers))
        {
            var (state, found) = await CompareAsync(journal.Readers, account);
            Tell(account, state, found);
            if (found.Count > 0)
                await journal.RepairAsync(account, session =>
                {
                    var now = Folding.Fold(session, account, state);
                    found.ForEach(one => one.Repair(session, account, now));
                });
        }

        // The other nodes are told by a thread of its own.
        await Task.Delay(TimeSpan.FromMilliseconds(200));
        return 0;
    }

    private static Task<List<AccountId>> AccountsAsync(IReaders readers) =>
        readers.ReadAsync(session => session["select id from accounts order by id"].All(row => new AccountId(row.Number(0))).ToList());

    private static Task<(AccountState State, List<Difference> Found)> CompareAsync(IReaders readers, AccountId account) => readers.ReadAsync(session =>
    {
        var state = Folding.Fold(session, account, AccountState.Empty);
        return (state, Difference.All(session, account, state));
    });

    private static void Tell(AccountId account, AccountState state, List<Difference> found)
    {
        Console.WriteLine($"Account {account}: {state.Seq} events, {state.Conversations.Count} conversations, {found.Count} rows differ");
        foreach (var one in found.Take(MostTold))
            Console.WriteLine($"  {one}");
    }
}
