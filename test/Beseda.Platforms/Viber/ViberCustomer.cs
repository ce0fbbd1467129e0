using System.Text.Json.Nodes;
using Beseda.Platforms.Calls;
using Beseda.Platforms.Customers;

namespace Beseda.Platforms.Viber;

/// <summary>A person in a chat with a bot. Bots are told neither of edits nor of deletions nor of typing, nor what is answered.</summary>
public sealed class ViberCustomer : Customer
{
    private const int MostUnanswered = 100;
    private readonly ViberBot bot;
    private readonly List<long> undelivered = [];
    private readonly List<long> unread = [];
    private readonly List<DateTimeOffset> unanswered = [];
    private readonly List<DateTimeOffset> described = [];
    private bool online = true;
    private string? tracking;

    internal ViberCustomer(ViberBot bot, Person person) : base(person, Convert.ToBase64String(Convert.FromHexString(World.Secret(15))), bot.World) => this.bot = bot;

    /// <summary>Has no device that shows bots' messages: status 11.</summary>
    public bool Deviceless { get; set; }

    /// <summary>Gets messages, and the bot hears that they are delivered. What was sent before comes now.</summary>
    public bool Online
    {
        get => online;
        set
        {
            online = value;
            if (value)
                Tell("delivered", undelivered);
        }
    }

    /// <summary>Opens the chat, which does not let the bot write yet. Its answer may be a welcome.</summary>
    /// <param name="payload">Stood after <c>context=</c> in the link.</param>
    public override void Start(string? payload = null) => bot.Publish("conversation_started", Id,
        Wire.Object(new { message_token = bot.NextToken(), type = "open", context = payload, user = AsUser(), subscribed = Chat is { Started: true, Blocked: false } }));

    /// <summary>The first message subscribes.</summary>
    public override string Write(string text, string? replyTo = null) => Say(Wire.Object(new { type = "text", text }), bubble => bubble with { Text = text, ReplyTo = replyTo });

    public override string Send(Media media, string? caption = null, string? replyTo = null) =>
        Say(Content(media, bot.World.Publish(media).AbsoluteUri).With("text", caption), bubble => bubble with { Media = [media], Text = caption, ReplyTo = replyTo });

    /// <summary>A message for every file.</summary>
    public override IReadOnlyList<string> SendAlbum(IReadOnlyList<Media> album, string? caption = null) => [.. album.Select((media, at) => Send(media, at == 0 ? caption : null))];

    public override string SendCard(Card card) =>
        Say(Wire.Object(new { type = "contact", contact = new { name = card.Name, phone_number = card.Phone } }), bubble => bubble with { Card = card });

    public override string SendPlace(Place place) =>
        Say(Wire.Object(new { type = "location", location = new { lat = place.Latitude, lon = place.Longitude } }), bubble => bubble with { Place = place });

    public override void Edit(string id, string text) => Chat.Change(id, bubble => bubble with { Text = text, Edited = true });

    public override void Delete(string id) => Chat.Change(id, bubble => bubble with { Deleted = true });

    /// <summary>The button's <c>ActionBody</c> is what is said, unseen if the button is silent.</summary>
    public override void Press(Bubble? bubble, Button button)
    {
        switch (button.Kind)
        {
            case ButtonKind.Reply:
                Write(button.Payload!);
                break;
            case ButtonKind.Callback:
                Say(Wire.Object(new { type = "text", text = button.Payload }), null);
                break;
            case ButtonKind.Contact:
                SendCard(new Card($"7900{Person.Number % 10_000_000:0000000}", Name));
                break;
            case ButtonKind.Location:
                SendPlace(new Place(55.7558, 37.6173));
                break;
            default:
                throw new NotSupportedException($"«{button.Label}» leads out of the chat.");
        }
    }

    /// <summary>Unsubscribes.</summary>
    public override void Block()
    {
        Chat.Block(true);
        bot.Publish("unsubscribed", Id, Wire.Object(new { user_id = Id, message_token = bot.NextToken() }));
    }

    /// <summary>Subscribes by the button, which the bot hears; writing subscribes silently.</summary>
    public override void Unblock()
    {
        Chat.Block(false);
        Chat.Start();
        bot.Publish("subscribed", Id, Wire.Object(new { message_token = bot.NextToken(), user = AsUser() }));
    }

    public override void Read()
    {
        Chat.ChangeAll(bubble => bubble.Author == Author.Customer ? bubble : bubble with { Read = true });
        Tell("seen", unread);
    }

    public override void Type()
    {
    }

    internal JsonObject AsUser() => Wire.Object(new
    {
        id = Id,
        name = Name,
        avatar = Picture.AbsoluteUri,
        country = "RU",
        language = Language,
        api_version = 10,
    });

    internal void Receive(long token, Bubble bubble, IReadOnlyList<IReadOnlyList<Button>> keyboard, string? trackingData)
    {
        lock (bot.Gate)
        {
            tracking = trackingData is { Length: > 0 } ? trackingData : null;
            undelivered.Add(token);
            unread.Add(token);
            Chat.Show(keyboard);
            Chat.Add(bubble);
        }
        if (online)
            Tell("delivered", undelivered);
    }

    internal void Fail(long token, string why) => bot.Publish("failed", Id, Wire.Object(new { message_token = token, user_id = Id, desc = why }));

    /// <summary>A hundred messages in an hour to one who does not answer.</summary>
    internal bool MayBeWritten()
    {
        lock (bot.Gate)
        {
            unanswered.RemoveAll(at => bot.World.Now - at > TimeSpan.FromHours(1));
            unanswered.Add(bot.World.Now);
            return unanswered.Count <= MostUnanswered;
        }
    }

    internal bool MayBeDescribed()
    {
        lock (bot.Gate)
        {
            described.RemoveAll(at => bot.World.Now - at > TimeSpan.FromHours(12));
            described.Add(bot.World.Now);
            return described.Count <= 2;
        }
    }

    /// <summary>Receipts carry the token of what was sent.</summary>
    private void Tell(string kind, List<long> tokens)
    {
        lock (bot.Gate)
        {
            foreach (var token in tokens)
                bot.Publish(kind, Id, Wire.Object(new { message_token = token, user_id = Id }));
            tokens.Clear();
        }
    }

    private static JsonObject Content(Media media, string url) => media.Kind switch
    {
        MediaKind.Photo => Wire.Object(new { type = "picture", media = url, thumbnail = url, file_name = media.Name, size = media.Bytes.Length }),
        MediaKind.Video => Wire.Object(new { type = "video", media = url, thumbnail = url, size = media.Bytes.Length, duration = media.Duration, file_name = media.Name }),
        MediaKind.Sticker => Wire.Object(new { type = "sticker", sticker_id = 46105, media = url }),
        MediaKind.Document or MediaKind.Voice or MediaKind.Audio => Wire.Object(new { type = "file", media = url, file_name = media.Name, size = media.Bytes.Length }),
    };

    /// <param name="show">Null when the customer does not see what they say.</param>
    private string Say(JsonObject message, Func<Bubble, Bubble>? show)
    {
        lock (bot.Gate)
        {
            var token = bot.NextToken();
            Chat.Block(false);
            Chat.Start();
            Chat.Touch(bot.World.Now);
            unanswered.Clear();
            if (show is not null)
                Chat.Add(show(new Bubble($"{token}", Author.Customer, bot.World.Now)));
            var content = Wire.Object(new { message_token = token, sender = AsUser(), silent = show is null });
            bot.Publish("message", Id, content.With("message", message.With("tracking_data", tracking)));
            return $"{token}";
        }
    }
}
