using System.Text.Json.Nodes;
using Beseda.Platforms.Calls;

namespace Beseda.Platforms.Messenger;

/// <summary>What of the graph is played: pages, their people, their messages and subscriptions.</summary>
internal static class GraphNodes
{
    private static readonly string[] Profiles = ["get_started", "greeting", "persistent_menu", "ice_breakers", "whitelisted_domains"];

    public static async Task<JsonNode> PerformAsync(MessengerPage page, GraphCall call)
    {
        if (call.ByApp)
            return call is { Edge: "subscriptions" } && call.Node == page.AppId ? await SubscriptionsAsync(page, call) : throw GraphRefusal.Missing(call.Node);
        if (call.Node != "me" && call.Node != page.Id)
            return call is { Verb: "GET", Edge: "" } && page.Find(call.Node) is { } customer ? Person(customer, call.Arguments) : throw GraphRefusal.Missing(call.Node);
        return (call.Verb, call.Edge) switch
        {
            ("GET", "") => Wire.Object(new { name = page.Name, id = page.Id }),
            ("POST", "messages") => await GraphMessages.SendAsync(page, call.Arguments),
            ("POST", "message_attachments") => await GraphMessages.KeepAsync(page, call.Arguments),
            (_, "subscribed_apps") => Subscribed(page, call),
            (_, "messenger_profile") => Profile(page, call),
            _ => throw new GraphRefusal(2500, $"Unknown path components: /{call.Edge}"),
        };
    }

    /// <summary>The app's webhook: the address is asked for its challenge first.</summary>
    private static async Task<JsonNode> SubscriptionsAsync(MessengerPage page, GraphCall call)
    {
        if (call.Verb == "GET")
            return Wire.Object(new { data = page.Webhook is null ? [] : new[] { new { @object = "page", callback_url = page.Webhook.AbsoluteUri, active = true, fields = System.Array.Empty<int>() } } });
        if (call.Verb == "DELETE")
        {
            page.Post.Target = null;
            return Done();
        }
        if (call.Arguments.Text("object") != "page" || !Uri.TryCreate(call.Arguments.Text("callback_url"), UriKind.Absolute, out var url))
            throw GraphRefusal.Parameter("object and callback_url are required");
        return await page.SubscribeAsync(url, call.Arguments.Text("verify_token") ?? "")
            ? Done()
            : throw new GraphRefusal(2200, "(#2200) Callback verification failed with the following errors: HTTP Status Code or challenge does not match", 1929002);
    }

    private static JsonObject Subscribed(MessengerPage page, GraphCall call)
    {
        if (call.Verb == "GET")
            return Wire.Object(new { data = page.Fields.Count == 0 ? [] : new[] { new { link = "", name = "Беседа", id = page.AppId, subscribed_fields = page.Fields } } });
        page.Fields = call.Verb == "DELETE" ? [] : Listed(call.Arguments, "subscribed_fields");
        return call.Verb == "DELETE" || page.Fields.Count > 0 ? Done() : throw GraphRefusal.Parameter("The parameter subscribed_fields is required.");
    }

    private static JsonObject Profile(MessengerPage page, GraphCall call)
    {
        if (call.Verb == "GET")
        {
            var asked = new JsonObject();
            foreach (var name in Listed(call.Arguments, "fields"))
                if (page.Profile.TryGetValue(name, out var value))
                    asked[name] = value.DeepClone();
            return new JsonObject { ["data"] = asked.Count == 0 ? [] : new JsonArray(asked) };
        }
        foreach (var name in call.Verb == "DELETE" ? Listed(call.Arguments, "fields") : Profiles.Where(call.Arguments.Has))
            if (call.Verb == "DELETE")
                page.Profile.TryRemove(name, out _);
            else if (call.Arguments.Json(name) is { } value)
                page.Profile[name] = value.DeepClone();
        return new JsonObject { ["result"] = "success" };
    }

    private static JsonObject Person(MessengerCustomer customer, Arguments arguments)
    {
        var found = new JsonObject();
        foreach (var field in arguments.Has("fields") ? Listed(arguments, "fields") : ["first_name", "last_name", "profile_pic"])
            found.With(field, field switch
            {
                "first_name" => customer.Person.FirstName,
                "last_name" => customer.Person.LastName,
                "name" => customer.Name,
                "profile_pic" => customer.Picture.AbsoluteUri,
                // Only with permissions few have.
                "locale" or "timezone" or "gender" => throw new GraphRefusal(10, "(#10) This endpoint requires the 'pages_user_locale' permission"),
                _ => null,
            });
        found["id"] = customer.Id;
        return found;
    }

    private static JsonObject Done() => new() { ["success"] = true };

    /// <summary>A list of JSON, or words with commas.</summary>
    private static string[] Listed(Arguments arguments, string name) => arguments.Text(name) switch
    {
        null => [],
        ['[', ..] => [.. ((JsonArray)arguments.Json(name)!).Select(one => one!.ToString())],
        var words => words.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
    };
}
