using System.Collections.Immutable;
using System.Globalization;
using Beseda.Domain.Conversations;
using MimeKit;

namespace Beseda.Server.Channels.Mail;

/// <summary>What a letter means.</summary>
/// <param name="origin">Of our own letters: see <see cref="Writing.OriginHeader"/>.</param>
internal sealed class LetterUpdates(MailServers servers, string origin)
{
    private const int LongestSubject = 200;

    /// <summary>A letter has one name wherever it lies; one without a name is where it lies.</summary>
    public Item Item(Letter letter)
    {
        var key = Place(letter);
        var update = Update.Understand(() =>
        {
            using var head = letter.Open();
            key = MessageIds.Of(head) ?? key;
            return Of(letter, head);
        });
        return new Item(key, letter.ToRaw(), update);
    }

    public Update Of(Letter letter)
    {
        using var head = letter.Open();
        return Of(letter, head);
    }

    private Update Of(Letter letter, MimeMessage head)
    {
        if (letter.Report is not null)
            return Bounce.Read(letter, servers.Domain);
        // Whoever says where to answer is met there: forms of websites write as nobody.
        if ((First(head.ReplyTo) ?? First(head.From) ?? head.Sender) is not { Address: { Length: > 0 } } from)
            return new Update.Unknown("nobody wrote it");
        if (IsOwn(head, from))
            return new Update.Nothing();
        var answered = MessageIds.Answered(head);
        var ours = answered.FirstOrDefault(id => MessageIds.IsOurs(id, servers.Domain));
        var automatic = AutomaticLetter.Is(head, from);
        // What programs tell everybody is no matter of a conversation; what they answer to us may be.
        return automatic && ours is null ? new Update.Nothing() : Wrote(letter, head, from, ours ?? (answered.Count > 0 ? answered[0] : null), automatic);
    }

    private static string Place(Letter letter) => string.Create(CultureInfo.InvariantCulture, $"{letter.Validity}.{letter.Uid}");

    private bool IsOwn(MimeMessage head, MailboxAddress from) =>
        from.Address.Equals(servers.Address, StringComparison.OrdinalIgnoreCase)
        || First(head.From)?.Address.Equals(servers.Address, StringComparison.OrdinalIgnoreCase) is true
        || head.Headers[Writing.OriginHeader]?.Trim() == origin;

    private static Update Wrote(Letter letter, MimeMessage head, MailboxAddress from, string? answered, bool automatic)
    {
        var said = LetterText.Of(letter);
        var subject = MessageText.CleanLine(head.Subject ?? "");
        if (subject.Length > LongestSubject)
            subject = MessageText.CleanLine(subject[..LongestSubject]);
        var files = Files(letter, said, MessageIds.Of(head) ?? "");
        var begins = answered is null;
        var text = string.Join("\n\n", ((string[])[begins ? subject : "", said.Text]).Where(part => part.Length > 0));
        // All of it looked as if it had been said before, or there is nothing in it at all.
        if (text.Length == 0 && files.IsEmpty)
            (text, said) = said.Quoted.Length > 0 ? (said.Quoted, said with { Quoted = "" }) : (subject.Length > 0 ? subject : "…", said);
        var address = from.Address.ToLowerInvariant();
        return new Update.Wrote(address, MessageIds.Of(head) ?? Place(letter), text)
        {
            Who = new Person(from.Name is { Length: > 0 } name ? name.Trim(' ', '"', '\'') : null, Email: address),
            Files = files,
            ReplyTo = answered,
            Quoted = said.Quoted.Length > 0 ? said.Quoted : null,
            Subject = subject.Length > 0 ? subject : null,
            Automatic = automatic,
        };
    }

    private static ImmutableArray<Enclosed> Files(Letter letter, LetterText said, string id)
    {
        // Pictures inside what is only quoted have been seen.
        var files = letter.Files.Where(file => file.Inline is null || said.Pictures is not { } shown || shown.Contains(file.Inline))
            .Select(file => new Enclosed(file.Name, Source(file.Spec, LetterForm.File), file.ContentType, file.Size));
        var whole = said.IsTooLong || said.HasForm
            ? letter.Passages.Select(passage => passage.Html is not null && said.HasForm
                ? new Enclosed("letter.html", Source(passage.Spec, LetterForm.Page), "text/html")
                : new Enclosed("letter.txt", Source(passage.Spec, LetterForm.File), "text/plain")).Take(said.IsTooLong ? 3 : 1)
            : [];
        return [.. files, .. whole];

        string Source(string spec, LetterForm form) => new LetterSource(letter.Validity, letter.Uid, form, spec, id).ToString();
    }

    private static MailboxAddress? First(InternetAddressList addresses) => addresses.Mailboxes.FirstOrDefault();
}
