namespace Beseda.Server.Files;

/// <summary>
/// As what a file is served. What it begins with decides; what the sender calls it counts only where that does no harm in a
/// browser. Signatures: WHATWG MIME Sniffing, section 6; the brands of <c>ftyp</c>: mp4ra.org.
/// </summary>
internal static class FileType
{
    /// <summary>How much of a file's beginning is looked at.</summary>
    public const int HeadLength = 512;

    public const string Unknown = "application/octet-stream";

    private const int MaxLength = 100;

    private static readonly string[] Pictures = ["image/jpeg", "image/png", "image/gif", "image/webp"];

    /// <summary>Known by their signature: without it the sender is wrong.</summary>
    private static readonly HashSet<string> Signed = [.. Pictures, "application/pdf"];

    private static readonly HashSet<string> Harmless =
    [
        "text/plain", "text/csv", "application/json", "application/rtf", "application/zip", "application/gzip", "application/x-7z-compressed",
        "application/vnd.rar", "application/x-rar-compressed", "application/msword",
    ];

    private static readonly string[] HarmlessBeginnings =
    [
        "audio/", "video/", "image/", "application/vnd.ms-", "application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument.",
    ];

    /// <summary>Of which dimensions are told and a thumbnail is made.</summary>
    public static bool IsPicture(string type) => Pictures.Contains(type);

    /// <summary>Shown in the page, not saved.</summary>
    public static bool IsShown(string type) =>
        type.StartsWith("image/", StringComparison.Ordinal) || type.StartsWith("audio/", StringComparison.Ordinal) || type.StartsWith("video/", StringComparison.Ordinal);

    /// <param name="declared">What the sender calls it, parameters and all.</param>
    public static string Of(ReadOnlySpan<byte> head, string? declared)
    {
        var called = Bare(declared);
        return OfSignature(head, called) ?? (IsMarkup(head) || Signed.Contains(called) || !IsHarmless(called) ? Unknown : called);
    }

    private static string? OfSignature(ReadOnlySpan<byte> head, string called) => head switch
    {
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => "image/png",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => "image/gif",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "image/webp",
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', (byte)'-', ..] => "application/pdf",
        [(byte)'O', (byte)'g', (byte)'g', (byte)'S', 0, ..] => IsCalledVideo(called) ? "video/ogg" : "audio/ogg",
        [(byte)'I', (byte)'D', (byte)'3', ..] or [0xFF, 0xFA or 0xFB or 0xF2 or 0xF3, ..] => "audio/mpeg",
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', _, _, _, _, ..] => OfBrand(head[8..12], called),
        _ => null,
    };

    private static string OfBrand(ReadOnlySpan<byte> brand, string called) => brand switch
    {
        [(byte)'a', (byte)'v', (byte)'i', (byte)'f' or (byte)'s'] => "image/avif",
        [(byte)'h', (byte)'e', (byte)'i' or (byte)'v', _] => "image/heic",
        [(byte)'m', (byte)'i', (byte)'f', (byte)'1'] => "image/heif",
        [(byte)'q', (byte)'t', _, _] => "video/quicktime",
        [(byte)'M', (byte)'4', (byte)'A' or (byte)'B', _] => "audio/mp4",
        _ => called.StartsWith("audio/", StringComparison.Ordinal) ? "audio/mp4" : "video/mp4",
    };

    private static bool IsCalledVideo(string called) => called.StartsWith("video/", StringComparison.Ordinal);

    /// <summary>HTML, SVG and XML begin with <c>&lt;</c>, in UTF-8 or UTF-16: whatever they are called, no browser is to read them as that.</summary>
    private static bool IsMarkup(ReadOnlySpan<byte> head)
    {
        foreach (var b in head)
            if (b is not (0xEF or 0xBB or 0xBF or 0xFE or 0xFF or 0 or (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' or 0x0C))
                return b == '<';
        return false;
    }

    /// <summary>Whatever can hold a script is in none of the lists; SVG and other XML among the images would be in one.</summary>
    private static bool IsHarmless(string called) =>
        Harmless.Contains(called)
        || (Array.Exists(HarmlessBeginnings, beginning => called.Length > beginning.Length && called.StartsWith(beginning, StringComparison.Ordinal))
            && !called.Contains("svg", StringComparison.Ordinal) && !called.EndsWith("+xml", StringComparison.Ordinal));

    private static string Bare(string? declared)
    {
        var type = (declared ?? "").Split(';')[0].Trim().ToLowerInvariant();
        return type.Length <= MaxLength && type.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '+' or '-' or '_') && type.Count(c => c == '/') == 1
            ? type
            : "";
    }
}
