namespace Beseda.Journal;

/// <summary>What client ids were answered before this batch: looked up together, since the database may be elsewhere.</summary>
internal sealed class Earlier(Session session, AccountId account, Tail? tail, Answered? answered)
{
    public Receipt? Find(long sender, string clientId)
    {
        if (tail?.Find(sender, clientId) is { } recent)
            return recent;
        var key = (sender, clientId);
        if (answered is not null && answered.Asked.Contains(key))
            return answered.Found.TryGetValue(key, out var known) ? known : null;
        return session.Find(account, [key]).TryGetValue(key, out var receipt) ? receipt : null;
    }
}

/// <summary>Client ids that were looked up, and those of them that were found.</summary>
internal sealed record Answered(
    IReadOnlySet<(long Sender, string ClientId)> Asked, IReadOnlyDictionary<(long Sender, string ClientId), Receipt> Found);
