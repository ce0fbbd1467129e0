using Beseda.Platforms.Calls;
using Beseda.Platforms.Customers;

namespace Beseda.Platforms.Telegram;

/// <summary>The file a call sends: a part of the call, an address, or one the bot has seen before.</summary>
internal static class Uploads
{
    private const int LargestPhoto = 10 * 1024 * 1024;
    private const int LargestFile = 50 * 1024 * 1024;
    private const int LargestPhotoByAddress = 5 * 1024 * 1024;
    private const int LargestFileByAddress = 20 * 1024 * 1024;

    public static async Task<Media> ReadAsync(TelegramBot bot, Arguments arguments, string? source, string field, MediaKind kind)
    {
        if (arguments.File(source?.StartsWith("attach://", StringComparison.Ordinal) == true ? source["attach://".Length..] : field) is { } part)
            return Check(new Media(kind, part.Bytes, part.Name, TypeOf(part)), LargestPhoto, LargestFile);
        if (string.IsNullOrEmpty(source))
            throw TelegramRefusal.BadRequest($"there is no {field} in the request");
        if (Uri.TryCreate(source, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
            return Check(
                await bot.World.FetchAsync(address, kind) ?? throw TelegramRefusal.BadRequest("failed to get HTTP URL content"),
                LargestPhotoByAddress, LargestFileByAddress);
        return bot.Files.Find(source) is { } known && known.Media.Kind == kind
            ? known.Media
            : throw TelegramRefusal.BadRequest("wrong file identifier/HTTP URL specified");
    }

    private static Media Check(Media media, int largestPhoto, int largestFile)
    {
        if (media.Bytes.Length == 0)
            throw TelegramRefusal.BadRequest("file must be non-empty");
        if (media.Bytes.Length > (media.Kind == MediaKind.Photo ? largestPhoto : largestFile))
            throw new TelegramRefusal(413, "Request Entity Too Large");
        if (media.Kind == MediaKind.Photo && Picture.Measure(media.Bytes.Span) is null)
            throw TelegramRefusal.BadRequest("IMAGE_PROCESS_FAILED");
        return media;
    }

    /// <summary>Clients often say nothing of the type: the platform goes by the name.</summary>
    private static string TypeOf(UploadedFile part)
    {
        var types = new Microsoft.AspNetCore.StaticFiles.FileExtensionContentTypeProvider();
        return types.TryGetContentType(part.Name, out var type) ? type : part.MimeType;
    }
}
