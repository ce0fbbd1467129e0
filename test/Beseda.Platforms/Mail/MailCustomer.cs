using System.Globalization;
using System.Text.RegularExpressions;
using Beseda.Platforms.Customers;
using MimeKit;
using MimeKit.Utils;

namespace Beseda.Platforms.Mail;

/// <summary>A person with a mailbox of their own and a program that quotes what it answers. Lines with numbers are answered by a number.</summary>
public sealed partial class MailCustomer : Customer
{
    private readonly MailAccount company;
    private readonly List<MimeMessage> letters = [];

    internal MailCustomer(MailAccount company, Person person)
        : base(person, string.Create(CultureInfo.InvariantCulture, $"client{person.Number}@customers.test"), company.World) => this.company = company;

    /// <summary>What the company wrote, as it came.</summary>
    public IReadOnlyList<MimeMessage> Letters
    {
        get
        {
            lock (letters)
                return [.. letters];
        }
    }

    /// <summary>Nothing is opened: the first letter says all in its subject.</summary>
    public override void Start(string? payload = null) => Say(Compose("", null, "Здравствуйте"), bubble => bubble with { Text = "Здравствуйте" });

    public override string Write(string text, string? replyTo = null) => Say(Compose(text, replyTo), bubble => bubble with { Text = text, ReplyTo = replyTo });

    public override string Send(Media media, string? caption = null, string? replyTo = null) => Say(
        Compose(caption ?? "", replyTo, files: [media]), bubble => bubble with { Text = caption, Media = [media], ReplyTo = replyTo });

    /// <summary>One letter.</summary>
    public override IReadOnlyList<string> SendAlbum(IReadOnlyList<Media> album, string? caption = null) =>
        [Say(Compose(caption ?? "", null, files: album), bubble => bubble with { Text = caption, Media = album })];

    public override string SendCard(Card card) => Write($"{card.Name}\n{card.Phone}");

    public override string SendPlace(Place place) => Write(string.Create(CultureInfo.InvariantCulture, $"https://www.openstreetmap.org/?mlat={place.Latitude}&mlon={place.Longitude}"));

    public override void Edit(string id, string text) => throw new NotSupportedException("What has been posted stays as it is.");

    public override void Delete(string id) => Chat.Change(id, bubble => bubble with { Deleted = true });

    public override void Press(Bubble? bubble, Button button) => Write(button.Payload!, bubble?.Id);

    /// <summary>Gives the mailbox up.</summary>
    public override void Block() => Chat.Block(true);

    public override void Unblock() => Chat.Block(false);

    public override void Read() => Chat.ChangeAll(bubble => bubble.Author == Author.Customer ? bubble : bubble with { Read = true });

    public override void Type()
    {
    }

    internal void Receive(MimeMessage letter)
    {
        lock (letters)
            letters.Add(letter);
        var lines = (letter.TextBody ?? "").ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        var numbered = lines.Reverse().TakeWhile(line => Numbered().IsMatch(line)).Reverse().Select(line => Numbered().Match(line)).ToList();
        Chat.Start();
        Chat.Add(new Bubble(letter.MessageId!, Author.Account, World.Now)
        {
            Text = string.Join('\n', lines.Take(lines.Length - numbered.Count)),
            Media = [.. letter.Attachments.OfType<MimePart>().Select(Enclosed)],
            Buttons = [.. numbered.Select(line => (IReadOnlyList<Button>)[new Button(line.Groups["label"].Value, ButtonKind.Reply, line.Groups["number"].Value)])],
            ReplyTo = letter.InReplyTo,
        });
    }

    private World World => company.World;

    private MimeMessage Compose(string text, string? replyTo, string? subject = null, IReadOnlyList<Media>? files = null)
    {
        var bubbles = Chat.Bubbles;
        var answered = replyTo ?? (bubbles.Count > 0 ? bubbles[^1].Id : null);
        var letter = new MimeMessage { MessageId = MimeUtils.GenerateMessageId("customers.test"), Subject = subject ?? (answered is null ? "Вопрос" : "Re: Здравствуйте") };
        letter.From.Add(new MailboxAddress(Name, Id));
        letter.To.Add(new MailboxAddress(company.Name, company.Id));
        if (answered is not null)
        {
            letter.InReplyTo = answered;
            letter.References.Add(answered);
        }

        var last = bubbles.LastOrDefault(bubble => bubble.Id == answered && bubble.Author != Author.Customer);
        var quote = last is null ? "" : $"\n\n23.11.2026, 10:12, {company.Name} <{company.Id}>:\n{string.Join('\n', (last.Text ?? "").Split('\n').Select(line => $"> {line}"))}\n";
        var body = new BodyBuilder { TextBody = text + quote };
        foreach (var file in files ?? [])
            body.Attachments.Add(file.Name, file.Bytes.ToArray(), ContentType.Parse(file.MimeType));
        letter.Body = body.ToMessageBody();
        return letter;
    }

    private string Say(MimeMessage letter, Func<Bubble, Bubble> show)
    {
        Chat.Start();
        Chat.Touch(World.Now);
        Chat.Add(show(new Bubble(letter.MessageId!, Author.Customer, World.Now)));
        company.Receive(letter);
        return letter.MessageId!;
    }

    private static Media Enclosed(MimePart part)
    {
        using var bytes = new MemoryStream();
        part.Content?.DecodeTo(bytes);
        var kind = part.ContentType.IsMimeType("image", "*") ? MediaKind.Photo : MediaKind.Document;
        return new Media(kind, bytes.ToArray(), part.FileName ?? "file", part.ContentType.MimeType);
    }

    [GeneratedRegex(@"^(?:(?<number>\d{1,2})\. (?<label>.+)|(?<label>(?<number>\d{1,2})( ★)?))$")]
    private static partial Regex Numbered();
}
