using System.Text;
using MailKit;
using MailKit.Net.Imap;
using MimeKit;
using MimeKit.Text;

namespace Beseda.Server.Channels.Mail;

/// <summary>Takes a letter off its server: what it says, and where its files lie. However large they are, they stay there for now.</summary>
internal sealed class LetterReading
{
    private const int MostFiles = 30;
    private const int MostPassages = 20;
    private const int LongestHead = 256 * 1024;

    /// <summary>Of one part with text, as it is encoded; what is longer is a file.</summary>
    private const uint LongestText = 512 * 1024;

    private readonly List<(BodyPartText? Plain, BodyPartText? Html)> passages = [];
    private readonly List<LetterFile> files = [];
    private BodyPart? report;
    private BodyPart? returned;

    private LetterReading()
    {
    }

    public static async Task<Letter> OfAsync(ImapFolder inbox, IMessageSummary summary, CancellationToken stop)
    {
        var reading = new LetterReading();
        if (summary.Body is { } body)
            reading.Walk(body, depth: 0);
        var passages = new List<Passage>();
        foreach (var (plain, html) in reading.passages.Take(MostPassages))
            passages.Add(new Passage(
                plain is null ? null : await TextAsync(inbox, summary.UniqueId, plain, stop),
                html is null ? null : await TextAsync(inbox, summary.UniqueId, html, stop), (html ?? plain)!.PartSpecifier));
        return new Letter(
            inbox.UidValidity, summary.UniqueId.Id, Head(summary), passages, [.. reading.files.Take(MostFiles)],
            await RawAsync(inbox, summary.UniqueId, reading.report, stop), await RawAsync(inbox, summary.UniqueId, reading.returned, stop));
    }

    private void Walk(BodyPart part, int depth)
    {
        switch (part)
        {
            case BodyPartMultipart multipart when depth < 20:
                if (multipart.ContentType.IsMimeType("multipart", "alternative"))
                    Choose(multipart, depth);
                else
                    foreach (var child in multipart.BodyParts)
                        Walk(child, depth + 1);
                break;
            case BodyPartText text when IsSaid(text):
                passages.Add(text.IsPlain ? (text, null) : (null, text));
                break;
            case BodyPartBasic basic:
                Enclose(basic);
                break;
        }
    }

    /// <summary>The same in several forms: the plain one and the rich one are one passage; whatever is not text is enclosed.</summary>
    private void Choose(BodyPartMultipart alternatives, int depth)
    {
        var before = passages.Count;
        foreach (var child in alternatives.BodyParts)
            Walk(child, depth + 1);
        var forms = passages[before..];
        passages.RemoveRange(before, forms.Count);
        if (forms.Count > 0)
            passages.Add((forms.Select(one => one.Plain).FirstOrDefault(one => one is not null), forms.Select(one => one.Html).FirstOrDefault(one => one is not null)));
    }

    private static bool IsSaid(BodyPartText text) =>
        (text.IsPlain || text.IsHtml) && !text.IsAttachment && text.FileName is null && text.Octets <= LongestText;

    private void Enclose(BodyPartBasic part)
    {
        if (part.ContentType.IsMimeType("message", "delivery-status"))
            report = part;
        else if (part.ContentType.IsMimeType("text", "rfc822-headers") || (part is BodyPartMessage && report is not null))
            returned = part;
        var name = part.FileName ?? (part is BodyPartMessage message ? $"{message.Envelope?.Subject ?? "letter"}.eml" : Nameless(part.ContentType));
        var size = part.ContentTransferEncoding?.Equals("base64", StringComparison.OrdinalIgnoreCase) is true ? part.Octets / 4L * 3 : part.Octets;
        var inline = part.IsAttachment ? null : part.ContentId?.Trim('<', '>');
        files.Add(new LetterFile(name, part.ContentType.MimeType.ToLowerInvariant(), size, part.PartSpecifier, inline is { Length: > 0 } ? inline : null));
    }

    private static string Nameless(ContentType type) => type.MediaSubtype.ToLowerInvariant() switch
    {
        "plain" => "letter.txt",
        "html" => "letter.html",
        "calendar" => "invitation.ics",
        "jpeg" => "picture.jpg",
        "png" or "gif" or "webp" => $"picture.{type.MediaSubtype.ToLowerInvariant()}",
        _ => "file",
    };

    private static async Task<string?> TextAsync(ImapFolder inbox, UniqueId letter, BodyPartText part, CancellationToken stop)
    {
        using var entity = await inbox.GetBodyPartAsync(letter, part, stop);
        if (entity is not TextPart text)
            return null;
        // Lines that were broken for old programs are put together again: RFC 3676.
        return text.IsFlowed
            ? new FlowedToText { DeleteSpace = text.ContentType.Parameters["delsp"]?.Equals("yes", StringComparison.OrdinalIgnoreCase) is true }.Convert(text.Text)
            : text.Text;
    }

    /// <summary>The beginning, as it lies there: reports and heads are plain ASCII.</summary>
    private static async Task<string?> RawAsync(ImapFolder inbox, UniqueId letter, BodyPart? part, CancellationToken stop)
    {
        if (part is null)
            return null;
        using var raw = await inbox.GetStreamAsync(letter, part.PartSpecifier, 0, 32 * 1024, stop);
        using var reader = new StreamReader(raw, Encoding.Latin1);
        return await reader.ReadToEndAsync(stop);
    }

    private static byte[] Head(IMessageSummary summary)
    {
        using var head = new MemoryStream();
        summary.Headers?.WriteTo(head);
        return head.Length <= LongestHead ? head.ToArray() : head.ToArray()[..LongestHead];
    }
}
