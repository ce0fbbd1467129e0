using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;

namespace Beseda.Platforms.Calls;

/// <summary>
/// Multipart as platforms read it: what names a part may stand with or without quotes, in any letters. The framework's
/// own form is stricter than they are, and real clients rely on them.
/// </summary>
internal static partial class Parts
{
    /// <exception cref="InvalidDataException">It is no multipart after all.</exception>
    public static async Task ReadAsync(HttpRequest request, Action<string, string> value, Action<string, UploadedFile> file)
    {
        var boundary = Boundary().Match(request.ContentType ?? "").Groups[1].Value;
        if (boundary.Length == 0)
            throw new InvalidDataException("No boundary.");
        var reader = new MultipartReader(boundary, request.Body);
        while (await reader.ReadNextSectionAsync(request.HttpContext.RequestAborted) is { } part)
        {
            using var bytes = new MemoryStream();
            await part.Body.CopyToAsync(bytes, request.HttpContext.RequestAborted);
            var name = Unquoted(Name().Match(part.ContentDisposition ?? ""));
            if (FileName().Match(part.ContentDisposition ?? "") is { Success: true } named)
                file(name, new UploadedFile(Uri.UnescapeDataString(Unquoted(named)), part.ContentType ?? "application/octet-stream", bytes.ToArray()));
            else
                value(name, Encoding.UTF8.GetString(bytes.ToArray()));
        }
    }

    private static string Unquoted(Match match) => match.Groups[1].Value.Trim().Trim('"');

    [GeneratedRegex("boundary=\"?([^\";]+)")]
    private static partial Regex Boundary();

    [GeneratedRegex("(?<![a-z])name=(\"[^\"]*\"|[^;]*)")]
    private static partial Regex Name();

    /// <summary>The plain name; a second one with an encoding of its own may follow.</summary>
    [GeneratedRegex("filename=(\"[^\"]*\"|[^;]*)")]
    private static partial Regex FileName();
}
