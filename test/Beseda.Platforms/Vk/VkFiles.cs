using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Beseda.Platforms.Calls;
using Beseda.Platforms.Customers;

namespace Beseda.Platforms.Vk;

/// <param name="Wire">As it stands in a message: <c>{"type":"photo","photo":{…}}</c>.</param>
internal sealed record VkAttachment(Media Media, JsonObject Wire);

/// <summary>Files: where they are uploaded, how they are saved, and how a message names them.</summary>
internal sealed partial class VkFiles(VkCommunity community)
{
    /// <summary>Nobody measures it.</summary>
    private static readonly int[] Waveform = [0, 5, 9, 5, 0];

    private readonly ConcurrentDictionary<string, string> tickets = new();
    private readonly ConcurrentDictionary<string, Media> uploaded = new();
    private readonly ConcurrentDictionary<string, VkAttachment> saved = new();
    private int last = 456239000;

    /// <param name="what"><c>photo</c>, <c>doc</c> or <c>audio_message</c>.</param>
    public string UploadServer(string what)
    {
        var ticket = World.Secret();
        tickets[ticket] = what;
        return new Uri(community.World.Address, $"/vk/upload/{community.Id}/{ticket}").AbsoluteUri;
    }

    public JsonObject Upload(string ticket, Arguments arguments)
    {
        if (!tickets.TryGetValue(ticket, out var what))
            return new JsonObject { ["error"] = "ERR_UPLOAD_BAD_TICKET" };
        var key = World.Secret();
        if (what == "photo")
        {
            var picture = arguments.File("photo");
            // What is no picture is uploaded and lists nothing; saving it fails.
            if (picture is not null && Picture.Measure(picture.Bytes) is not null)
                uploaded[key] = new Media(MediaKind.Photo, picture.Bytes, picture.Name, picture.MimeType);
            return Wire.Object(new { server = 626528, photo = uploaded.ContainsKey(key) ? $"[{{\"photo\":\"{key[..8]}:x\",\"sizes\":[]}}]" : "[]", hash = key });
        }
        if (arguments.File("file") is not { Bytes.Length: > 0 } file)
            return new JsonObject { ["error"] = "no_file" };
        uploaded[key] = new Media(what == "doc" ? MediaKind.Document : MediaKind.Voice, file.Bytes, file.Name, file.MimeType);
        return Wire.Object(new { file = $"{community.Id}|0|{key}" });
    }

    public JsonArray SavePhoto(Arguments arguments)
    {
        if (!arguments.Has("photo") || !arguments.Has("server") || arguments.Text("photo") == "[]")
            throw VkRefusal.Parameter("photos_list is invalid");
        if (!uploaded.TryRemove(arguments.Text("hash") ?? "", out var media))
            throw new VkRefusal(121, "Invalid hash");
        return [Keep(-community.Number, media).Wire["photo"]!.DeepClone()];
    }

    public JsonObject SaveDocument(Arguments arguments)
    {
        if (!uploaded.TryRemove((arguments.Text("file") ?? "").Split('|')[^1], out var media))
            throw VkRefusal.Parameter("file is undefined");
        return Keep(-community.Number, media with { Name = arguments.Text("title") is { Length: > 0 } title ? title : media.Name }).Wire;
    }

    /// <summary>Attachments a call names: <c>photo-1_2_key,doc-1_3</c>. What is not there is passed over, as the platform does.</summary>
    public IReadOnlyList<VkAttachment> Named(string? list) =>
        [.. Name().Matches(list ?? "").Select(match => saved.GetValueOrDefault($"{match.Groups[2].Value}_{match.Groups[3].Value}")).OfType<VkAttachment>()];

    /// <summary>A file of somebody's, at an address of its own.</summary>
    public VkAttachment Keep(long owner, Media media)
    {
        var id = Interlocked.Increment(ref last);
        var (type, shape) = Shape(media, new Uri(community.World.Address, community.World.Shelf.Put(media)).AbsoluteUri);
        if (type != "sticker")
        {
            (shape["id"], shape["owner_id"], shape["access_key"]) = (id, owner, World.Secret(9));
            shape["date"] = community.World.Now.Seconds();
        }
        return saved[string.Create(CultureInfo.InvariantCulture, $"{owner}_{id}")] = new VkAttachment(media, new JsonObject { ["type"] = type, [type] = shape });
    }

    private static (string Type, JsonObject Shape) Shape(Media media, string url)
    {
        var (width, height) = Picture.Measure(media.Bytes.Span) ?? (0, 0);
        return media.Kind switch
        {
            MediaKind.Photo => ("photo", Wire.Object(new
            {
                album_id = -3,
                text = "",
                has_tags = false,
                sizes = new[] { new { type = "s", url, width = Math.Min(75, width), height = Math.Min(75, height) }, new { type = "x", url, width, height } },
                orig_photo = new { type = "base", url, width, height },
            })),
            MediaKind.Voice => ("audio_message", Wire.Object(new { duration = media.Duration, waveform = Waveform, link_ogg = url, link_mp3 = url, transcript_state = "in_progress" })),
            MediaKind.Sticker => ("sticker", Wire.Object(new { sticker_id = 9, product_id = 1, images = new[] { new { url, width, height } }, images_with_background = new[] { new { url, width, height } }, inner_type = "base_sticker_new" })),
            MediaKind.Video => ("video", Wire.Object(new { title = media.Name, duration = media.Duration, width = 640, height = 360, type = "video", player = url, image = System.Array.Empty<int>() })),
            MediaKind.Audio or MediaKind.Document => ("doc", Wire.Object(new { title = media.Name, size = media.Bytes.Length, ext = Path.GetExtension(media.Name).TrimStart('.'), url, type = 1 })),
        };
    }

    [GeneratedRegex(@"\b(photo|doc|audio_message|video)(-?\d+)_(\d+)(?:_\w+)?")]
    private static partial Regex Name();
}
