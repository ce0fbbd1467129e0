using System.Collections.Immutable;
using System.Text.Json;

namespace Beseda.Server.Channels.Messenger;

/// <summary>What hangs on a message.</summary>
internal static class MessengerAttachments
{
    /// <summary>What is said, and what is neither text nor file in words.</summary>
    public static string Text(JsonElement message)
    {
        var text = GraphJson.Text(message, "text") ?? "";
        var told = Of(message).Select(Told).OfType<string>().ToList();
        if (text.Length > 0)
            // A link that was written comes once more as what it leads to.
            return text;
        return told.Count > 0 || !Files(message).IsEmpty ? string.Join('\n', told) : "[…]";
    }

    public static ImmutableArray<Enclosed> Files(JsonElement message) => [.. Of(message).Select(File).OfType<Enclosed>()];

    private static IEnumerable<JsonElement> Of(JsonElement message) => GraphJson.List(message, "attachments");

    private static Enclosed? File(JsonElement attachment)
    {
        if (GraphJson.Find(attachment, "payload") is not { } payload || GraphJson.Text(payload, "url") is not { Length: > 0 } url)
            return null;
        return GraphJson.Text(attachment, "type") switch
        {
            "sticker" => new Enclosed("sticker.png", url, "image/png"),
            "image" => new Enclosed(GraphJson.Number(payload, "sticker_id") > 0 ? "sticker.png" : "photo.jpg", url, "image/jpeg"),
            "audio" => new Enclosed("voice.mp4", url, "audio/mp4"),
            "video" or "ig_reel" or "reel" => new Enclosed("video.mp4", url, "video/mp4"),
            "file" => new Enclosed(Named(url), url, "application/octet-stream"),
            _ => null,
        };
    }

    private static string? Told(JsonElement attachment)
    {
        if (File(attachment) is not null)
            return null;
        var payload = GraphJson.Find(attachment, "payload") ?? default;
        if (GraphJson.Find(payload, "coordinates") is { } place && GraphJson.Real(place, "lat") is { } lat && GraphJson.Real(place, "long") is { } lon)
            return Places.Link(lat, lon);
        var lines = new[]
        {
            GraphJson.Text(attachment, "title") ?? GraphJson.Text(payload, "title") ?? GraphJson.Text(payload, "text"),
            GraphJson.Text(attachment, "url") ?? GraphJson.Text(payload, "url"),
        }.Where(line => !string.IsNullOrEmpty(line)).ToList();
        return lines.Count > 0 ? string.Join('\n', lines) : $"[{Short(GraphJson.Text(attachment, "type"))}]";
    }

    /// <summary>A file's own name is only told in its address.</summary>
    private static string Named(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && Uri.UnescapeDataString(address.Segments[^1]).Trim('/') is { Length: > 0 } name ? name : "file";

    private static string Short(string? type) => type is null ? "?" : type.Length <= 40 ? type : type[..40];
}
