using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Beseda.Server.Channels.Vk;

/// <summary>Understands the events of a community.</summary>
internal static class VkUpdates
{
    /// <summary>Peers from here on are chats of several people.</summary>
    private const long FirstChat = 2_000_000_000;

    /// <summary>As <c>client_info.lang_id</c> numbers them.</summary>
    private static readonly string[] Languages = ["ru", "uk", "be", "en", "es", "fi", "de", "it"];

    public static Item Read(JsonElement update)
    {
        var raw = Encoding.UTF8.GetBytes(update.GetRawText());
        return new Item(Key(update) ?? (Text(update, "event_id") is { Length: > 0 } id ? id : Signature.Digest(raw)), raw, Of(update));
    }

    /// <summary>A message has one name, whether it is told or found in its chat.</summary>
    private static string? Key(JsonElement update)
    {
        var message = Text(update, "type") switch
        {
            "message_new" when update.TryGetProperty("object", out var around) && around.ValueKind == JsonValueKind.Object && around.TryGetProperty("message", out var found) => found,
            "message_reply" when update.TryGetProperty("object", out var found) => found,
            _ => default,
        };
        return Number(message, "peer_id") is > 0 and var peer && Number(message, "conversation_message_id") is > 0 and var number
            ? string.Create(CultureInfo.InvariantCulture, $"m{peer}.{number}")
            : null;
    }

    public static Update Of(JsonElement update) => Update.Understand(() =>
        update.TryGetProperty("object", out var happened) ? Of(Text(update, "type"), happened) : new Update.Unknown("no object"));

    private static Update Of(string? type, JsonElement happened) => type switch
    {
        "message_new" => New(happened.GetProperty("message"), happened),
        "message_edit" when Number(happened, "from_id") > 0 => new Update.Edited(Peer(happened), Id(happened), Text(happened, "text") ?? ""),
        "message_edit" => new Update.Nothing(),
        "message_reply" => Answered(happened),
        "message_event" => new Update.Pressed(
            Word(happened, "user_id"), Text(happened, "event_id") ?? "", VkKeyboard.Payload(happened) ?? "", VkKeyboard.Payload(happened) ?? "")
        {
            Token = Word(happened, "peer_id"),
        },
        "message_read" when Number(happened, "conversation_message_id") is > 0 and var seen => new Update.SeenUpTo(Word(happened, "from_id"), seen),
        "message_typing_state" => new Update.Typing(Word(happened, "from_id")),
        "message_allow" => new Update.Stopped(Word(happened, "user_id"), false),
        "message_deny" => new Update.Stopped(Word(happened, "user_id"), true),
        _ => new Update.Unknown(type ?? "no type"),
    };

    private static Update New(JsonElement message, JsonElement around)
    {
        if (Number(message, "peer_id") >= FirstChat || Number(message, "out") == 1)
            return new Update.Nothing();
        // The name is not in the update: it is asked for once.
        var who = LanguageOf(around) is { } language ? new Person(Language: language) : null;
        if (IsStart(message))
            return new Update.Started(Peer(message), Id(message)) { Number = Number(message, "conversation_message_id"), Who = who, Referral = Text(message, "ref") };
        if (VkKeyboard.Payload(message) is { } says)
            return new Update.Pressed(Peer(message), Id(message), says, Text(message, "text") ?? says)
            {
                Number = Number(message, "conversation_message_id"),
                Who = who,
                Referral = Text(message, "ref"),
            };
        var (files, links) = VkAttachments.Of(message);
        var lines = new[] { Text(message, "text"), Forwarded(message), Place(message) }.Concat(links).Where(line => !string.IsNullOrEmpty(line));
        var text = string.Join('\n', lines);
        return new Update.Wrote(Peer(message), Id(message), text.Length == 0 && files.IsEmpty ? "[…]" : text)
        {
            Files = files,
            Number = Number(message, "conversation_message_id"),
            ReplyTo = message.TryGetProperty("reply_message", out var answered) ? Id(answered) : null,
            Who = who,
            Referral = Text(message, "ref"),
        };
    }

    /// <summary>What the community said: by a person on its own pages, or by ourselves.</summary>
    private static Update Answered(JsonElement message)
    {
        if (Number(message, "admin_author_id") <= 0)
            return new Update.Nothing();
        var (files, links) = VkAttachments.Of(message);
        return new Update.Mirrored(Peer(message), Id(message), string.Join('\n', links.Prepend(Text(message, "text") ?? "").Where(line => line.Length > 0)))
        {
            Files = files,
            Number = Number(message, "conversation_message_id"),
        };
    }

    private static bool IsStart(JsonElement message)
    {
        if (Text(message, "payload") is not { } payload)
            return false;
        try
        {
            using var parsed = JsonDocument.Parse(payload);
            return parsed.RootElement.ValueKind == JsonValueKind.Object && Text(parsed.RootElement, "command") == "start";
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string? Forwarded(JsonElement message) => message.TryGetProperty("fwd_messages", out var forwarded) && forwarded.ValueKind == JsonValueKind.Array
        ? string.Join('\n', forwarded.EnumerateArray().Select(one => Text(one, "text")).Where(text => !string.IsNullOrEmpty(text)).Select(text => $"> {text}"))
        : null;

    private static string? Place(JsonElement message) =>
        message.TryGetProperty("geo", out var geo) && geo.TryGetProperty("coordinates", out var place)
            ? Places.Link(place.GetProperty("latitude").GetDouble(), place.GetProperty("longitude").GetDouble())
            : null;

    private static string? LanguageOf(JsonElement around) =>
        around.TryGetProperty("client_info", out var client) && Number(client, "lang_id") is >= 0 and var id && id < Languages.Length ? Languages[id] : null;

    public static string? Text(JsonElement holder, string name) =>
        holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static long Number(JsonElement holder, string name) =>
        holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : -1;

    private static string Peer(JsonElement message) => Word(message, "peer_id");

    private static string Id(JsonElement message) => Word(message, "conversation_message_id");

    private static string Word(JsonElement holder, string name) => holder.GetProperty(name).GetInt64().ToString(CultureInfo.InvariantCulture);
}
