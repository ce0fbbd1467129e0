using System.Globalization;
using MimeKit;

namespace Beseda.Server.Channels.Mail;

/// <summary>What our letters are called. The same part of the same message always has the same name: whoever gets it twice can tell.</summary>
internal static class MessageIds
{
    private const string Begins = "beseda.";
    private const int Longest = 250;

    /// <param name="domain">Of the mailbox.</param>
    public static string Of(Part part, string domain)
    {
        var name = Mark.Read(part.Mark) is { } mark
            ? string.Create(CultureInfo.InvariantCulture, $"{part.Key:x8}.{mark.Conversation.Value}.{mark.Message}.{mark.Part}")
            : $"{Guid.NewGuid():n}";
        return $"{Begins}{name}@{domain}";
    }

    /// <summary>What a letter calls itself; null: nothing, or nothing that anybody could have meant.</summary>
    public static string? Of(MimeMessage head) => head.MessageId is { Length: > 0 and <= Longest } id ? id : null;

    public static bool IsOurs(string? id, string domain) =>
        id is not null && id.StartsWith(Begins, StringComparison.OrdinalIgnoreCase) && id.EndsWith($"@{domain}", StringComparison.OrdinalIgnoreCase);

    /// <summary>What a letter answers, the nearest first.</summary>
    public static IReadOnlyList<string> Answered(MimeMessage head)
    {
        var references = head.References.Reverse();
        return [.. head.InReplyTo is { Length: > 0 } nearest ? references.Prepend(nearest).Distinct() : references];
    }
}
