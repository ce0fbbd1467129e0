using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using MimeKit;
using MimeKit.Utils;

namespace Beseda.Server.Channels.Mail;

/// <summary>Makes a letter of what is to be said.</summary>
internal sealed partial class Writing(ChannelAccess access, MailServers servers)
{
    /// <summary>By this a mailbox knows what it sent itself, whoever passes it on.</summary>
    public const string OriginHeader = "X-Beseda-Origin";

    /// <summary>Says nothing of the salt it is made of.</summary>
    public string Origin { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"origin {access.Salt}")).AsSpan(0, 12));

    public async Task<MimeMessage> LetterAsync(Part part)
    {
        var letter = new MimeMessage
        {
            MessageId = MessageIds.Of(part, servers.Domain),
            Subject = Subject(part.Thread),
            Date = access.Clock.GetUtcNow(),
        };
        letter.From.Add(new MailboxAddress(access.Channel.Name == servers.Address ? "" : access.Channel.Name, servers.Address));
        letter.To.Add(MailboxAddress.TryParse(part.To, out var to) ? to : throw new PlatformException(PlatformFault.Refused, "no mail address"));
        if (part.Thread is { Message: var answered } && MimeUtils.EnumerateReferences($"<{answered}>").Any() && answered.Contains('@', StringComparison.Ordinal))
        {
            letter.InReplyTo = answered;
            letter.References.Add(answered);
            if (part.ReplyTo is { } other && other != answered && other.Contains('@', StringComparison.Ordinal))
                letter.References.Insert(0, other);
        }

        letter.Headers.Add(OriginHeader, Origin);
        if (part.Automatic)
        {
            // No program is to answer it: RFC 3834, and Exchange's own way.
            letter.Headers.Add("Auto-Submitted", "auto-replied");
            letter.Headers.Add("X-Auto-Response-Suppress", "All");
        }

        letter.Body = await BodyAsync(part);
        return letter;
    }

    private string Subject(Thread? thread) => thread?.Subject is not { Length: > 0 } subject
        ? access.Channel.Name
        : Answer().IsMatch(subject) ? subject : $"Re: {subject}";

    private static async Task<MimeEntity> BodyAsync(Part part)
    {
        var body = new BodyBuilder();
        if (part.Text.Length > 0)
        {
            body.TextBody = part.Text;
            body.HtmlBody = Page(part.Text);
        }

        try
        {
            foreach (var file in part.File is { } first ? part.More.Insert(0, first) : part.More)
            {
                await using var content = await file.Open();
                var type = ContentType.TryParse(file.File.ContentType, out var known) ? known : new ContentType("application", "octet-stream");
                await body.Attachments.AddAsync(file.Name, content, type);
            }
        }
        catch
        {
            body.Attachments.Clear(dispose: true);
            throw;
        }

        return body.ToMessageBody();
    }

    private static string Page(string text)
    {
        var page = new StringBuilder("<!DOCTYPE html><html><body><div style=\"white-space: pre-wrap; font-family: sans-serif\">");
        var at = 0;
        foreach (Match link in Links().Matches(text))
        {
            var address = WebUtility.HtmlEncode(link.Value);
            page.Append(WebUtility.HtmlEncode(text[at..link.Index])).Append(CultureInfo.InvariantCulture, $"<a href=\"{address}\">{address}</a>");
            at = link.Index + link.Length;
        }

        return page.Append(WebUtility.HtmlEncode(text[at..])).Append("</div></body></html>").ToString();
    }

    [GeneratedRegex(@"https?://[^\s<>""']*[^\s<>""'.,;:!?)\]»]")]
    private static partial Regex Links();

    [GeneratedRegex(@"\A\s*(re|aw|sv|ответ)(\[\d+\])?\s*:", RegexOptions.IgnoreCase)]
    private static partial Regex Answer();
}
