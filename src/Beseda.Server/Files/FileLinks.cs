using Beseda.Domain.Files;

namespace Beseda.Server.Files;

/// <summary>Where a file is fetched: its id opens it, whoever asks.</summary>
internal static class FileLinks
{
    public static Wire.FileLink Of(MessageFile file, string? name) => new(
        file.Id, name ?? "", file.Size, file.ContentType,
        file.Stage == FileStage.Ready ? UrlOf(file.Id, name) : null, file.Width, file.Height,
        file is { Stage: FileStage.Ready, Width: { } width, Height: { } height } && Picture.IsBearable(width, height) ? ThumbnailOf(file.Id) : null,
        file.Stage switch { FileStage.Pending => Wire.FileState.Pending, FileStage.Lost => Wire.FileState.Lost, _ => null });

    public static string ThumbnailOf(string id) => $"/files/thumbnails/{id}";

    /// <summary>Some messengers look at how an address ends.</summary>
    public static string PhotoOf(string id) => $"/files/photos/{id}.jpeg";

    public static string UrlOf(string id, string? name) => $"/files/{id}/{Uri.EscapeDataString(string.IsNullOrEmpty(name) ? "file" : name)}";
}
