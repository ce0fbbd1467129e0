using System.Text.Json.Nodes;
using Beseda.Platforms.Calls;
using Beseda.Platforms.Customers;

namespace Beseda.Platforms.Messenger;

/// <summary>A person in a chat with a page. Pages are told neither of blocks nor of deletions nor of typing.</summary>
public sealed class MessengerCustomer : Customer
{
    private readonly MessengerPage page;
    private readonly List<string> undelivered = [];
    private readonly Dictionary<string, int> edits = [];
    private bool online = true;

    internal MessengerCustomer(MessengerPage page, Person person) : base(person, $"7{page.World.NextNumber()}{page.World.NextNumber()}"[..16], page.World)
        => this.page = page;

    /// <summary>Gets messages, and the page hears that they are delivered. What was sent before comes now.</summary>
    public bool Online
    {
        get => online;
        set
        {
            online = value;
            if (value)
                TellDelivered();
        }
    }

    /// <summary>The first time presses the start button; later a link only refers.</summary>
    /// <param name="payload">Stood after <c>ref=</c> in the link.</param>
    public override void Start(string? payload = null)
    {
        var referral = payload is null ? null : Wire.Object(new { @ref = payload, source = "SHORTLINK", type = "OPEN_THREAD" });
        if (Chat.Started)
        {
            if (referral is not null)
                page.Publish("messaging_referrals", this, referral, "referral");
            return;
        }
        Come();
        var press = page.Profile.TryGetValue("get_started", out var set) ? set["payload"]?.ToString() : null;
        page.Publish("messaging_postbacks", this, Wire.Object(new { mid = MessengerPage.NextMid(), title = "Get started", payload = press ?? "GET_STARTED" }).With("referral", referral), "postback");
    }

    public override string Write(string text, string? replyTo = null) => Say(new JsonObject { ["text"] = text }, bubble => bubble with { Text = text, ReplyTo = replyTo }, replyTo);

    /// <summary>The caption is a message of its own, after the file.</summary>
    public override string Send(Media media, string? caption = null, string? replyTo = null)
    {
        var id = Send([media], replyTo);
        if (caption is not null)
            Write(caption);
        return id;
    }

    /// <summary>One message with all of them; the caption is another.</summary>
    public override IReadOnlyList<string> SendAlbum(IReadOnlyList<Media> album, string? caption = null)
    {
        var id = Send(album, null);
        return caption is null ? [id] : [id, Write(caption)];
    }

    public override string SendCard(Card card) => throw new NotSupportedException("Messenger has no cards of people.");

    public override string SendPlace(Place place) => throw new NotSupportedException("Messenger no longer tells pages places.");

    public override void Edit(string id, string text)
    {
        if (Chat.Find(id) is not { Author: Author.Customer })
            throw new InvalidOperationException($"{id} is not the customer's own message.");
        Chat.Change(id, bubble => bubble with { Text = text, Edited = true });
        page.Publish("message_edits", this, Wire.Object(new { mid = id, text, num_edit = edits[id] = edits.GetValueOrDefault(id) + 1 }), "message_edit");
    }

    public override void Delete(string id) => Chat.Change(id, bubble => bubble with { Deleted = true });

    /// <summary>Shows how a message is taken.</summary>
    /// <param name="reaction">In words, as <c>love</c>; null takes it back.</param>
    public void React(string id, string? reaction, string emoji = "❤") => page.Publish("message_reactions", this,
        reaction is null ? Wire.Object(new { mid = id, action = "unreact" }) : Wire.Object(new { mid = id, action = "react", reaction, emoji }), "reaction");

    public override void Press(Bubble? bubble, Button button)
    {
        switch (button.Kind)
        {
            case ButtonKind.Reply:
                Quick(button.Label, button.Payload);
                break;
            case ButtonKind.Contact:
                var phone = $"+7900{Person.Number % 10_000_000:0000000}";
                Quick(phone, phone);
                break;
            case ButtonKind.Callback:
                Come();
                page.Publish("messaging_postbacks", this, Wire.Object(new { mid = MessengerPage.NextMid(), title = button.Label, payload = button.Payload }), "postback");
                break;
            default:
                throw new NotSupportedException($"«{button.Label}» leads out of the chat.");
        }
    }

    public override void Block() => Chat.Block(true);

    public override void Unblock() => Chat.Block(false);

    public override void Read()
    {
        Chat.ChangeAll(bubble => bubble.Author == Author.Customer ? bubble : bubble with { Read = true });
        page.Publish("message_reads", this, Wire.Object(new { watermark = page.World.Now.Milliseconds() }), "read");
    }

    public override void Type()
    {
    }

    internal static JsonObject Attached(Media media, string url) => media.Kind switch
    {
        MediaKind.Sticker => Wire.Object(new { type = "sticker", payload = new { url, sticker_id = 369239263222822 } }),
        MediaKind.Photo => Wire.Object(new { type = "image", payload = new { url } }),
        MediaKind.Video => Wire.Object(new { type = "video", payload = new { url } }),
        MediaKind.Voice or MediaKind.Audio => Wire.Object(new { type = "audio", payload = new { url } }),
        MediaKind.Document => Wire.Object(new { type = "file", payload = new { url } }),
    };

    internal void Receive(Bubble bubble, IReadOnlyList<IReadOnlyList<Button>> quick)
    {
        Chat.Type(TimeSpan.Zero);
        Chat.Show(quick);
        Chat.Add(bubble);
    }

    internal void Deliver(string mid)
    {
        undelivered.Add(mid);
        if (online)
            TellDelivered();
    }

    private void TellDelivered()
    {
        lock (page.Gate)
        {
            if (undelivered.Count > 0)
                page.Publish("message_deliveries", this, Wire.Object(new { mids = undelivered, watermark = page.World.Now.Milliseconds() }), "delivery");
            undelivered.Clear();
        }
    }

    private void Quick(string title, string? payload) =>
        Say(Wire.Object(new { text = title, quick_reply = new { payload } }), bubble => bubble with { Text = title }, null);

    private string Send(IReadOnlyList<Media> files, string? replyTo)
    {
        var attachments = Wire.Array(files.Select(media => Attached(media, page.World.Publish(media).AbsoluteUri)));
        return Say(new JsonObject { ["attachments"] = attachments }, bubble => bubble with { Media = files, ReplyTo = replyTo }, replyTo);
    }

    /// <summary>Opens the window in which the page may write.</summary>
    private void Come()
    {
        Chat.Start();
        Chat.Touch(page.World.Now);
        Chat.Show([]);
    }

    private string Say(JsonObject content, Func<Bubble, Bubble> show, string? replyTo)
    {
        if (Chat.Blocked)
            throw new InvalidOperationException("The customer has blocked the page.");
        lock (page.Gate)
        {
            var mid = MessengerPage.NextMid();
            Come();
            Chat.Add(show(new Bubble(mid, Author.Customer, page.World.Now)));
            var message = new JsonObject { ["mid"] = mid };
            foreach (var (name, value) in content)
                message[name] = value?.DeepClone();
            page.Publish("messages", this, message.With("reply_to", replyTo is null ? null : Wire.Object(new { mid = replyTo })), "message");
            return mid;
        }
    }
}
