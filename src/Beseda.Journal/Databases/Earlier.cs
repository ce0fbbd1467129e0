namespace Beseda.Journal;

/// <summary>What client ids were answered before this batch: looked up together, since the database may be elsewhere.</summary>
internal sealed class Earlier
{
    private readonly Session session;
    private readonly AccountId account;
    private readonly Tail tail;
    private readonly HashSet<(long Sender, string ClientId)> asked;
    private readonly Dictionary<(long Sender, string ClientId), Receipt> found;

    public Earlier(Session session, AccountId account, Tail tail, IEnumerable<(long Sender, string ClientId)> keys)
    {
        (this.session, this.account, this.tail) = (session, account, tail);
        asked = [.. keys.Where(key => tail.Find(key.Sender, key.ClientId) is null)];
        found = asked.Count > 0 ? session.Find(account, asked) : [];
    }

    public Receipt? Find(long sender, string clientId)
    {
        if (tail.Find(sender, clientId) is { } recent)
            return recent;
        var key = (sender, clientId);
        // A rule of this batch may have taught us another name of the sender.
        return (asked.Contains(key) ? found : session.Find(account, [key])).TryGetValue(key, out var receipt) ? receipt : null;
    }
}
