using System.Text;
using MimeKit;
using MimeKit.Utils;

namespace Beseda.Server.Channels.Mail;

/// <summary>A letter that says what became of one of ours: RFC 3464.</summary>
internal static class Bounce
{
    public static Update Read(Letter letter, string domain)
    {
        var (returned, fields) = (Head(letter.Returned), Groups(letter.Report!));
        var failed = fields.FirstOrDefault(group => group["Action"]?.Trim().Equals("failed", StringComparison.OrdinalIgnoreCase) is true);
        // What is only late may still arrive; what others sent is none of ours.
        if (failed is null || MimeUtils.EnumerateReferences(returned["Message-Id"] ?? "").FirstOrDefault() is not { } id || !MessageIds.IsOurs(id, domain))
            return new Update.Nothing();
        // Whom we wrote to: their server may have passed it on to somebody else.
        var to = InternetAddressList.TryParse(returned["To"] ?? "", out var addresses) ? addresses.Mailboxes.FirstOrDefault()?.Address : null;
        to ??= failed["Final-Recipient"]?.Split(';')[^1].Trim();
        return to is { Length: > 0 } ? new Update.Failed(to.ToLowerInvariant(), id, Code(failed["Status"])) : new Update.Nothing();
    }

    private static string Code(string? status) =>
        status?.Trim() is { Length: > 0 and <= 11 } code && code.All(c => char.IsAsciiDigit(c) || c == '.') ? code : "returned";

    /// <summary>First of the letter, then of each who should have got it.</summary>
    private static IEnumerable<HeaderList> Groups(string report) =>
        report.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(group => Head(group));

    private static HeaderList Head(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return [];
        var lines = text.ReplaceLineEndings("\n");
        var end = lines.IndexOf("\n\n", StringComparison.Ordinal);
        using var head = new MemoryStream(Encoding.Latin1.GetBytes($"{(end < 0 ? lines : lines[..end]).Trim('\n')}\n\n"));
        return HeaderList.Load(head);
    }
}
