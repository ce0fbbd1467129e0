using System.Text.Json.Nodes;
using Beseda.Platforms.Calls;

namespace Beseda.Platforms.Vk;

/// <summary><c>groups.*</c>: the community itself, and where its events go.</summary>
internal static class Groups
{
    private const int MostServers = 10;

    private static readonly string[] Events =
    [
        "message_new", "message_reply", "message_edit", "message_allow", "message_deny", "message_event", "message_read",
        "message_typing_state", "message_reaction_event", "user_block", "user_unblock",
    ];

    public static JsonNode Describe(VkCommunity community, Arguments arguments) => Wire.Object(new
    {
        groups = new[] { new { id = community.Number, name = community.Name, screen_name = $"club{community.Id}", is_closed = 0, type = "group", photo_50 = "", photo_100 = "", photo_200 = "" } },
        profiles = System.Array.Empty<int>(),
    });

    public static JsonNode Permissions(VkCommunity community, Arguments arguments) => Wire.Object(new
    {
        mask = 4096 | 262144 | 4 | 131072,
        settings = new object[] { new { name = "messages", setting = 4096 }, new { name = "manage", setting = 262144 }, new { name = "photos", setting = 4 }, new { name = "docs", setting = 131072 } },
    });

    public static JsonNode Code(VkCommunity community, Arguments arguments)
    {
        Mine(community, arguments);
        return new JsonObject { ["code"] = community.ConfirmationCode };
    }

    /// <summary>The server is asked for the confirmation code after the answer.</summary>
    public static JsonNode AddServer(VkCommunity community, Arguments arguments)
    {
        Mine(community, arguments);
        if (community.Servers.Count >= MostServers)
            throw new VkRefusal(2000, "Servers number limit is reached");
        var server = community.Add(Title(arguments), Url(arguments), Secret(arguments));
        _ = server.ConfirmAsync();
        return new JsonObject { ["server_id"] = server.Id };
    }

    public static JsonNode EditServer(VkCommunity community, Arguments arguments)
    {
        var server = Server(community, arguments);
        (server.Title, server.Url, server.Secret) = (Title(arguments), Url(arguments), Secret(arguments));
        _ = server.ConfirmAsync();
        return 1;
    }

    public static JsonNode DeleteServer(VkCommunity community, Arguments arguments)
    {
        community.Remove(Server(community, arguments));
        return 1;
    }

    public static JsonNode Servers(VkCommunity community, Arguments arguments)
    {
        Mine(community, arguments);
        var asked = arguments.Numbers("server_ids");
        var items = community.Servers.Where(server => asked.Length == 0 || asked.Contains(server.Id))
            .Select(server => new { id = server.Id, title = server.Title, creator_id = 55, url = server.Url.AbsoluteUri, secret_key = server.Secret, status = server.Status }).ToArray();
        return Wire.Object(new { count = items.Length, items });
    }

    /// <summary>Only what is named changes.</summary>
    public static JsonNode SetServer(VkCommunity community, Arguments arguments)
    {
        var server = Server(community, arguments);
        server.ApiVersion = arguments.Text("api_version") ?? server.ApiVersion;
        foreach (var kind in Events.Where(arguments.Has))
            _ = arguments.Flag(kind) ? server.Events.Add(kind) : server.Events.Remove(kind);
        return 1;
    }

    public static JsonNode ServerSettings(VkCommunity community, Arguments arguments)
    {
        var server = Server(community, arguments);
        return Wire.Object(new { api_version = server.ApiVersion }).With("events", Chosen(server.Events.Contains));
    }

    public static JsonNode OpenLongPoll(VkCommunity community, Arguments arguments)
    {
        Mine(community, arguments);
        return community.LongPoll.Enabled ? community.LongPoll.Open() : throw VkRefusal.Parameter("longpoll for this group is not enabled");
    }

    public static JsonNode SetLongPoll(VkCommunity community, Arguments arguments)
    {
        Mine(community, arguments);
        if (arguments.Has("enabled"))
            community.LongPoll.Enabled = arguments.Flag("enabled");
        foreach (var kind in Events.Where(arguments.Has))
        {
            community.LongPoll.Events ??= [];
            _ = arguments.Flag(kind) ? community.LongPoll.Events.Add(kind) : community.LongPoll.Events.Remove(kind);
        }
        return 1;
    }

    public static JsonNode LongPollSettings(VkCommunity community, Arguments arguments) =>
        Wire.Object(new { is_enabled = community.LongPoll.Enabled, api_version = "5.199" }).With("events", Chosen(kind => community.LongPoll.Events?.Contains(kind) != false));

    private static JsonObject Chosen(Func<string, bool> chosen)
    {
        var all = new JsonObject();
        foreach (var kind in Events)
            all[kind] = chosen(kind) ? 1 : 0;
        return all;
    }

    private static void Mine(VkCommunity community, Arguments arguments)
    {
        if (!arguments.Has("group_id"))
            throw VkRefusal.Parameter("group_id is undefined");
        if (arguments.Number("group_id") != community.Number)
            throw new VkRefusal(15, "Access denied");
    }

    private static VkServer Server(VkCommunity community, Arguments arguments)
    {
        Mine(community, arguments);
        return community.Servers.FirstOrDefault(server => server.Id == arguments.Number("server_id")) ?? throw VkRefusal.Parameter("server_id is invalid");
    }

    private static string Title(Arguments arguments) =>
        arguments.Text("title") is { Length: > 0 and <= 14 } title ? title : throw VkRefusal.Parameter("title is invalid");

    private static Uri Url(Arguments arguments) =>
        Uri.TryCreate(arguments.Text("url"), UriKind.Absolute, out var url) ? url : throw VkRefusal.Parameter("url is invalid");

    private static string Secret(Arguments arguments) =>
        arguments.Text("secret_key") is not { } secret ? "" : secret.Length <= 50 ? secret : throw VkRefusal.Parameter("secret_key is too long");
}
