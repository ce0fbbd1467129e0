using Beseda.Domain.Conversations;

namespace Beseda.Server.Doors;

/// <summary>What arrives is cleaned and checked once, here, before it becomes a command.</summary>
internal static class Checks
{
    public const int MaxLine = 200;
    private const int MaxClientId = 64;

    /// <returns>What is wrong, or null.</returns>
    public static IResult? Message(string clientId, string text, IReadOnlyList<string>? files, out string clean)
    {
        clean = MessageText.Clean(text);
        if (ClientId(clientId) is { } wrong)
            return wrong;
        if (files is { Count: > 0 })
            return Problems.Invalid("files", "There is no such file.");
        return clean.Length is 0 or > MessageText.MaxLength
            ? Problems.Invalid("text", $"1 to {MessageText.MaxLength} characters.")
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
