using Beseda.Domain;
using Beseda.Domain.Accounts;
using Beseda.Domain.Departments;
using Beseda.Journal;
using Beseda.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ChatJournal = Beseda.Journal.Journal<Beseda.Domain.AccountState, Beseda.Domain.Spoken, Beseda.Domain.Event>;

namespace Beseda.Bench.Servers;

/// <summary>Adds accounts as <c>beseda account add</c> does, all in one process: a thousand starts would take half an hour.</summary>
internal static class Companies
{
    /// <param name="arguments">Where the data lies. A server has run there before and made the demo account.</param>
    /// <returns>The accounts' keys.</returns>
    public static async Task<IReadOnlyList<string>> AddAsync(int count, IEnumerable<string> arguments)
    {
        var line = CommandLine.Parse(["run", .. arguments]);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddStorage(line);
        builder.Services.AddAuthentication();
        using var host = builder.Build();
        await Installation.PrepareAsync(host.Services, line);
        var journal = host.Services.GetRequiredService<ChatJournal>();

        var demo = await journal.StateAsync(new AccountId(1));
        var keys = Enumerable.Range(1, count).Select(n => $"bench-{n}").ToArray();
        await Parallel.ForEachAsync(keys, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (key, _) =>
        {
            var account = await journal.AddAccountAsync();
            await SayAsync(journal, account, new ChangeAccount(demo.Account with { Key = key, Name = key }));
            await SayAsync(journal, account, new ChangeDepartment(null, demo.Departments.Values.First() with { Id = default }));
        });
        return keys;
    }

    private static async Task SayAsync(ChatJournal journal, AccountId account, Command command)
    {
        if (await journal.SubmitAsync(account, new Spoken(Actor.System.Itself, command)) is not Answer.Committed)
            throw new InvalidOperationException("An account could not be added.");
    }
}
