using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Beseda.Platforms.Calls;
using Beseda.Platforms.Customers;
using Beseda.Platforms.Deliveries;

namespace Beseda.Platforms.Messenger;

/// <summary>A page, the app that speaks for it, and people's chats with it.</summary>
public sealed class MessengerPage : Account
{
    /// <summary>The app whose echoes are what an employee wrote in the page's own inbox.</summary>
    public const long InboxApp = 263902037430900;

    private long lastParcel;
    private List<JsonObject>? batch;

    internal MessengerPage(MessengerPlatform platform, string id, string name, string token) : base(platform, id, name, token)
    {
        AppId = $"9{World.NextNumber()}77";
        Post = new MessengerPost(this);
    }

    public string AppId { get; }

    /// <summary>Signs deliveries.</summary>
    public string AppSecret { get; set; } = World.Secret();

    /// <summary>What the app itself calls with.</summary>
    public string AppToken => $"{AppId}|{AppSecret}";

    /// <summary>Null until the app is subscribed. See <see cref="SubscribeAsync"/>.</summary>
    public Uri? Webhook => Post.Target;

    /// <summary>What the page tells the app of; nothing once the platform has unsubscribed it.</summary>
    public IReadOnlyList<string> Fields { get; internal set; } = [];

    public override IReadOnlyList<Delivery> Deliveries => Post.Deliveries;

    internal MessengerPost Post { get; }

    internal ConcurrentDictionary<string, Media> Attachments { get; } = new();

    /// <summary>Greeting, start button, menu, as set.</summary>
    internal ConcurrentDictionary<string, JsonNode> Profile { get; } = new();

    public new MessengerCustomer Meet(string name, string language = "ru") => (MessengerCustomer)base.Meet(name, language);

    public new MessengerCustomer Meet(Person person) => (MessengerCustomer)base.Meet(person);

    /// <summary>What the app's dashboard does: asks the address for its challenge, and only then delivers there.</summary>
    public async Task<bool> SubscribeAsync(Uri url, string verifyToken)
    {
        if (!await Post.ChallengeAsync(url, verifyToken))
            return false;
        Post.Target = url;
        return true;
    }

    /// <summary>An employee answers in the page's own inbox.</summary>
    /// <returns>The message's id.</returns>
    public string Answer(MessengerCustomer customer, string text)
    {
        lock (Gate)
        {
            var mid = NextMid();
            customer.Chat.Add(new Bubble(mid, Author.Employee, World.Now) { Text = text });
            Publish("message_echoes", customer, Wire.Object(new { mid, is_echo = true, app_id = InboxApp, text }), "message", echo: true);
            return mid;
        }
    }

    /// <summary>Everything that happens meanwhile is delivered at once, in one call.</summary>
    public void Together(Action happens)
    {
        lock (Gate)
        {
            batch = [];
            happens();
            var entries = batch;
            batch = null;
            if (entries.Count > 0)
                Put("batch", Id, entries);
        }
    }

    /// <summary>The page is unsubscribed, as after an hour of failures.</summary>
    public override void DropWebhook() => Fields = [];

    public override Task DeliveredAsync(TimeSpan? patience = null) => Post.QuietAsync(patience ?? TimeSpan.FromSeconds(10));

    internal override void Stop() => Post.Dispose();

    internal static string NextMid() => $"m_{World.Secret(24)}";

    internal MessengerCustomer? Find(string? id) => Customers.Cast<MessengerCustomer>().FirstOrDefault(c => c.Id == id);

    /// <param name="field">What a page must be subscribed to.</param>
    /// <param name="name">Of the event's member.</param>
    /// <param name="echo">From the page, not from the customer.</param>
    internal void Publish(string field, MessengerCustomer customer, JsonObject content, string name, bool echo = false)
    {
        if (Post.Target is null || !Fields.Contains(field))
            return;
        var now = World.Now.Milliseconds();
        var (from, to) = echo ? (Id, customer.Id) : (customer.Id, Id);
        var happened = Wire.Object(new { sender = new { id = from }, recipient = new { id = to }, timestamp = now }).With(name, content);
        var entry = new JsonObject { ["id"] = Id, ["time"] = now, ["messaging"] = new JsonArray(happened) };
        lock (Gate)
        {
            if (batch is not null)
                batch.Add(entry);
            else
                Put(field, customer.Id, [entry]);
        }
    }

    private void Put(string kind, string queue, IReadOnlyList<JsonObject> entries) =>
        Post.Put(new Parcel(Interlocked.Increment(ref lastParcel), queue, kind, MessengerPost.Escaped(Wire.Text(new JsonObject { ["object"] = "page", ["entry"] = Wire.Array(entries) }))));

    private protected override Customer Welcome(Person person) => Keep(new MessengerCustomer(this, person));
}
