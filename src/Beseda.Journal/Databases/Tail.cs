using Beseda.Journal.Sqlite;

namespace Beseda.Journal;

/// <summary>
/// What an account's indexes do not hold yet, where they are filled behind the head: the answers that a command sent twice
/// is to get again.
/// </summary>
internal sealed class Tail
{
    /// <summary>Events. Longer: the writer stands still for longer, once in a while. Shorter: fewer events share a page.</summary>
    private const int Longest = 512;

    private readonly Dictionary<(long Sender, string ClientId), Receipt> receipts = [];
    private long indexed;

    public static Tail Load(Session session, AccountId account)
    {
        var tail = new Tail { indexed = SqliteIndexes.Head(session, account) };
        foreach (var (key, receipt) in SqliteIndexes.After(session, account, tail.indexed))
            tail.receipts.Add(key, receipt);
        return tail;
    }

    /// <summary>Enters what there is up to <paramref name="head"/>, if it is time.</summary>
    public bool TryEnter(Session session, AccountId account, long head)
    {
        if (head - indexed < Longest)
            return false;
        SqliteIndexes.Enter(session, account, head);
        return true;
    }

    public Receipt? Find(long sender, string clientId) => receipts.TryGetValue((sender, clientId), out var receipt) ? receipt : null;

    public void Add(IReadOnlyDictionary<(long Sender, string ClientId), Receipt> committed)
    {
        foreach (var (key, receipt) in committed)
            receipts.Add(key, receipt);
    }

    public void EnteredUpTo(long seq)
    {
        indexed = seq;
        receipts.Clear();
    }
}
