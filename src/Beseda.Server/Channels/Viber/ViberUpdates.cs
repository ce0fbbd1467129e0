using System.Globalization;
using System.Text.Json;

namespace Beseda.Server.Channels.Viber;

/// <summary>Understands what a bot is told.</summary>
internal static class ViberUpdates
{
    public static Item Read(byte[] told)
    {
        var raw = Mending.Of(told);
        try
        {
            using var parsed = JsonDocument.Parse(raw);
            var update = parsed.RootElement;
            return update.ValueKind == JsonValueKind.Object
                ? new Item($"{Text(update, "event")}:{Token(update)}:{User(update)}", raw, Update.Understand(() => Of(update)))
                : new Item(Signature.Digest(raw), raw, new Update.Unknown("no object"));
        }
        catch (JsonException)
        {
            return new Item(Signature.Digest(raw), raw, new Update.Unknown("no JSON"));
        }
    }

    public static string? Text(JsonElement holder, string name) =>
        Find(holder, name) is { ValueKind: JsonValueKind.String } found ? found.GetString() : null;

    /// <summary>Of 64 bits, which no double holds: taken as it is written.</summary>
    public static string? Token(JsonElement holder) =>
        Find(holder, "message_token") is { ValueKind: JsonValueKind.Number or JsonValueKind.String } found ? found.ToString() : null;

    private static Update Of(JsonElement told)
    {
        var kind = Text(told, "event");
        if (kind is "webhook")
            return new Update.Nothing();
        if (User(told) is not { Length: > 0 } from)
            return new Update.Unknown($"{Short(kind)} of nobody");
        return (kind, Token(told)) switch
        {
            ("message", { } id) when Find(told, "message") is { } message => Said(from, id, message) with { Who = Who(told, "sender") },
            ("conversation_started", _) => new Update.Opened(from) { Who = Who(told, "user"), Referral = Text(told, "context") },
            ("subscribed", _) => new Update.Stopped(from, false) { Who = Who(told, "user") },
            ("unsubscribed", _) => new Update.Stopped(from, true),
            ("delivered", { } id) => new Update.Confirmed(from, [id], Seen: false),
            ("seen", { } id) => new Update.Confirmed(from, [id], Seen: true),
            ("failed", { } id) => new Update.Failed(from, id, ViberFaults.Short(Text(told, "desc")) ?? ""),
            // As when a company leaves the bot, or a user of another platform joins: nothing of a conversation.
            ("action" or "client_status", _) => new Update.Nothing(),
            _ => new Update.Unknown($"event {Short(kind)}"),
        };
    }

    private static Update Said(string from, string id, JsonElement message)
    {
        var text = Text(message, "text") ?? "";
        if (Text(message, "type") is "text" && ViberKeyboard.Pressed(text) is { } payload)
            return new Update.Pressed(from, id, payload, text);
        var file = Enclosed(message);
        return new Update.Wrote(from, id, text.Length > 0 ? text : Told(message) ?? (file is null ? $"[{Short(Text(message, "type"))}]" : ""))
        {
            Files = file is null ? [] : [file],
        };
    }

    /// <summary>What is neither text nor file, in words.</summary>
    private static string? Told(JsonElement message) => Text(message, "type") switch
    {
        "url" => Text(message, "media"),
        "contact" when Find(message, "contact") is { } contact => $"{Text(contact, "name")}\n{Text(contact, "phone_number")}".Trim(),
        "location" when Find(message, "location") is { } place && Real(place, "lat") is { } lat && Real(place, "lon") is { } lon => Places.Link(lat, lon),
        _ => null,
    };

    private static Enclosed? Enclosed(JsonElement message)
    {
        if (Text(message, "media") is not { Length: > 0 } media)
            return null;
        var (name, type) = Text(message, "type") switch
        {
            "picture" => ("photo.jpg", "image/jpeg"),
            "video" => ("video.mp4", "video/mp4"),
            "sticker" => ("sticker.png", "image/png"),
            "file" => ("file", "application/octet-stream"),
            _ => (null, ""),
        };
        return name is null ? null : new Enclosed(Text(message, "file_name") is { Length: > 0 } own ? own : name, media, type, Number(message, "size"));
    }

    private static Person? Who(JsonElement told, string name) => Find(told, name) is { ValueKind: JsonValueKind.Object } user
        ? new Person(Text(user, "name") is { Length: > 0 } called ? called : null, Language: Text(user, "language"))
        : null;

    private static string? User(JsonElement told) =>
        Text(told, "user_id") ?? ((Find(told, "sender") ?? Find(told, "user")) is { } user ? Text(user, "id") : null);

    private static JsonElement? Find(JsonElement holder, string name) =>
        holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(name, out var found) ? found : null;

    private static long Number(JsonElement holder, string name) =>
        Find(holder, name) is { ValueKind: JsonValueKind.Number } found && found.TryGetInt64(out var number) ? number : 0;

    private static double? Real(JsonElement holder, string name) =>
        Find(holder, name) is { } found && double.TryParse(found.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Short(string? kind) => kind is null ? "?" : kind.Length <= 40 ? kind : kind[..40];
}
