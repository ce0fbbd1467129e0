using System.Text.Json.Nodes;
using Beseda.Platforms.Calls;
using Beseda.Platforms.Customers;

namespace Beseda.Platforms.Messenger;

/// <summary>The Send API.</summary>
internal static class GraphMessages
{
    private const int LongestText = 2000;
    private static readonly TimeSpan Window = TimeSpan.FromHours(24);
    private static readonly TimeSpan HumanWindow = TimeSpan.FromDays(7);

    public static async Task<JsonNode> SendAsync(MessengerPage page, Arguments arguments)
    {
        var customer = page.Find(arguments.Json("recipient")?["id"]?.ToString());
        if (customer is not { Chat.Started: true })
            throw GraphRefusal.Parameter("No matching user found", 2018001);
        if (customer.Chat.Blocked)
            throw new GraphRefusal(551, "(#551) This person isn't available right now.", 1545041);
        var message = arguments.Json("message") as JsonObject;
        if (arguments.Text("sender_action") is { } action)
            return message is null ? Act(customer, action) : throw GraphRefusal.Parameter("Only one of message and sender_action may be given");
        var open = arguments.Text("messaging_type") == "MESSAGE_TAG" && arguments.Text("tag") == "HUMAN_AGENT" ? HumanWindow : Window;
        if (page.World.Now - customer.Chat.Active > open)
            throw new GraphRefusal(10, "(#10) This message is sent outside of allowed window.", 2018278);
        return await SayAsync(page, customer, message ?? throw GraphRefusal.Parameter("param message must be non-empty."), arguments);
    }

    /// <summary>Uploads a file to be sent later, as often as wanted.</summary>
    public static async Task<JsonNode> KeepAsync(MessengerPage page, Arguments arguments)
    {
        var attachment = arguments.Json("message")?["attachment"] as JsonObject ?? throw GraphRefusal.Parameter("param message[attachment] must be non-empty.");
        var (_, id) = await FileAsync(page, attachment, arguments, keep: true);
        return Wire.Object(new { attachment_id = id });
    }

    private static JsonObject Act(MessengerCustomer customer, string action)
    {
        switch (action)
        {
            case "typing_on":
                customer.Chat.Type(TimeSpan.FromSeconds(20));
                break;
            case "typing_off":
                customer.Chat.Type(TimeSpan.Zero);
                break;
            case "mark_seen":
                customer.Chat.ChangeAll(bubble => bubble.Author == Author.Customer ? bubble with { Read = true } : bubble);
                break;
            default:
                throw GraphRefusal.Parameter("Param sender_action must be one of {TYPING_ON, TYPING_OFF, MARK_SEEN}");
        }
        return Wire.Object(new { recipient_id = customer.Id });
    }

    private static async Task<JsonNode> SayAsync(MessengerPage page, MessengerCustomer customer, JsonObject message, Arguments arguments)
    {
        var text = message["text"]?.ToString();
        var attachment = message["attachment"] as JsonObject;
        if (text is null == attachment is null)
            throw GraphRefusal.Parameter("Exactly one of text and attachment must be given");
        if (text is { Length: 0 or > LongestText })
            throw GraphRefusal.Parameter(text.Length == 0 ? "param message[text] must be non-empty." : "Length of param message[text] must be less than or equal to 2000");
        var quick = GraphButtons.Quick(message["quick_replies"]);
        var isTemplate = attachment?["type"]?.ToString() == "template";
        var (words, rows) = isTemplate ? GraphButtons.Template(attachment!["payload"]) : (text, []);
        var (media, kept) = attachment is null || isTemplate ? (null, null) : await FileAsync(page, attachment, arguments, keep: false);
        lock (page.Gate)
        {
            var mid = MessengerPage.NextMid();
            var replyTo = message["reply_to"]?["mid"]?.ToString();
            customer.Receive(new Bubble(mid, Author.Account, page.World.Now)
            {
                Text = words,
                Media = media is null ? [] : [media],
                Buttons = rows,
                ReplyTo = replyTo,
            }, quick);
            Echo(page, customer, message, mid, media);
            customer.Deliver(mid);
            return Wire.Object(new { recipient_id = customer.Id, message_id = mid, attachment_id = kept });
        }
    }

    private static void Echo(MessengerPage page, MessengerCustomer customer, JsonObject message, string mid, Media? media)
    {
        var echo = Wire.Object(new { mid, is_echo = true, app_id = long.Parse(page.AppId, System.Globalization.CultureInfo.InvariantCulture) });
        echo.With("metadata", message["metadata"]).With("text", message["text"]).With("reply_to", message["reply_to"]);
        if (media is not null)
            echo["attachments"] = new JsonArray(MessengerCustomer.Attached(media, page.World.Publish(media).AbsoluteUri));
        else
            echo.With("attachments", message["attachment"] is { } template ? new JsonArray(template.DeepClone()) : null);
        page.Publish("message_echoes", customer, echo, "message", echo: true);
    }

    /// <summary>A part of the call, an address, or one uploaded before.</summary>
    private static async Task<(Media? Media, string? Kept)> FileAsync(MessengerPage page, JsonObject attachment, Arguments arguments, bool keep)
    {
        var kind = attachment["type"]?.ToString() switch
        {
            "image" => MediaKind.Photo,
            "audio" => MediaKind.Audio,
            "video" => MediaKind.Video,
            "file" => MediaKind.Document,
            _ => throw GraphRefusal.Parameter("Param message[attachment][type] must be one of {IMAGE, AUDIO, VIDEO, FILE, TEMPLATE}"),
        };
        var payload = attachment["payload"];
        if (payload?["attachment_id"]?.ToString() is { } id)
            return page.Attachments.TryGetValue(id, out var known) ? (known, null) : throw GraphRefusal.Parameter("Invalid attachment id", 2018074);
        Media media;
        if (arguments.File("filedata") is { } part)
            media = new Media(kind, part.Bytes, part.Name, part.MimeType);
        else if (Uri.TryCreate(payload?["url"]?.ToString(), UriKind.Absolute, out var url))
            media = await page.World.FetchAsync(url, kind) ?? throw GraphRefusal.Parameter("Failed to fetch the file from the url", 2018008);
        else
            throw GraphRefusal.Parameter("Attachment must have an url, an id or data");
        if (media.Bytes.Length > (kind == MediaKind.Photo ? 8 : 25) * 1024 * 1024)
            throw GraphRefusal.Parameter("Attachment size exceeds allowable limit", 2018047);
        if (!keep && payload?["is_reusable"]?.ToString() != "true")
            return (media, null);
        var kept = $"{page.World.NextNumber()}";
        page.Attachments[kept] = media;
        return (media, kept);
    }
}
