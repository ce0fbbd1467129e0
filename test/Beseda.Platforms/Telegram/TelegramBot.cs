using System.Globalization;
using System.Text.Json.Nodes;
using Beseda.Platforms.Calls;
using Beseda.Platforms.Customers;
using Beseda.Platforms.Deliveries;

namespace Beseda.Platforms.Telegram;

/// <summary>A bot and the private chats with it.</summary>
public sealed class TelegramBot : Account
{
    private readonly Dictionary<string, TelegramCustomer> openQueries = [];
    private int lastMessage;

    internal TelegramBot(TelegramPlatform platform, string id, string name, string token) : base(platform, id, name, token)
    {
        Updates = new TelegramUpdates(this);
        Files = new TelegramFiles();
    }

    public string Username => $"beseda_{Id}_bot";

    /// <summary>Where updates are delivered; null while nothing is set.</summary>
    public Uri? Webhook => Updates.Post.Target;

    public override IReadOnlyList<Delivery> Deliveries => Updates.Post.Deliveries;

    /// <summary>How many updates are neither delivered nor confirmed.</summary>
    public int PendingUpdates => Updates.Post.Pending.Count;

    internal TelegramUpdates Updates { get; }

    internal TelegramFiles Files { get; }

    public new TelegramCustomer Meet(string name, string language = "ru") => (TelegramCustomer)base.Meet(name, language);

    public new TelegramCustomer Meet(Person person) => (TelegramCustomer)base.Meet(person);

    /// <summary>Tells of something that no customer here can do, in whatever shape.</summary>
    public void Tell(string kind, JsonObject content) => Updates.Publish(kind, kind, content);

    public override void DropWebhook() => Updates.DeleteWebhook(Arguments.Of([]));

    public override Task DeliveredAsync(TimeSpan? patience = null) => Updates.Post.QuietAsync(patience ?? TimeSpan.FromSeconds(10));

    internal override void Stop() => Updates.Post.Dispose();

    /// <summary>As <c>from</c> of its messages.</summary>
    internal JsonObject AsUser() => Wire.Object(new { id = long.Parse(Id, CultureInfo.InvariantCulture), is_bot = true, first_name = Name, username = Username });

    internal int NextMessage() => Interlocked.Increment(ref lastMessage);

    /// <summary>The chat a call names, provided the person lets the bot write there.</summary>
    internal TelegramCustomer Chat(Arguments arguments, bool writing = true)
    {
        if (!arguments.Has("chat_id"))
            throw TelegramRefusal.BadRequest("chat_id is empty");
        var customer = Customers.Cast<TelegramCustomer>().FirstOrDefault(c => c.Id == arguments.Text("chat_id"))
            ?? throw TelegramRefusal.BadRequest("chat not found");
        if (writing && customer.Deactivated)
            throw TelegramRefusal.Forbidden("user is deactivated");
        if (writing && customer.Chat.Blocked)
            throw TelegramRefusal.Forbidden("bot was blocked by the user");
        if (writing && !customer.Chat.Started)
            throw TelegramRefusal.Forbidden("bot can't initiate conversation with a user");
        return customer;
    }

    /// <summary>A press that waits for its answer.</summary>
    internal string OpenQuery(TelegramCustomer pressed)
    {
        var id = $"{World.NextNumber()}{World.NextNumber()}";
        lock (Gate)
            openQueries[id] = pressed;
        return id;
    }

    /// <returns>Who pressed; null when nobody did, or the press is answered.</returns>
    internal TelegramCustomer? CloseQuery(string? id)
    {
        lock (Gate)
            return id is not null && openQueries.Remove(id, out var pressed) ? pressed : null;
    }

    private protected override Customer Welcome(Person person) => Keep(new TelegramCustomer(this, person));
}
