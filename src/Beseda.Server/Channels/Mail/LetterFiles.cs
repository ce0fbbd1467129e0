using System.Text;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MimeKit;

namespace Beseda.Server.Channels.Mail;

/// <summary>Gets files of letters, over connections of their own: the one that listens is not to be kept waiting.</summary>
internal sealed class LetterFiles(MailServers servers)
{
    private const int MostPictures = 20;
    private const uint LargestPicture = 2 * 1024 * 1024;
    private const long LargestTogether = 8 * 1024 * 1024;

    public async Task<Fetched> FetchAsync(LetterSource source, CancellationToken stop)
    {
        using var client = await servers.OpenImapAsync(stop);
        var inbox = (ImapFolder)client.Inbox;
        await inbox.OpenAsync(FolderAccess.ReadOnly, stop);
        var letter = await FindAsync(inbox, source, stop);
        try
        {
            return source.Form == LetterForm.Page ? await PageAsync(inbox, letter, source.Spec, stop) : await FileAsync(inbox, letter, source.Spec, stop);
        }
        catch (MessageNotFoundException gone)
        {
            throw new PlatformException(PlatformFault.Refused, "imap: the letter is gone", cause: gone);
        }
    }

    private static async Task<UniqueId> FindAsync(ImapFolder inbox, LetterSource source, CancellationToken stop)
    {
        if (inbox.UidValidity == source.Validity)
            return new UniqueId(source.Uid);
        var found = source.Id.Length == 0 ? [] : await inbox.SearchAsync(SearchQuery.HeaderContains("Message-ID", source.Id), stop);
        return found.Count > 0 ? found[0] : throw new PlatformException(PlatformFault.Refused, "imap: the letter is gone");
    }

    private static async Task<Fetched> FileAsync(ImapFolder inbox, UniqueId letter, string spec, CancellationToken stop)
    {
        using var entity = await inbox.GetBodyPartAsync(letter, spec, stop);
        var content = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 4096, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        try
        {
            if (entity is TextPart text)
                await content.WriteAsync(Encoding.UTF8.GetBytes(text.Text), stop);
            else if (entity is MimePart { Content: { } bytes })
                await bytes.DecodeToAsync(content, stop);
            else if (entity is MessagePart { Message: { } enclosed })
                await enclosed.WriteToAsync(content, stop);
            content.Position = 0;
            return new Fetched(content, entity is MessagePart ? null : entity.ContentType.MimeType, null);
        }
        catch
        {
            await content.DisposeAsync();
            throw;
        }
    }

    /// <summary>The letter's page, with those of its pictures that it shows inside.</summary>
    private static async Task<Fetched> PageAsync(ImapFolder inbox, UniqueId letter, string spec, CancellationToken stop)
    {
        using var entity = await inbox.GetBodyPartAsync(letter, spec, stop);
        var html = (entity as TextPart)?.Text ?? "";
        var shown = RichText.Read(html).Pictures;
        var pictures = new Dictionary<string, string>(StringComparer.Ordinal);
        if (shown.Count > 0)
        {
            var summary = (await inbox.FetchAsync([letter], MessageSummaryItems.UniqueId | MessageSummaryItems.BodyStructure, stop)).FirstOrDefault();
            var left = LargestTogether;
            foreach (var part in (summary?.BodyParts ?? []).Where(part => part.ContentId is not null).Take(MostPictures))
                if (part.ContentId!.Trim('<', '>') is var name && shown.Contains(name) && part.Octets <= Math.Min(LargestPicture, left) && IsPicture(part))
                {
                    left -= part.Octets;
                    using var picture = await inbox.GetBodyPartAsync(letter, part, stop);
                    using var bytes = new MemoryStream();
                    if (picture is MimePart { Content: { } content })
                        await content.DecodeToAsync(bytes, stop);
                    pictures[name] = $"data:{part.ContentType.MimeType.ToLowerInvariant()};base64,{Convert.ToBase64String(bytes.GetBuffer(), 0, (int)bytes.Length)}";
                }
        }

        return new Fetched(new MemoryStream(Encoding.UTF8.GetBytes(SafePage.Of(html, pictures))), "text/html", null);
    }

    private static bool IsPicture(BodyPartBasic part) => part.ContentType.MimeType.ToLowerInvariant() is "image/png" or "image/jpeg" or "image/gif" or "image/webp";
}
