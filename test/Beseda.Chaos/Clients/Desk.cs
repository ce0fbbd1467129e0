using System.Text.Json;

namespace Beseda.Chaos.Clients;

/// <summary>What one operator has to do, as the desk and the feed tell it.</summary>
internal sealed class Desk
{
    private readonly Lock gate = new();
    private readonly HashSet<long> offers = [];
    private readonly Dictionary<long, int> mine = [];
    private long me;
    private bool online;

    /// <summary>Somebody thinks that this operator is not there.</summary>
    public bool IsAway
    {
        get
        {
            lock (gate)
                return !online;
        }
    }

    public void Load(JsonElement desk)
    {
        lock (gate)
        {
            me = desk.GetProperty("me").GetProperty("id").GetInt64();
            online = desk.GetProperty("operators").EnumerateArray()
                .Any(one => one.GetProperty("id").GetInt64() == me && one.GetProperty("status").GetString() == "online");
            offers.Clear();
            mine.Clear();
            foreach (var row in desk.GetProperty("conversations").EnumerateArray())
                if (Number(row, "operator") == me && row.GetProperty("id").GetInt64() is var id)
                {
                    if (row.GetProperty("status").GetString() == "assigned")
                        offers.Add(id);
                    else
                        mine[id] = 1;
                }
        }
    }

    public void Take(string kind, JsonElement data)
    {
        lock (gate)
        {
            if (kind == "operator.status" && Number(data, "operator") == me)
                online = data.GetProperty("status").GetString() == "online";
            if (Number(data, "conversation") is { } id)
                TakeOf(id, kind, data);
        }
    }

    /// <summary>It turned out not to be mine.</summary>
    public void Drop(long id)
    {
        lock (gate)
        {
            offers.Remove(id);
            mine.Remove(id);
        }
    }

    public long? Offer()
    {
        lock (gate)
            return offers.Count > 0 ? offers.First() : null;
    }

    /// <summary>A chat in which the visitor spoke last.</summary>
    public long? Owed(Random random)
    {
        lock (gate)
        {
            var owed = mine.Where(one => one.Value > 0).Select(one => one.Key).ToList();
            if (owed.Count == 0)
                return null;
            var id = owed[random.Next(owed.Count)];
            mine[id] = 0;
            return id;
        }
    }

    private void TakeOf(long id, string kind, JsonElement data)
    {
        switch (kind)
        {
            case "conversation.assigned" when Number(data, "operator") == me:
                offers.Add(id);
                break;
            case "conversation.accepted" when Number(data.GetProperty("operator"), "id") == me:
                offers.Remove(id);
                mine[id] = 1;
                break;
            case "conversation.queued" or "conversation.closed" or "conversation.assigned" or "conversation.accepted":
                Drop(id);
                break;
            case "message.posted" when mine.TryGetValue(id, out var owed) && data.GetProperty("author").GetProperty("kind").GetString() == "visitor":
                mine[id] = owed + 1;
                break;
        }
    }

    private static long? Number(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : null;
}
