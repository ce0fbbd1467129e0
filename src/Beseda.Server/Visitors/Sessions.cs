using System.Collections.Concurrent;
using Beseda.Domain.Accounts;
using Beseda.Server.Doors;

namespace Beseda.Server.Visitors;

/// <summary>What opening a session needs.</summary>
internal sealed class Sessions(ChatJournal journal, InstallKey key, Recognition recognition, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, byte[]> identityKeys = new();

    public ChatJournal Journal => journal;

    public InstallKey Key => key;

    public Recognition Recognition => recognition;

    public TimeProvider Clock => clock;

    /// <summary>Decrypted once: it changes only with the account's settings.</summary>
    public byte[] IdentityKey(Account account) =>
        identityKeys.GetOrAdd(account.IdentityKey, encrypted => key.Decrypt(AccountSecrets.Identity, encrypted));
}

/// <summary>Purposes under which an account's secrets are encrypted.</summary>
internal static class AccountSecrets
{
    public const string Identity = "account-identity";
}
