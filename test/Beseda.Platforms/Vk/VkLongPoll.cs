using System.Text.Json.Nodes;
using Beseda.Platforms.Calls;

namespace Beseda.Platforms.Vk;

/// <summary>Bots Long Poll: a history one reads from a number on.</summary>
public sealed class VkLongPoll
{
    private readonly VkCommunity community;
    private readonly Lock gate = new();
    private readonly Signal changed = new();
    private readonly List<JsonObject> events = [];
    private long firstKept = 1;

    internal VkLongPoll(VkCommunity community) => this.community = community;

    /// <summary>What it tells of; everything until it is set.</summary>
    internal HashSet<string>? Events { get; set; }

    /// <summary>False: what happens is told to nobody.</summary>
    public bool Enabled { get; set; } = true;

    private string Key { get; set; } = World.Secret(20);

    private string Ts => $"{firstKept + events.Count - 1}";

    /// <summary>Readers are told to take a new key: <c>failed:2</c>.</summary>
    public void ExpireKey()
    {
        lock (gate)
            Key = World.Secret(20);
        changed.Pulse();
    }

    /// <summary>What readers have not read is gone: <c>failed:1</c>.</summary>
    public void LoseHistory()
    {
        lock (gate)
        {
            // One number nobody has seen, so that even who had read everything is behind.
            firstKept += events.Count + 1;
            events.Clear();
        }
        changed.Pulse();
    }

    /// <summary>Readers are told to begin anew: <c>failed:3</c>.</summary>
    public void ForgetReaders()
    {
        lock (gate)
            Key = "";
        changed.Pulse();
    }

    internal JsonObject Open()
    {
        lock (gate)
        {
            if (Key.Length == 0)
                Key = World.Secret(20);
            return Wire.Object(new { key = Key, server = new Uri(community.World.Address, $"/vk/whp/{community.Id}").AbsoluteUri, ts = Ts });
        }
    }

    internal void Publish(string type, JsonObject content, string id)
    {
        if (!Enabled || Events?.Contains(type) == false)
            return;
        lock (gate)
            events.Add(new JsonObject { ["group_id"] = community.Number, ["type"] = type, ["event_id"] = id, ["v"] = "5.199", ["object"] = content.DeepClone() });
        changed.Pulse();
    }

    internal async Task<JsonObject> CheckAsync(Arguments arguments, CancellationToken gone)
    {
        if (arguments.Text("act") != "a_check")
            return new JsonObject { ["failed"] = 4 };
        var wait = arguments.Number("wait") is { } asked and >= 0 and <= 90 ? asked : 25;
        return await changed.UntilAsync(() => Look(arguments), TimeSpan.FromSeconds(wait), gone) ?? new JsonObject { ["ts"] = arguments.Text("ts"), ["updates"] = new JsonArray() };
    }

    private JsonObject? Look(Arguments arguments)
    {
        lock (gate)
        {
            if (Key.Length == 0)
                return new JsonObject { ["failed"] = 3 };
            if (arguments.Text("key") != Key)
                return new JsonObject { ["failed"] = 2 };
            var skip = (arguments.Number("ts") ?? -1) + 1 - firstKept;
            if (skip < 0 || skip > events.Count)
                return new JsonObject { ["failed"] = 1, ["ts"] = Ts };
            return skip == events.Count ? null : new JsonObject { ["ts"] = Ts, ["updates"] = Wire.Array(Disturb([.. events.Skip((int)skip)])) };
        }
    }

    /// <summary>What callback servers meet in time, a reader meets in one answer.</summary>
    private IEnumerable<JsonObject> Disturb(JsonObject[] news)
    {
        var faults = community.Platform.Faults;
        var all = faults.Duplicate ? news.SelectMany(one => new[] { one, one }) : news;
        return faults.Disorder > TimeSpan.Zero ? all.OrderBy(_ => community.World.Chance(int.MaxValue)) : all;
    }
}
