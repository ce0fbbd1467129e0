using System.Collections.Immutable;
using System.Text.Json;

namespace Beseda.Server.Channels.Vk;

/// <summary>What hangs on a message: files to fetch, and links for what only the platform itself can show.</summary>
internal static class VkAttachments
{
    public static (ImmutableArray<Enclosed> Files, ImmutableArray<string> Links) Of(JsonElement message)
    {
        var files = ImmutableArray.CreateBuilder<Enclosed>();
        var links = ImmutableArray.CreateBuilder<string>();
        if (message.TryGetProperty("attachments", out var attachments) && attachments.ValueKind == JsonValueKind.Array)
            foreach (var attachment in attachments.EnumerateArray())
                if (VkUpdates.Text(attachment, "type") is { } type && attachment.TryGetProperty(type, out var content))
                {
                    if (File(type, content) is { } file)
                        files.Add(file);
                    else
                        links.Add(Link(type, content));
                }

        return (files.ToImmutable(), links.ToImmutable());
    }

    private static Enclosed? File(string type, JsonElement content) => type switch
    {
        "photo" when Largest(content, "sizes") is { } size => Picture("photo.jpg", "image/jpeg", size),
        "sticker" when Largest(content, "images") is { } size => Picture("sticker.png", "image/png", size),
        "doc" when VkUpdates.Text(content, "url") is { } url => new Enclosed(
            VkUpdates.Text(content, "title") ?? "file", url, "application/octet-stream", Math.Max(0, VkUpdates.Number(content, "size"))),
        "audio_message" when VkUpdates.Text(content, "link_ogg") is { } url => new Enclosed("voice.ogg", url, "audio/ogg"),
        _ => null,
    };

    private static Enclosed? Picture(string name, string contentType, JsonElement size) => VkUpdates.Text(size, "url") is { } url
        ? new Enclosed(name, url, contentType, 0, (int)Math.Max(0, VkUpdates.Number(size, "width")), (int)Math.Max(0, VkUpdates.Number(size, "height")))
        : null;

    private static JsonElement? Largest(JsonElement content, string name) =>
        content.TryGetProperty(name, out var sizes) && sizes.ValueKind == JsonValueKind.Array && sizes.GetArrayLength() > 0
            ? sizes.EnumerateArray().MaxBy(size => VkUpdates.Number(size, "width") * Math.Max(1, VkUpdates.Number(size, "height")))
            : null;

    private static string Link(string type, JsonElement content)
    {
        if (VkUpdates.Text(content, "url") is { } url)
            return url;
        var (owner, id) = (VkUpdates.Number(content, "owner_id"), VkUpdates.Number(content, "id"));
        return content.TryGetProperty("owner_id", out var whose) && whose.TryGetInt64(out owner) && id > 0 ? $"https://vk.com/{type}{owner}_{id}" : $"[{type}]";
    }
}
