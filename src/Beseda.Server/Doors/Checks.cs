using System.Text;
using Beseda.Domain.Conversations;

namespace Beseda.Server.Doors;

/// <summary>What arrives is cleaned and checked once, here, before it becomes a command.</summary>
internal static class Checks
{
    public const int MaxLine = 200;
    private const int MaxClientId = 64;
    private const int MostFiles = 10;
    private const int MostButtons = 10;
    private const int MaxButton = 40;
    private const int MaxPayload = 64;

    /// <returns>What is wrong, or null.</returns>
    public static IResult? Message(string clientId, string text, IReadOnlyList<string>? files, out string clean)
    {
        clean = MessageText.Clean(text);
        if (ClientId(clientId) is { } wrong)
            return wrong;
        if (files is { Count: > MostFiles })
            return Problems.Invalid("files", $"At most {MostFiles}.");
        if (files is { Count: > 0 } && clean.Length == 0)
            return null;
        return clean.Length is 0 or > MessageText.MaxLength
            ? Problems.Invalid("text", $"1 to {MessageText.MaxLength} characters.")
            : null;
    }

    public static IResult? Buttons(IReadOnlyList<Wire.Button>? buttons)
    {
        if (buttons is null)
            return null;
        if (buttons.Count > MostButtons || buttons.Any(button => MessageText.CleanLine(button.Text).Length is 0 or > MaxButton))
            return Problems.Invalid("buttons", $"At most {MostButtons}, each with 1 to {MaxButton} characters.");
        if (buttons.Any(button => Encoding.UTF8.GetByteCount(button.Payload ?? "") > MaxPayload))
            return Problems.Invalid("buttons", $"A payload has at most {MaxPayload} bytes.");
        return buttons.Any(button => button.Url is { } url && !(Uri.TryCreate(url, UriKind.Absolute, out var page) && page.Scheme is ("http" or "https")))
            ? Problems.Invalid("buttons", "An address begins with https:// or http://.")
            : null;
    }

    /// <summary>Optional text of a line or a paragraph; empty becomes null.</summary>
    public static IResult? Optional(string field, string? text, int longest, out string? clean)
    {
        clean = text is null ? null : MessageText.Clean(text);
        if (clean is "")
            clean = null;
        return clean?.Length > longest ? Problems.Invalid(field, $"At most {longest} characters.") : null;
    }

    private static IResult? ClientId(string clientId) =>
        clientId.Length is 0 or > MaxClientId || clientId.Any(c => c is < '!' or > '~')
            ? Problems.Invalid("clientId", $"1 to {MaxClientId} visible ASCII characters.")
            : null;
}
