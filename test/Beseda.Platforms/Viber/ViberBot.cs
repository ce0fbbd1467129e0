using System.Text.Json.Nodes;
using Beseda.Platforms.Calls;
using Beseda.Platforms.Customers;
using Beseda.Platforms.Deliveries;

namespace Beseda.Platforms.Viber;

/// <summary>A bot and the people who have its chat open.</summary>
public sealed class ViberBot : Account
{
    private static readonly string[] Optional = ["delivered", "seen", "failed", "subscribed", "unsubscribed", "conversation_started"];

    private long lastToken = 5_700_000_000_000_000_000;
    private long lastParcel;

    internal ViberBot(ViberPlatform platform, string id, string name, string token) : base(platform, id, name, token) => Post = new ViberPost(this);

    /// <summary>Null while nothing is set.</summary>
    public Uri? Webhook => Post.Target;

    public override IReadOnlyList<Delivery> Deliveries => Post.Deliveries;

    internal ViberPost Post { get; }

    internal IReadOnlyList<string> Events { get; private set; } = Optional;

    public new ViberCustomer Meet(string name, string language = "ru") => (ViberCustomer)base.Meet(name, language);

    public new ViberCustomer Meet(Person person) => (ViberCustomer)base.Meet(person);

    public override void DropWebhook() => Post.Target = null;

    public override Task DeliveredAsync(TimeSpan? patience = null) => Post.QuietAsync(patience ?? TimeSpan.FromSeconds(10));

    internal override void Stop() => Post.Dispose();

    /// <summary>Larger than a double can hold.</summary>
    internal long NextToken() => Interlocked.Add(ref lastToken, 1_000_003);

    internal ViberCustomer? Find(string? id) => Customers.Cast<ViberCustomer>().FirstOrDefault(c => c.Id == id);

    /// <summary>The endpoint must answer a call of its own before it is taken.</summary>
    internal async Task SetWebhookAsync(Uri? url, IReadOnlyList<string> events)
    {
        Events = events;
        if (url is not null && !await Post.GreetAsync(url))
            throw new ViberRefusal(1, "Failed to receive a response from the webhook");
        Post.Target = url;
    }

    /// <summary>Nothing is kept for a webhook that is not there.</summary>
    internal void Publish(string kind, string user, JsonObject content)
    {
        if (Post.Target is null || (Optional.Contains(kind) && !Events.Contains(kind)))
            return;
        var update = Wire.Object(new { @event = kind, timestamp = World.Now.Milliseconds(), chat_hostname = "SN-CHAT-05_" });
        foreach (var (name, value) in content)
            update[name] = value?.DeepClone();
        Post.Put(new Parcel(Interlocked.Increment(ref lastParcel), user, kind, Wire.Text(update)));
    }

    private protected override Customer Welcome(Person person) => Keep(new ViberCustomer(this, person));
}
