using System.Text.Json;
using System.Text.Json.Nodes;

namespace Beseda.Server.Channels.Vk;

/// <summary>What was said while VK told nobody: it stands in the chats themselves.</summary>
internal sealed class VkHistory(VkApi api, ChannelAccess access)
{
    private const int Page = 200;

    /// <summary>VK's clock and ours are not the same, and what was told last may have been said long before.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);

    /// <summary>New messages of visitors, and of employees on VK's own pages, as updates would have told them; edits and presses are not in it.</summary>
    /// <returns>Chat by chat, in each as they were said. Most of what it repeats is known already.</returns>
    /// <exception cref="PlatformException">Not now.</exception>
    public async Task<List<Item>> SinceAsync(DateTimeOffset time, CancellationToken stop)
    {
        var since = (time - Overlap).ToUnixTimeSeconds();
        var items = new List<Item>();
        foreach (var peer in await ChatsAsync(since, stop))
        {
            var messages = await MessagesAsync(peer, since, stop);
            messages.Reverse();
            items.AddRange(messages.Select(Told));
        }

        return items;
    }

    /// <summary>Those in which something was said since, the latest first.</summary>
    private Task<List<long>> ChatsAsync(long since, CancellationToken stop) =>
        ReadAsync("messages.getConversations", since, chat => chat.GetProperty("last_message"), chat => VkUpdates.Number(chat.GetProperty("last_message"), "peer_id"), [], stop);

    private Task<List<JsonElement>> MessagesAsync(long peer, long since, CancellationToken stop) =>
        ReadAsync("messages.getHistory", since, message => message, message => message, [("peer_id", peer)], stop);

    /// <summary>Lists of VK's begin with the latest.</summary>
    private async Task<List<T>> ReadAsync<T>(
        string method, long since, Func<JsonElement, JsonElement> dated, Func<JsonElement, T> read, (string, object?)[] about, CancellationToken stop)
    {
        var all = new List<T>();
        for (var offset = 0; ; offset += Page)
        {
            var answer = await api.CallAsync(method, stop, [.. about, ("offset", offset), ("count", Page)]);
            var page = answer.GetProperty("items").EnumerateArray().ToList();
            var later = page.TakeWhile(one => VkUpdates.Number(dated(one), "date") >= since).ToList();
            all.AddRange(later.Select(read));
            if (later.Count < Page)
                return all;
        }
    }

    private Item Told(JsonElement message)
    {
        var said = JsonObject.Create(message);
        var update = VkUpdates.Number(message, "out") == 1
            ? new JsonObject { ["type"] = "message_reply", ["object"] = said }
            : new JsonObject { ["type"] = "message_new", ["object"] = new JsonObject { ["message"] = said } };
        update["group_id"] = long.Parse(access.Setting(VkPlatform.Group), System.Globalization.CultureInfo.InvariantCulture);
        using var parsed = JsonDocument.Parse(update.ToJsonString());
        return VkUpdates.Read(parsed.RootElement);
    }
}
