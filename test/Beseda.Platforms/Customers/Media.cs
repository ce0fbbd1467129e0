namespace Beseda.Platforms.Customers;

/// <summary>What a file is to a messenger.</summary>
public enum MediaKind
{
    Photo,
    Document,
    Voice,
    Video,
    Audio,
    Sticker,
}

/// <summary>A file in a chat.</summary>
/// <param name="Duration">Of a sound or a film, seconds.</param>
public sealed record Media(MediaKind Kind, ReadOnlyMemory<byte> Bytes, string Name, string MimeType, int Duration = 0)
{
    public static Media Photo(ReadOnlyMemory<byte> bytes, string name = "photo.png", string type = "image/png") => new(MediaKind.Photo, bytes, name, type);

    /// <summary>A small picture in one colour.</summary>
    public static Media Photo(byte shade = 128) => Photo(Picture.Png(64, 48, shade));

    public static Media Document(ReadOnlyMemory<byte> bytes, string name, string type = "application/octet-stream") => new(MediaKind.Document, bytes, name, type);

    /// <summary>Nothing listens to it: the bytes only begin as an Ogg file does.</summary>
    public static Media Voice(int seconds = 3) => new(MediaKind.Voice, new byte[] { 0x4f, 0x67, 0x67, 0x53, 0, 2, 0, 0, (byte)seconds }, "voice.ogg", "audio/ogg", seconds);

    public static Media Sticker(byte shade = 200) => new(MediaKind.Sticker, Picture.Png(128, 128, shade), "sticker.png", "image/png");
}
