using System.Text.Json.Nodes;
using Beseda.Platforms.Calls;

namespace Beseda.Platforms.Viber;

/// <summary>Endpoints of the API that are played.</summary>
internal static class ViberEndpoints
{
    private const int MostReceivers = 300;

    public static readonly Dictionary<string, Func<ViberBot, Arguments, Task<JsonObject>>> All = new(StringComparer.Ordinal)
    {
        ["set_webhook"] = SetWebhookAsync,
        ["send_message"] = SendAsync,
        ["broadcast_message"] = BroadcastAsync,
        ["get_account_info"] = (bot, _) => Task.FromResult(Describe(bot)),
        ["get_user_details"] = (bot, arguments) => Task.FromResult(Details(bot, arguments)),
        ["get_online"] = (bot, arguments) => Task.FromResult(Online(bot, arguments)),
    };

    private static async Task<JsonObject> SetWebhookAsync(ViberBot bot, Arguments arguments)
    {
        var url = arguments.Text("url") ?? throw new ViberRefusal(4, "url is missing");
        Uri? target = null;
        if (url.Length > 0 && !(Uri.TryCreate(url, UriKind.Absolute, out target) && target.Scheme is "http" or "https"))
            throw new ViberRefusal(1);
        var events = (arguments.Json("event_types") as JsonArray)?.Select(kind => kind!.ToString()).ToArray();
        await bot.SetWebhookAsync(target, events ?? ["delivered", "seen", "failed", "subscribed", "unsubscribed", "conversation_started"]);
        return target is null ? [] : Wire.Object(new { event_types = bot.Events.Append("message").Distinct() });
    }

    private static async Task<JsonObject> SendAsync(ViberBot bot, Arguments arguments)
    {
        ViberMessages.Check(bot, arguments);
        var receiver = arguments.Text("receiver") ?? throw new ViberRefusal(4, "receiver is missing");
        return Wire.Object(new { message_token = await ViberMessages.SendAsync(bot, receiver, arguments), billing_status = 1 });
    }

    private static async Task<JsonObject> BroadcastAsync(ViberBot bot, Arguments arguments)
    {
        ViberMessages.Check(bot, arguments);
        var receivers = (arguments.Json("broadcast_list") as JsonArray ?? throw new ViberRefusal(4, "broadcast_list is missing")).Select(one => one!.ToString()).ToArray();
        if (receivers.Length > MostReceivers)
            throw new ViberRefusal(3, "broadcast_list is too long");
        var failed = new JsonArray();
        foreach (var receiver in receivers)
        {
            try
            {
                await ViberMessages.SendAsync(bot, receiver, arguments);
            }
            catch (ViberRefusal refusal)
            {
                failed.Add(Wire.Object(new { receiver, status = refusal.Status, status_message = refusal.Message }));
            }
        }
        return new JsonObject { ["message_token"] = bot.NextToken(), ["failed_list"] = failed };
    }

    private static JsonObject Describe(ViberBot bot) => Wire.Object(new
    {
        id = bot.Id,
        name = bot.Name,
        uri = bot.Id.Replace("pa:", "bot", StringComparison.Ordinal),
        icon = "",
        background = "",
        category = "Companies, Brands & Products",
        subcategory = "Restaurants",
        country = "RU",
        webhook = bot.Webhook?.AbsoluteUri ?? "",
        event_types = bot.Events,
        subscribers_count = bot.Customers.Count(customer => customer.Chat is { Started: true, Blocked: false }),
        members = System.Array.Empty<int>(),
    });

    /// <summary>Twice in twelve hours for one person.</summary>
    private static JsonObject Details(ViberBot bot, Arguments arguments)
    {
        var customer = bot.Find(arguments.Text("id")) ?? throw new ViberRefusal(5);
        if (!customer.MayBeDescribed())
            throw new ViberRefusal(12);
        var user = customer.AsUser();
        foreach (var (name, value) in Wire.Object(new { primary_device_os = "android 14", viber_version = "22.0.0", mcc = 250, mnc = 1, device_type = "phone" }))
            user[name] = value?.DeepClone();
        return new JsonObject { ["message_token"] = bot.NextToken(), ["user"] = user };
    }

    private static JsonObject Online(ViberBot bot, Arguments arguments) => Wire.Object(new
    {
        users = (arguments.Json("ids") as JsonArray ?? throw new ViberRefusal(4)).Select(id => id!.ToString()).Select(id => bot.Find(id) switch
        {
            { Chat.Started: true } customer => new { id, online_status = customer.Online ? 0 : 1, online_status_message = customer.Online ? "online" : "offline" },
            _ => new { id, online_status = 4, online_status_message = "unavailable" },
        }),
    });
}
