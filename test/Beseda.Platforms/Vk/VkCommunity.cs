using System.Globalization;
using System.Text.Json.Nodes;
using Beseda.Platforms.Calls;
using Beseda.Platforms.Customers;
using Beseda.Platforms.Deliveries;

namespace Beseda.Platforms.Vk;

/// <summary>A community, its messages, its callback servers and its long poll.</summary>
public sealed class VkCommunity : Account
{
    private readonly List<VkServer> servers = [];
    private readonly List<Delivery> former = [];
    private int lastServer;
    private long lastMessage = 900;

    internal VkCommunity(VkPlatform platform, string id, string name, string token) : base(platform, id, name, token)
    {
        Files = new VkFiles(this);
        LongPoll = new VkLongPoll(this);
    }

    public long Number => long.Parse(Id, CultureInfo.InvariantCulture);

    /// <summary>What a callback server says to be believed. It may change when servers are edited.</summary>
    public string ConfirmationCode { get; internal set; } = World.Secret(4);

    public IReadOnlyList<VkServer> Servers
    {
        get
        {
            lock (Gate)
                return [.. servers];
        }
    }

    /// <summary>Of all callback servers, also of those removed since.</summary>
    public override IReadOnlyList<Delivery> Deliveries
    {
        get
        {
            lock (Gate)
                return [.. former, .. servers.SelectMany(server => server.Post.Deliveries)];
        }
    }

    public VkLongPoll LongPoll { get; }

    internal VkFiles Files { get; }

    public new VkCustomer Meet(string name, string language = "ru") => (VkCustomer)base.Meet(name, language);

    public new VkCustomer Meet(Person person) => (VkCustomer)base.Meet(person);

    /// <summary>An employee answers on the community's own page.</summary>
    /// <param name="admin">Their number.</param>
    /// <returns>The message's id.</returns>
    public string Answer(VkCustomer customer, string text, long admin = 55)
    {
        lock (Gate)
        {
            var message = customer.Compose(fromCustomer: false, Wire.Object(new { text, admin_author_id = admin }));
            customer.Chat.Add(new Bubble(message["id"]!.ToString(), Author.Employee, World.Now) { Text = text });
            Publish("message_reply", customer.Id, message);
            return message["id"]!.ToString();
        }
    }

    /// <summary>Puts the customer on the community's blacklist, or takes them off.</summary>
    public void Ban(VkCustomer customer, bool banned = true, long admin = 55)
    {
        customer.Banned = banned;
        Publish(banned ? "user_block" : "user_unblock", customer.Id, banned
            ? Wire.Object(new { admin_id = admin, user_id = customer.Person.Number, unblock_date = 0, reason = 0, comment = "" })
            : Wire.Object(new { admin_id = admin, user_id = customer.Person.Number, by_end_date = 0 }));
    }

    /// <summary>Removes every callback server.</summary>
    public override void DropWebhook()
    {
        foreach (var server in Servers)
            Remove(server);
    }

    public override Task DeliveredAsync(TimeSpan? patience = null) =>
        Task.WhenAll(Servers.Select(server => server.Post.QuietAsync(patience ?? TimeSpan.FromSeconds(10))));

    internal override void Stop()
    {
        foreach (var server in Servers)
            server.Post.Dispose();
    }

    internal VkServer Add(string title, Uri url, string secret)
    {
        var server = new VkServer(this, Interlocked.Increment(ref lastServer), title) { Url = url, Secret = secret };
        lock (Gate)
            servers.Add(server);
        return server;
    }

    internal void Remove(VkServer server)
    {
        lock (Gate)
        {
            if (servers.Remove(server))
                former.AddRange(server.Post.Deliveries);
        }
        server.Post.Dispose();
    }

    internal long NextMessage() => Interlocked.Increment(ref lastMessage);

    internal VkCustomer? Peer(long number) => Customers.Cast<VkCustomer>().FirstOrDefault(c => c.Person.Number == number);

    /// <summary>Tells every callback server that wants to know, and the long poll.</summary>
    internal void Publish(string type, string peer, JsonObject content)
    {
        var id = World.Secret(20);
        foreach (var server in Servers)
            server.Publish(type, peer, content, id);
        LongPoll.Publish(type, content, id);
    }

    private protected override Customer Welcome(Person person) => Keep(new VkCustomer(this, person));
}
