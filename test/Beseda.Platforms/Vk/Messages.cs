using System.Globalization;
using System.Text.Json.Nodes;
using Beseda.Platforms.Calls;
using Beseda.Platforms.Customers;

namespace Beseda.Platforms.Vk;

/// <summary><c>messages.*</c></summary>
internal static class Messages
{
    private const int LongestText = 4096;
    private const int MostPeers = 100;

    /// <summary>A number for one peer; for <c>peer_ids</c> a list that tells of each.</summary>
    public static JsonNode Send(VkCommunity community, Arguments arguments)
    {
        if (!arguments.Has("random_id"))
            throw VkRefusal.Parameter("random_id is undefined");
        var keyboard = VkKeyboard.Read(arguments);
        if (arguments.Has("peer_ids"))
            return SendToMany(community, arguments, keyboard);
        var number = arguments.Number("peer_id") ?? arguments.Number("user_id") ?? throw VkRefusal.Parameter("peer_id is undefined");
        return Send(community, arguments, keyboard, number)["id"]!.DeepClone();
    }

    public static JsonNode Edit(VkCommunity community, Arguments arguments)
    {
        var (customer, message) = Own(community, arguments);
        if (community.World.Now.Seconds() - message["date"]!.GetValue<long>() > TimeSpan.FromDays(1).TotalSeconds)
            throw new VkRefusal(909, "Can't edit this message, because it's too old");
        var content = Content(community, arguments);
        var keyboard = VkKeyboard.Read(arguments);
        lock (community.Gate)
        {
            foreach (var (name, value) in content.Wire)
                message[name] = value?.DeepClone();
            message["update_time"] = community.World.Now.Seconds();
            customer.Chat.Change(message["id"]!.ToString(), bubble => content.Fill(bubble) with { Edited = true, Buttons = keyboard is { Inline: true } ? keyboard.Rows : [] });
            community.Publish("message_edit", customer.Id, message);
        }
        return 1;
    }

    public static JsonNode Delete(VkCommunity community, Arguments arguments)
    {
        var byConversation = arguments.Has("cmids");
        var peer = arguments.Number("peer_id");
        var results = new JsonObject();
        foreach (var id in arguments.Numbers(byConversation ? "cmids" : "message_ids"))
        {
            var found = community.Customers.Cast<VkCustomer>().Where(c => peer is null || c.Person.Number == peer)
                .SelectMany(c => c.Messages.Select(message => (Customer: c, Message: message)))
                .FirstOrDefault(one => one.Message[byConversation ? "conversation_message_id" : "id"]!.ToString() == $"{id}");
            if (found.Customer is null)
                throw VkRefusal.Parameter("message_ids is invalid");
            if (arguments.Flag("delete_for_all"))
                found.Customer.Chat.Change(found.Message["id"]!.ToString(), bubble => bubble with { Deleted = true });
            results[$"{id}"] = 1;
        }
        return results;
    }

    public static JsonNode Act(VkCommunity community, Arguments arguments)
    {
        Peer(community, arguments.Number("peer_id") ?? arguments.Number("user_id")).Chat.Type(TimeSpan.FromSeconds(10));
        return 1;
    }

    public static JsonNode MarkAsRead(VkCommunity community, Arguments arguments)
    {
        var upTo = arguments.Number("start_message_id") ?? long.MaxValue;
        Peer(community, arguments.Number("peer_id")).Chat.ChangeAll(bubble =>
            bubble.Author == Author.Customer && long.Parse(bubble.Id, CultureInfo.InvariantCulture) <= upTo ? bubble with { Read = true } : bubble);
        return 1;
    }

    public static JsonNode AnswerPress(VkCommunity community, Arguments arguments)
    {
        var customer = Peer(community, arguments.Number("user_id"));
        var answer = arguments.Json("event_data");
        if (answer is not null && answer["type"]?.ToString() is not ("show_snackbar" or "open_link" or "open_app"))
            throw VkRefusal.Parameter("event_data is invalid");
        if (!customer.CloseEvent(arguments.Text("event_id")))
            throw VkRefusal.Parameter("event_id is invalid");
        if (answer?["text"]?.ToString() is { } text)
            customer.Chat.Notice(text);
        return 1;
    }

    public static JsonNode IsAllowed(VkCommunity community, Arguments arguments)
    {
        var customer = community.Peer(arguments.Number("user_id") ?? 0);
        return Wire.Object(new { is_allowed = customer is { Chat: { Started: true, Blocked: false } } ? 1 : 0 });
    }

    public static JsonNode History(VkCommunity community, Arguments arguments)
    {
        var customer = Peer(community, arguments.Number("peer_id") ?? arguments.Number("user_id"));
        lock (community.Gate)
        {
            var all = customer.Messages.Reverse().ToArray();
            return new JsonObject { ["count"] = all.Length, ["items"] = Wire.Array(all.Skip((int)(arguments.Number("offset") ?? 0)).Take((int)(arguments.Number("count") ?? 20))) };
        }
    }

    /// <summary>The latest first.</summary>
    public static JsonNode Conversations(VkCommunity community, Arguments arguments)
    {
        lock (community.Gate)
        {
            var all = community.Customers.Cast<VkCustomer>().Where(customer => customer.Messages.Count > 0)
                .Select(customer => (customer.Person.Number, Last: customer.Messages[^1])).OrderByDescending(one => one.Last["id"]!.GetValue<long>()).ToArray();
            return new JsonObject
            {
                ["count"] = all.Length,
                ["items"] = Wire.Array(all.Skip((int)(arguments.Number("offset") ?? 0)).Take((int)(arguments.Number("count") ?? 20)).Select(one => Wire.Object(new
                {
                    conversation = new { peer = new { id = one.Number, type = "user", local_id = one.Number }, last_message_id = one.Last["id"]!.GetValue<long>() },
                    last_message = one.Last,
                }))),
            };
        }
    }

    public static Func<VkCommunity, Arguments, JsonNode> Find(string ids, string field) => (community, arguments) =>
    {
        var wanted = arguments.Numbers(ids).Select(id => $"{id}").ToHashSet();
        var peer = arguments.Number("peer_id");
        lock (community.Gate)
        {
            var found = community.Customers.Cast<VkCustomer>().Where(c => peer is null || c.Person.Number == peer)
                .SelectMany(c => c.Messages).Where(message => wanted.Contains(message[field]!.ToString())).ToArray();
            return new JsonObject { ["count"] = found.Length, ["items"] = Wire.Array(found) };
        }
    };

    private static JsonArray SendToMany(VkCommunity community, Arguments arguments, VkKeyboard? keyboard)
    {
        var numbers = arguments.Numbers("peer_ids");
        if (numbers.Length > MostPeers)
            throw VkRefusal.Parameter("peer_ids should contain not more than 100 elements");
        return Wire.Array(numbers.Select(number =>
        {
            try
            {
                var sent = Send(community, arguments, keyboard, number);
                return new JsonObject { ["peer_id"] = number, ["message_id"] = sent["id"]!.DeepClone(), ["conversation_message_id"] = sent["conversation_message_id"]!.DeepClone() };
            }
            catch (VkRefusal refusal) when (refusal.Code >= 900)
            {
                return Wire.Object(new { peer_id = number, message_id = 0, error = new { code = refusal.Code, description = refusal.Message } });
            }
        }));
    }

    private static JsonObject Send(VkCommunity community, Arguments arguments, VkKeyboard? keyboard, long number)
    {
        var customer = Listening(community, number);
        var random = arguments.Number("random_id") ?? 0;
        lock (community.Gate)
        {
            if (customer.SentBefore(random) is { } before)
                return before;
            var content = Content(community, arguments);
            content.Wire["random_id"] = random;
            var replyTo = arguments.Text("reply_to");
            var message = customer.Compose(fromCustomer: false, content.Wire, replyTo);
            customer.Remember(random, message);
            customer.Chat.Type(TimeSpan.Zero);
            customer.Chat.Add(content.Fill(new Bubble(message["id"]!.ToString(), Author.Account, community.World.Now) { ReplyTo = replyTo, Buttons = keyboard is { Inline: true } ? keyboard.Rows : [] }));
            if (keyboard is { Inline: false })
            {
                customer.OneTime = keyboard.OneTime;
                customer.Chat.Show(keyboard.Rows);
            }
            community.Publish("message_reply", customer.Id, message);
            return message;
        }
    }

    /// <summary>What a call says: as it stands in the message, and as the customer sees it.</summary>
    private static (JsonObject Wire, Func<Bubble, Bubble> Fill) Content(VkCommunity community, Arguments arguments)
    {
        var text = arguments.Text("message") ?? "";
        if (text.Length > LongestText)
            throw new VkRefusal(914, "Message is too long");
        if (arguments.Text("payload") is { Length: > 1000 })
            throw VkRefusal.Parameter("payload is too long");
        var attachments = community.Files.Named(arguments.Text("attachment")).ToList();
        if (arguments.Has("sticker_id"))
            attachments.Add(community.Files.Keep(-community.Number, Media.Sticker((byte)(arguments.Number("sticker_id") ?? 0))));
        var place = arguments is { } a && a.Real("lat") is { } latitude && a.Real("long") is { } longitude ? new Place(latitude, longitude) : null;
        if (text.Length == 0 && attachments.Count == 0 && place is null && !arguments.Has("template"))
            throw VkRefusal.Parameter("message is empty or invalid");
        var wire = new JsonObject { ["text"] = text, ["attachments"] = Wire.Array(attachments.Select(attachment => attachment.Wire)) };
        wire.With("payload", arguments.Text("payload"));
        if (place is not null)
            wire["geo"] = Wire.Object(new { type = "point", coordinates = new { latitude = place.Latitude, longitude = place.Longitude } });
        return (wire, bubble => bubble with { Text = text.Length > 0 ? text : null, Media = [.. attachments.Select(attachment => attachment.Media)], Place = place });
    }

    /// <summary>Who lets the community write to them.</summary>
    private static VkCustomer Listening(VkCommunity community, long number)
    {
        var customer = community.Peer(number) ?? throw new VkRefusal(901, "Can't send messages for users without permission");
        if (customer.Banned)
            throw new VkRefusal(900, "Can't send messages for users from blacklist");
        if (customer.Closed)
            throw new VkRefusal(902, "Can't send messages to this user due to their privacy settings");
        return customer.Chat is { Started: true, Blocked: false } ? customer : throw new VkRefusal(901, "Can't send messages for users without permission");
    }

    private static VkCustomer Peer(VkCommunity community, long? number) => community.Peer(number ?? 0) ?? throw VkRefusal.Parameter("peer_id is invalid");

    private static (VkCustomer Customer, JsonObject Message) Own(VkCommunity community, Arguments arguments)
    {
        var customer = Peer(community, arguments.Number("peer_id"));
        var (field, id) = arguments.Has("conversation_message_id") || arguments.Has("cmid")
            ? ("conversation_message_id", arguments.Text("conversation_message_id") ?? arguments.Text("cmid"))
            : ("id", arguments.Text("message_id"));
        lock (community.Gate)
        {
            var message = customer.Messages.FirstOrDefault(m => m[field]!.ToString() == id) ?? throw VkRefusal.Parameter("message_id is invalid");
            return message["out"]!.GetValue<int>() == 1 ? (customer, message) : throw new VkRefusal(15, "Access denied");
        }
    }
}
