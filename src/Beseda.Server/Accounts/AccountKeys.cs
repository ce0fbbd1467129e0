using System.Collections.Concurrent;
using Beseda.Journal;
using Beseda.Server.Storage;

namespace Beseda.Server.Accounts;

/// <summary>Which account a key on a web page names.</summary>
internal sealed class AccountKeys(ChatJournal journal)
{
    private readonly ConcurrentDictionary<string, AccountId> known = new(StringComparer.Ordinal);

    public async ValueTask<AccountId?> FindAsync(string key)
    {
        if (known.TryGetValue(key, out var account))
            return account;
        // Keys are few and never change: an unknown one is new, or somebody guesses, who is rate-limited by address.
        await ReadAsync();
        return known.TryGetValue(key, out account) ? account : null;
    }

    private async Task ReadAsync()
    {
        foreach (var (account, key) in await journal.Readers.ReadAsync(ChatRows.AccountKeys))
            known[key] = account;
    }
}
