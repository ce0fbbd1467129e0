using System.Text.Json.Nodes;
using Beseda.Platforms.Calls;
using Beseda.Platforms.Customers;

namespace Beseda.Platforms.Vk;

/// <summary>A person in a dialogue with a community. Ids are the messages' <c>id</c>; see <see cref="ConversationIdOf"/> for the other.</summary>
public sealed class VkCustomer : Customer
{
    private static readonly string[] Languages = ["ru", "uk", "be", "en", "es", "fi", "de", "it"];
    private readonly VkCommunity community;
    private readonly Dictionary<string, JsonObject> messages = [];
    private readonly Dictionary<long, (DateTimeOffset At, JsonObject Message)> sends = [];
    private readonly HashSet<string> presses = [];
    private int lastConversationId;

    internal VkCustomer(VkCommunity community, Person person) : base(person, $"{person.Number}", community.World) => this.community = community;

    /// <summary>On the community's blacklist.</summary>
    public bool Banned { get; internal set; }

    /// <summary>Lets nobody but friends write: error 902.</summary>
    public bool Closed { get; set; }

    /// <summary>A message's <c>conversation_message_id</c>: counts every message of the dialogue, whoever wrote it.</summary>
    public int ConversationIdOf(string id)
    {
        lock (community.Gate)
            return messages[id]["conversation_message_id"]!.GetValue<int>();
    }

    /// <param name="payload">Stood after <c>ref=</c> in the link.</param>
    public override void Start(string? payload = null) =>
        Say(Wire.Object(new { text = "Начать", payload = "{\"command\":\"start\"}", @ref = payload, ref_source = payload is null ? null : "link" }), "Начать");

    /// <summary>Lets the community write without having written to it.</summary>
    public void Allow(string key = "")
    {
        Chat.Block(false);
        Chat.Start();
        community.Publish("message_allow", Id, Wire.Object(new { user_id = Person.Number, key }));
    }

    public override string Write(string text, string? replyTo = null) => Say(new JsonObject { ["text"] = text }, text, replyTo: replyTo);

    public override string Send(Media media, string? caption = null, string? replyTo = null) => Send([media], caption, replyTo);

    /// <summary>One message with all of them.</summary>
    public override IReadOnlyList<string> SendAlbum(IReadOnlyList<Media> album, string? caption = null) => [Send(album, caption, null)];

    public override string SendCard(Card card) => throw new NotSupportedException("VK has no cards of people.");

    public override string SendPlace(Place place) => SendPlace(place, null);

    public override void Edit(string id, string text)
    {
        lock (community.Gate)
        {
            var message = messages[id];
            if (message["out"]!.GetValue<int>() == 1)
                throw new InvalidOperationException($"{id} is not the customer's own message.");
            message["text"] = text;
            message["update_time"] = community.World.Now.Seconds();
            Chat.Change(id, bubble => bubble with { Text = text, Edited = true });
            community.Publish("message_edit", Id, message);
        }
    }

    /// <summary>Communities are not told.</summary>
    public override void Delete(string id) => Chat.Change(id, bubble => bubble with { Deleted = true });

    public override void Press(Bubble? bubble, Button button)
    {
        switch (button.Kind)
        {
            case ButtonKind.Reply:
                Say(new JsonObject { ["text"] = button.Label }.With("payload", button.Payload), button.Label);
                break;
            case ButtonKind.Callback:
                Call(bubble ?? Chat.Bubbles.Last(b => b.Author != Author.Customer), button);
                break;
            case ButtonKind.Location:
                SendPlace(new Place(55.7558, 37.6173), button.Payload);
                break;
            default:
                throw new NotSupportedException($"«{button.Label}» leads out of the chat.");
        }
        if (bubble is null && OneTime)
            Chat.Show([]);
    }

    /// <summary>Forbids the community to write.</summary>
    public override void Block()
    {
        Chat.Block(true);
        community.Publish("message_deny", Id, Wire.Object(new { user_id = Person.Number }));
    }

    public override void Unblock() => Allow();

    public override void Read()
    {
        Chat.ChangeAll(bubble => bubble.Author == Author.Customer ? bubble : bubble with { Read = true });
        lock (community.Gate)
        {
            if (messages.Values.LastOrDefault(message => message["out"]!.GetValue<int>() == 1) is { } last)
                community.Publish("message_read", Id, Wire.Object(new
                {
                    from_id = Person.Number,
                    peer_id = Person.Number,
                    read_message_id = last["id"]!.GetValue<long>(),
                    conversation_message_id = last["conversation_message_id"]!.GetValue<int>(),
                }));
        }
    }

    public override void Type() =>
        community.Publish("message_typing_state", Id, Wire.Object(new { state = "typing", from_id = Person.Number, to_id = -community.Number }));

    /// <summary>The keyboard goes away when a button of it is pressed.</summary>
    internal bool OneTime { get; set; }

    /// <summary>In the order of the dialogue.</summary>
    internal IReadOnlyList<JsonObject> Messages
    {
        get
        {
            lock (community.Gate)
                return [.. messages.Values];
        }
    }

    /// <summary>A message of either side, in the order of the dialogue.</summary>
    internal JsonObject Compose(bool fromCustomer, JsonObject content, string? replyTo = null)
    {
        var message = Wire.Object(new
        {
            date = community.World.Now.Seconds(),
            from_id = fromCustomer ? Person.Number : -community.Number,
            id = community.NextMessage(),
            @out = fromCustomer ? 0 : 1,
            peer_id = Person.Number,
            conversation_message_id = ++lastConversationId,
            random_id = 0,
            attachments = System.Array.Empty<int>(),
            fwd_messages = System.Array.Empty<int>(),
            important = false,
            is_hidden = false,
            text = "",
        });
        foreach (var (name, value) in content)
            message.With(name, value?.DeepClone());
        if (replyTo is not null && messages.GetValueOrDefault(replyTo)?.DeepClone() is JsonObject quoted)
        {
            quoted.Remove("reply_message");
            message["reply_message"] = quoted;
        }
        messages[message["id"]!.ToString()] = message;
        return message;
    }

    /// <summary>What was sent with this <c>random_id</c> within the hour; null when nothing was.</summary>
    internal JsonObject? SentBefore(long random) =>
        random != 0 && sends.TryGetValue(random, out var sent) && community.World.Now - sent.At < TimeSpan.FromHours(1) ? sent.Message : null;

    internal void Remember(long random, JsonObject message) => sends[random] = (community.World.Now, message);

    internal bool CloseEvent(string? id)
    {
        lock (community.Gate)
            return id is not null && presses.Remove(id);
    }

    private string Send(IReadOnlyList<Media> album, string? caption, string? replyTo)
    {
        var attachments = Wire.Array(album.Select(media => community.Files.Keep(Person.Number, media).Wire));
        return Say(new JsonObject { ["text"] = caption ?? "", ["attachments"] = attachments }, caption, album, replyTo: replyTo);
    }

    private string SendPlace(Place place, string? payload) => Say(
        Wire.Object(new { geo = new { type = "point", coordinates = new { latitude = place.Latitude, longitude = place.Longitude } } }).With("payload", payload), null, place: place);

    private string Say(JsonObject content, string? text, IReadOnlyList<Media>? media = null, Place? place = null, string? replyTo = null)
    {
        lock (community.Gate)
        {
            // Who writes lets the community answer.
            Chat.Block(false);
            Chat.Start();
            Chat.Touch(community.World.Now);
            var message = Compose(fromCustomer: true, content, replyTo);
            var id = message["id"]!.ToString();
            Chat.Add(new Bubble(id, Author.Customer, community.World.Now) { Text = text, Media = media ?? [], Place = place, ReplyTo = replyTo });
            community.Publish("message_new", Id, new JsonObject { ["message"] = message.DeepClone(), ["client_info"] = Client() });
            return id;
        }
    }

    private JsonObject Client() => Wire.Object(new
    {
        button_actions = (string[])["text", "vkpay", "open_app", "location", "open_link", "callback", "intent_subscribe", "intent_unsubscribe"],
        keyboard = true,
        inline_keyboard = true,
        carousel = true,
        lang_id = Math.Max(0, System.Array.IndexOf(Languages, Language)),
    });

    private void Call(Bubble bubble, Button button)
    {
        lock (community.Gate)
        {
            var id = World.Secret(6);
            presses.Add(id);
            Chat.Touch(community.World.Now);
            var press = Wire.Object(new { user_id = Person.Number, peer_id = Person.Number, event_id = id, conversation_message_id = ConversationIdOf(bubble.Id) });
            community.Publish("message_event", Id, press.With("payload", button.Payload is null ? null : JsonNode.Parse(button.Payload)));
        }
    }
}
