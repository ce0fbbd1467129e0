namespace Beseda.Journal;

/// <summary>What an account's indexes do not hold yet: the answers that a command sent twice is to get again.</summary>
internal sealed class Tail
{
    /// <summary>Events. Longer: the writer stands still for longer, once in a while. Shorter: fewer events share a page.</summary>
    private const int Longest = 512;

    private readonly Dictionary<(long Sender, string ClientId), Receipt> receipts = [];
    private long indexed;

    public static Tail Load(Session session, AccountId account)
    {
        var tail = new Tail { indexed = Indexes.Head(session, account) };
        foreach (var (key, receipt) in Indexes.After(session, account, tail.indexed))
            tail.receipts.Add(key, receipt);
        return tail;
    }

    /// <summary>Whether it is time to enter what there is up to <paramref name="head"/>.</summary>
    public bool IsLong(long head) => head - indexed >= Longest;

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
