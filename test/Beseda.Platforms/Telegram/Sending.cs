using System.Text.Json.Nodes;
using Beseda.Platforms.Calls;
using Beseda.Platforms.Customers;

namespace Beseda.Platforms.Telegram;

/// <summary>Methods by which a bot writes.</summary>
internal static class Sending
{
    private const int LongestText = 4096;
    private const int LongestCaption = 1024;

    public static Task<JsonNode> TextAsync(TelegramBot bot, Arguments arguments)
    {
        var (text, entities) = Markup.Read(arguments, "text", "entities");
        Check(text);
        return Task.FromResult<JsonNode>(Say(bot, arguments, Wire.Object(new { text }).With("entities", entities), bubble => bubble with { Text = text }));
    }

    public static Func<TelegramBot, Arguments, Task<JsonNode>> Media(string field, MediaKind kind) => async (bot, arguments) =>
    {
        var (caption, entities) = Markup.Read(arguments, "caption", "caption_entities");
        CheckCaption(caption);
        var media = await Uploads.ReadAsync(bot, arguments, arguments.Text(field), field, kind);
        media = media with { Duration = (int)(arguments.Number("duration") ?? media.Duration) };
        var content = new JsonObject();
        bot.Files.Attach(content, media);
        if (caption.Length > 0)
            content.With("caption", caption).With("caption_entities", entities);
        return Say(bot, arguments, content, bubble => bubble with { Media = [media], Text = caption.Length > 0 ? caption : null });
    };

    public static async Task<JsonNode> AlbumAsync(TelegramBot bot, Arguments arguments)
    {
        var items = (arguments.Json("media") as JsonArray ?? []).OfType<JsonObject>().ToArray();
        if (items.Length is < 2 or > 10)
            throw TelegramRefusal.BadRequest(items.Length == 0 ? "there are no messages to send" : "too much messages to send as an album");
        bot.Chat(arguments);
        var read = new List<(Media Media, string? Caption)>();
        foreach (var item in items)
        {
            var kind = item["type"]?.ToString() switch { "photo" => MediaKind.Photo, "video" => MediaKind.Video, "audio" => MediaKind.Audio, _ => MediaKind.Document };
            read.Add((await Uploads.ReadAsync(bot, arguments, item["media"]?.ToString(), "media", kind), item["caption"]?.ToString()));
        }
        var group = $"{bot.World.NextNumber()}{bot.World.NextNumber()}";
        return Wire.Array(read.Select(one =>
        {
            var content = new JsonObject { ["media_group_id"] = group };
            bot.Files.Attach(content, one.Media);
            return Say(bot, arguments, content.With("caption", one.Caption), bubble => bubble with { Media = [one.Media], Text = one.Caption });
        }));
    }

    public static Task<JsonNode> PlaceAsync(TelegramBot bot, Arguments arguments)
    {
        if (arguments.Real("latitude") is not { } latitude || arguments.Real("longitude") is not { } longitude)
            throw TelegramRefusal.BadRequest("wrong location specified");
        return Task.FromResult<JsonNode>(Say(bot, arguments, Wire.Object(new { location = new { latitude, longitude } }), bubble => bubble with { Place = new Place(latitude, longitude) }));
    }

    public static Task<JsonNode> CardAsync(TelegramBot bot, Arguments arguments)
    {
        var (phone, name) = (arguments.Text("phone_number") ?? "", arguments.Text("first_name") ?? "");
        if (phone.Length == 0 || name.Length == 0)
            throw TelegramRefusal.BadRequest(phone.Length == 0 ? "phone number can't be empty" : "first name must be non-empty");
        return Task.FromResult<JsonNode>(Say(bot, arguments, Wire.Object(new { contact = new { phone_number = phone, first_name = name } }), bubble => bubble with { Card = new Card(phone, name) }));
    }

    public static void Check(string text)
    {
        if (text.Length is 0 or > LongestText)
            throw TelegramRefusal.BadRequest(text.Length == 0 ? "message text is empty" : "message is too long");
    }

    public static void CheckCaption(string caption)
    {
        if (caption.Length > LongestCaption)
            throw TelegramRefusal.BadRequest("message caption is too long");
    }

    private static JsonObject Say(TelegramBot bot, Arguments arguments, JsonObject content, Func<Bubble, Bubble> fill)
    {
        var customer = bot.Chat(arguments);
        var keyboards = Keyboards.Read(arguments);
        var replyTo = Answered(customer, arguments);
        if (keyboards.Inline is { } inline)
            content["reply_markup"] = inline;
        lock (bot.Gate)
        {
            var message = customer.Compose(bot.AsUser(), content, replyTo);
            keyboards.Show(customer.Chat);
            customer.Chat.Type(TimeSpan.Zero);
            customer.Chat.Add(fill(new Bubble(message["message_id"]!.ToString(), Author.Account, bot.World.Now) { ReplyTo = replyTo, Buttons = keyboards.InlineButtons }));
            return (JsonObject)message.DeepClone();
        }
    }

    private static string? Answered(TelegramCustomer customer, Arguments arguments)
    {
        var how = arguments.Json("reply_parameters");
        var id = how?["message_id"]?.ToString() ?? arguments.Text("reply_to_message_id");
        if (string.IsNullOrEmpty(id) || customer.Message(id) is not null)
            return string.IsNullOrEmpty(id) ? null : id;
        if (how?["allow_sending_without_reply"]?.ToString() == "true" || arguments.Flag("allow_sending_without_reply"))
            return null;
        throw TelegramRefusal.BadRequest("message to be replied not found");
    }
}
