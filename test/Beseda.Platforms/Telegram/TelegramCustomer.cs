using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Beseda.Platforms.Calls;
using Beseda.Platforms.Customers;

namespace Beseda.Platforms.Telegram;

/// <summary>A person in a private chat with a bot.</summary>
public sealed class TelegramCustomer : Customer
{
    private readonly TelegramBot bot;
    private readonly ConcurrentDictionary<string, JsonObject> messages = new();

    internal TelegramCustomer(TelegramBot bot, Person person) : base(person, $"{person.Number}", bot.World) => this.bot = bot;

    public string Username => $"user{Person.Number}";

    /// <summary>Has deleted their account with Telegram.</summary>
    public bool Deactivated { get; set; }

    public override void Start(string? payload = null)
    {
        if (Chat.Blocked)
            Unblock();
        Write(payload is null ? "/start" : $"/start {payload}");
    }

    public override string Write(string text, string? replyTo = null) => Say(Wire.Object(new { text }).With("entities", Markup.Find(text)), new { }, text, replyTo);

    public override string Send(Media media, string? caption = null, string? replyTo = null) => Send(media, caption, replyTo, null);

    /// <summary>A message for every file, all with one <c>media_group_id</c>; the caption stands at the first.</summary>
    public override IReadOnlyList<string> SendAlbum(IReadOnlyList<Media> album, string? caption = null)
    {
        var group = $"{bot.World.NextNumber()}{bot.World.NextNumber()}";
        return [.. album.Select((media, at) => Send(media, at == 0 ? caption : null, null, group))];
    }

    /// <summary>The number that their account goes by.</summary>
    public string Phone => $"7900{Person.Number % 10_000_000:0000000}";

    public override string SendCard(Card card) => SendCard(card, own: card.Phone == Phone);

    public override string SendPlace(Place place) =>
        Say(Wire.Object(new { location = new { latitude = place.Latitude, longitude = place.Longitude } }), place, null, null);

    public override void Edit(string id, string text)
    {
        var message = Message(id) is { } found && Chat.Find(id)?.Author == Author.Customer ? found : throw new InvalidOperationException($"{id} is not the customer's own message.");
        lock (bot.Gate)
        {
            message[message.ContainsKey("text") ? "text" : "caption"] = text;
            message["edit_date"] = bot.World.Now.Seconds();
            Chat.Change(id, bubble => bubble with { Text = text, Edited = true });
            bot.Updates.Publish("edited_message", Id, message);
        }
    }

    /// <summary>Bots are not told.</summary>
    public override void Delete(string id)
    {
        Forget(id);
        Chat.Change(id, bubble => bubble with { Deleted = true });
    }

    public override void Press(Bubble? bubble, Button button)
    {
        switch (button.Kind)
        {
            case ButtonKind.Callback when bubble is not null:
                Call(bubble, button.Payload);
                break;
            case ButtonKind.Contact:
                SendCard(new Card(Phone, Name), own: true);
                break;
            case ButtonKind.Location:
                SendPlace(new Place(55.7558, 37.6173));
                break;
            case ButtonKind.Reply:
                Write(button.Label);
                break;
            default:
                throw new NotSupportedException($"«{button.Label}» leads out of the chat.");
        }
    }

    public override void Block()
    {
        Chat.Block(true);
        Membership("member", "kicked");
    }

    public override void Unblock()
    {
        Chat.Block(false);
        Membership("kicked", "member");
    }

    /// <summary>Bots are not told.</summary>
    public override void Read() => Chat.ChangeAll(bubble => bubble with { Read = true });

    /// <summary>Bots are not told.</summary>
    public override void Type()
    {
    }

    internal JsonObject? Message(string? id) => id is null ? null : messages.GetValueOrDefault(id);

    internal JsonObject AsUser() =>
        Wire.Object(new { id = Person.Number, is_bot = false, first_name = Person.FirstName, last_name = Person.LastName, username = Username, language_code = Language });

    internal JsonObject AsChat() => Wire.Object(new { id = Person.Number, first_name = Person.FirstName, last_name = Person.LastName, username = Username, type = "private" });

    /// <summary>A message of either side: its number, its date, its chat, and what it answers.</summary>
    internal JsonObject Compose(JsonObject from, JsonObject content, string? replyTo)
    {
        var message = Wire.Object(new { message_id = bot.NextMessage(), from, chat = AsChat(), date = bot.World.Now.Seconds() });
        if (Message(replyTo)?.DeepClone() is JsonObject quoted)
        {
            // A quote does not quote.
            quoted.Remove("reply_to_message");
            message["reply_to_message"] = quoted;
        }
        foreach (var (name, value) in content)
            message[name] = value?.DeepClone();
        messages[message["message_id"]!.ToString()] = message;
        return message;
    }

    internal void Forget(string id) => messages.TryRemove(id, out _);

    private string Send(Media media, string? caption, string? replyTo, string? group)
    {
        var content = new JsonObject();
        content.With("media_group_id", group);
        bot.Files.Attach(content, media);
        content.With("caption", caption);
        return Say(content, media, caption, replyTo);
    }

    /// <summary>One's own number says whose it is; anybody else's is only a card.</summary>
    private string SendCard(Card card, bool own) =>
        Say(Wire.Object(new { contact = new { phone_number = card.Phone, first_name = card.Name, user_id = own ? (long?)Person.Number : null } }), card, null, null);

    private string Say(JsonObject content, object shown, string? text, string? replyTo)
    {
        if (Chat.Blocked)
            throw new InvalidOperationException("The customer has blocked the bot.");
        lock (bot.Gate)
        {
            var message = Compose(AsUser(), content, replyTo);
            var id = message["message_id"]!.ToString();
            Chat.Start();
            Chat.Touch(bot.World.Now);
            Chat.Add(new Bubble(id, Author.Customer, bot.World.Now)
            {
                Text = text,
                ReplyTo = replyTo,
                Media = shown is Media media ? [media] : [],
                Card = shown as Card,
                Place = shown as Place,
            });
            bot.Updates.Publish("message", Id, message);
            return id;
        }
    }

    private void Call(Bubble bubble, string? data)
    {
        var message = Message(bubble.Id) ?? throw new InvalidOperationException("The message is gone.");
        Chat.Touch(bot.World.Now);
        var press = Wire.Object(new { id = bot.OpenQuery(this), from = AsUser(), chat_instance = $"{Person.Number * 31}", data });
        lock (bot.Gate)
            bot.Updates.Publish("callback_query", $"callback {Id}", press.With("message", message.DeepClone()));
    }

    private void Membership(string before, string after)
    {
        object Member(string status) => status == "kicked" ? new { user = bot.AsUser(), status, until_date = 0 } : new { user = bot.AsUser(), status };
        bot.Updates.Publish("my_chat_member", $"member {Id}", Wire.Object(new
        {
            chat = AsChat(),
            from = AsUser(),
            date = bot.World.Now.Seconds(),
            old_chat_member = Member(before),
            new_chat_member = Member(after),
        }));
    }
}
