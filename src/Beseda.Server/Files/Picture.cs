using SkiaSharp;

namespace Beseda.Server.Files;

/// <summary>How large a picture is, and smaller ones of it, as it is to be seen: turned the way its EXIF says.</summary>
internal static class Picture
{
    /// <summary>The longest side of a thumbnail.</summary>
    public const int Longest = 480;

    public const string ThumbnailType = "image/webp";

    /// <summary>The largest that phones commonly take. In memory it has four bytes each, whatever it has in its file.</summary>
    private const long MostPixels = 52_000_000;
    private const int Quality = 80;

    /// <summary>The longest side of a photo.</summary>
    private const int LongestPhoto = 1_600;

    public const string PhotoType = "image/jpeg";

    /// <summary>What messengers that fetch pictures take at most.</summary>
    public const int MostPhotoBytes = 1024 * 1024;

    private static readonly int[] PhotoQualities = [88, 75, 60, 40];

    public static bool IsBearable(int width, int height) => (long)width * height <= MostPixels;

    /// <summary>Reads the header only; null when it is none that can be read.</summary>
    public static (int Width, int Height)? Measure(Stream content)
    {
        using var codec = Open(content);
        if (codec is null)
            return null;
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        return IsOnItsSide(codec.EncodedOrigin) ? (height, width) : (width, height);
    }

    /// <summary>WebP; null when it cannot be decoded, or should not be.</summary>
    public static byte[]? Shrink(Stream content)
    {
        using var image = Draw(content, Longest, SKColors.Transparent);
        using var webp = image?.Encode(SKEncodedImageFormat.Webp, Quality);
        return webp?.ToArray();
    }

    /// <summary>JPEG of <see cref="MostPhotoBytes"/> at most, on white; null when it cannot be decoded, or should not be.</summary>
    public static byte[]? Photo(Stream content)
    {
        using var image = Draw(content, LongestPhoto, SKColors.White);
        foreach (var quality in image is null ? [] : PhotoQualities)
        {
            using var jpeg = image!.Encode(SKEncodedImageFormat.Jpeg, quality);
            if (jpeg.Size <= MostPhotoBytes)
                return jpeg.ToArray();
        }

        return null;
    }

    private static SKImage? Draw(Stream content, int longest, SKColor ground)
    {
        using var codec = Open(content);
        if (codec is null || !IsBearable(codec.Info.Width, codec.Info.Height))
            return null;
        using var decoded = Decode(codec, longest);
        if (decoded is null)
            return null;
        using var surface = SKSurface.Create(Target(codec, longest));
        surface.Canvas.Clear(ground);
        Draw(surface.Canvas, decoded, codec);
        return surface.Snapshot();
    }

    private static SKCodec? Open(Stream content) => SKCodec.Create(new SKManagedStream(content, disposeManagedStream: false));

    /// <summary>As small as the format can be decoded without being smaller than what is made of it: a JPEG to an eighth.</summary>
    private static SKBitmap? Decode(SKCodec codec, int longest)
    {
        var size = codec.GetScaledDimensions(Math.Min(1, 2 * Scale(codec, longest)));
        var bitmap = new SKBitmap(new SKImageInfo(size.Width, size.Height, SKImageInfo.PlatformColorType, SKAlphaType.Premul, SKColorSpace.CreateSrgb()));
        // What was cut short in sending is shown as far as it goes.
        if (codec.GetPixels(bitmap.Info, bitmap.GetPixels()) is SKCodecResult.Success or SKCodecResult.IncompleteInput)
            return bitmap;
        bitmap.Dispose();
        return null;
    }

    private static SKImageInfo Target(SKCodec codec, int longest)
    {
        var scale = Scale(codec, longest);
        var (width, height) = (Side(codec.Info.Width * scale), Side(codec.Info.Height * scale));
        return IsOnItsSide(codec.EncodedOrigin)
            ? new SKImageInfo(height, width, SKImageInfo.PlatformColorType, SKAlphaType.Premul, SKColorSpace.CreateSrgb())
            : new SKImageInfo(width, height, SKImageInfo.PlatformColorType, SKAlphaType.Premul, SKColorSpace.CreateSrgb());
    }

    private static void Draw(SKCanvas canvas, SKBitmap decoded, SKCodec codec)
    {
        var size = canvas.DeviceClipBounds.Size;
        var (width, height) = IsOnItsSide(codec.EncodedOrigin) ? (size.Height, size.Width) : (size.Width, size.Height);
        canvas.SetMatrix(Turn(codec.EncodedOrigin, width, height));
        using var image = SKImage.FromBitmap(decoded);
        canvas.DrawImage(image, new SKRect(0, 0, width, height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
    }

    private static float Scale(SKCodec codec, int longest) => Math.Min(1f, (float)longest / Math.Max(codec.Info.Width, codec.Info.Height));

    private static int Side(float length) => Math.Max(1, (int)Math.Round(length));

    private static bool IsOnItsSide(SKEncodedOrigin origin) => origin >= SKEncodedOrigin.LeftTop;

    /// <summary>From a picture as it is stored, of this size, to how it is seen (EXIF 2.3, tag 274).</summary>
    private static SKMatrix Turn(SKEncodedOrigin origin, float width, float height) => origin switch
    {
        SKEncodedOrigin.TopRight => new SKMatrix(-1, 0, width, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new SKMatrix(-1, 0, width, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new SKMatrix(1, 0, 0, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new SKMatrix(0, -1, height, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new SKMatrix(0, -1, height, -1, 0, width, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new SKMatrix(0, 1, 0, -1, 0, width, 0, 0, 1),
        _ => SKMatrix.Identity,
    };
}
