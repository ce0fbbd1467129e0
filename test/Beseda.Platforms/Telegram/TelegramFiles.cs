using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Beseda.Platforms.Calls;
using Beseda.Platforms.Customers;

namespace Beseda.Platforms.Telegram;

internal sealed record TelegramFile(string FileId, string UniqueId, string Path, Media Media);

/// <summary>Files a bot has seen, by the ids it may use again and by the paths it may fetch.</summary>
internal sealed class TelegramFiles
{
    /// <summary>The largest a bot may fetch.</summary>
    public const int LargestDownload = 20 * 1024 * 1024;

    private readonly ConcurrentDictionary<string, TelegramFile> byId = new();
    private readonly ConcurrentDictionary<string, TelegramFile> byPath = new();
    private int last;

    public TelegramFile? Find(string? id) => id is null ? null : byId.GetValueOrDefault(id);

    public TelegramFile? At(string path) => byPath.GetValueOrDefault(path);

    public TelegramFile Keep(Media media)
    {
        var number = Interlocked.Increment(ref last);
        var (start, folder, end) = media.Kind switch
        {
            MediaKind.Photo => ("AgACAgIAAxkBAA", "photos", ".jpg"),
            MediaKind.Document => ("BQACAgIAAxkBAA", "documents", Path.GetExtension(media.Name)),
            MediaKind.Voice => ("AwACAgIAAxkBAA", "voice", ".oga"),
            MediaKind.Video => ("BAACAgIAAxkBAA", "videos", ".mp4"),
            MediaKind.Audio => ("CQACAgIAAxkBAA", "music", Path.GetExtension(media.Name)),
            MediaKind.Sticker => ("CAACAgIAAxkBAA", "stickers", ".webp"),
        };
        var file = new TelegramFile($"{start}{World.Secret(24)}", $"AQAD{World.Secret(6)}", $"{folder}/file_{number}{end}", media);
        byId[file.FileId] = byPath[file.Path] = file;
        return file;
    }

    /// <summary>Puts a file into a message as its kind demands.</summary>
    public void Attach(JsonObject message, Media media)
    {
        var file = Keep(media);
        switch (media.Kind)
        {
            case MediaKind.Photo:
                message["photo"] = Sizes(file);
                break;
            case MediaKind.Document:
                message["document"] = Described(file, new { file_name = media.Name, mime_type = media.MimeType });
                break;
            case MediaKind.Voice:
                message["voice"] = Described(file, new { duration = media.Duration, mime_type = media.MimeType });
                break;
            case MediaKind.Video:
                message["video"] = Described(file, new { duration = media.Duration, width = 640, height = 360, file_name = media.Name, mime_type = media.MimeType });
                break;
            case MediaKind.Audio:
                message["audio"] = Described(file, new { duration = media.Duration, file_name = media.Name, mime_type = media.MimeType });
                break;
            case MediaKind.Sticker:
                message["sticker"] = Described(file, new { width = 512, height = 512, emoji = "👍", is_animated = false, is_video = false, type = "regular" });
                break;
        }
    }

    public static JsonObject Described(TelegramFile file, object shape)
    {
        var json = Wire.Object(shape);
        json["file_id"] = file.FileId;
        json["file_unique_id"] = file.UniqueId;
        json["file_size"] = file.Media.Bytes.Length;
        return json;
    }

    /// <summary>Smallest first. Nothing is scaled: the small one has the same bytes and says it is small.</summary>
    private JsonArray Sizes(TelegramFile file)
    {
        var (width, height) = Picture.Measure(file.Media.Bytes.Span) ?? (0, 0);
        var scale = 90.0 / Math.Max(1, Math.Max(width, height));
        return scale >= 1 ? [Described(file, new { width, height })] :
        [
            Described(Keep(file.Media), new { width = (int)(width * scale), height = (int)(height * scale) }),
            Described(file, new { width, height }),
        ];
    }
}
