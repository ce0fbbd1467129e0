using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Beseda.Platforms.Calls;
using Beseda.Platforms.Deliveries;

namespace Beseda.Platforms.Telegram;

/// <summary>A bot's updates: one store, emptied either by the webhook or by polling, never both.</summary>
internal sealed partial class TelegramUpdates
{
    /// <summary>Comes only to who asks for it by name.</summary>
    private static readonly string[] OnlyIfAsked = ["chat_member", "message_reaction", "message_reaction_count"];

    private readonly TelegramBot bot;
    private readonly Lock gate = new();
    private long lastUpdate;
    private int turn;
    private bool interruptedByWebhook;
    private string[] allowed = [];
    private int connections = 40;

    public TelegramUpdates(TelegramBot bot)
    {
        this.bot = bot;
        lastUpdate = bot.World.NextNumber();
        Post = new TelegramPost(bot, bot.Platform.Faults);
    }

    public TelegramPost Post { get; }

    /// <param name="queue">Updates of one queue are delivered one after another.</param>
    public void Publish(string kind, string queue, JsonObject content)
    {
        if (allowed.Length > 0 ? !allowed.Contains(kind) : OnlyIfAsked.Contains(kind))
            return;
        lock (gate)
        {
            var update = new JsonObject { ["update_id"] = ++lastUpdate, [kind] = content.DeepClone() };
            Post.Put(new Parcel(lastUpdate, queue, kind, Wire.Text(update)));
        }
    }

    public string SetWebhook(Arguments arguments)
    {
        var url = arguments.Text("url");
        if (string.IsNullOrEmpty(url))
            return DeleteWebhook(arguments);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var target) || target.Scheme is not ("http" or "https"))
            throw TelegramRefusal.BadRequest("bad webhook: An HTTPS URL must be provided for webhook");
        var secret = arguments.Text("secret_token") ?? "";
        if (secret.Length > 256)
            throw TelegramRefusal.BadRequest("secret token is too long");
        if (!Unreserved().IsMatch(secret))
            throw TelegramRefusal.BadRequest("secret token contains unallowed characters");
        Prepare(arguments);
        connections = (int)Math.Clamp(arguments.Number("max_connections") ?? 40, 1, 100);
        var same = Post.Target == target && Post.Secret == secret;
        Post.Secret = secret;
        interruptedByWebhook = true;
        Interlocked.Increment(ref turn);
        Post.Target = target;
        return same ? "Webhook is already set" : "Webhook was set";
    }

    public string DeleteWebhook(Arguments arguments)
    {
        var was = Post.Target is not null;
        Post.Target = null;
        Post.Secret = "";
        if (arguments.Flag("drop_pending_updates"))
            Post.Forget(_ => true);
        return was ? "Webhook was deleted" : "Webhook is already deleted";
    }

    public JsonObject WebhookState() => Wire.Object(new
    {
        url = Post.Target?.AbsoluteUri ?? "",
        has_custom_certificate = false,
        pending_update_count = Post.Pending.Count,
        ip_address = Post.Target is null ? null : "127.0.0.1",
        last_error_date = Post.LastError?.At.Seconds(),
        last_error_message = Post.LastError?.What,
        max_connections = Post.Target is null ? null : (int?)connections,
        allowed_updates = allowed.Length > 0 ? allowed : null,
    });

    /// <summary>A later poll ends an earlier one, and so does a webhook.</summary>
    public async Task<JsonArray> PollAsync(Arguments arguments, CancellationToken gone)
    {
        if (Post.Target is not null)
            throw TelegramRefusal.Conflict("can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first");
        Prepare(arguments);
        interruptedByWebhook = false;
        var mine = Interlocked.Increment(ref turn);
        Post.Changed.Pulse();
        var offset = arguments.Number("offset") ?? 0;
        if (offset < 0)
            offset = Post.Pending.TakeLast((int)-offset).FirstOrDefault()?.Number ?? 0;
        Post.Forget(parcel => parcel.Number < offset);
        var limit = (int)Math.Clamp(arguments.Number("limit") ?? 100, 1, 100);
        var wait = TimeSpan.FromSeconds(Math.Clamp(arguments.Number("timeout") ?? 0, 0, 50));
        var found = await Post.Changed.UntilAsync(() => turn != mine ? [] : Post.Pending.Take(limit).ToArray() is { Length: > 0 } some ? some : null, wait, gone);
        if (turn != mine)
            throw TelegramRefusal.Conflict(interruptedByWebhook ? "terminated by setWebhook request" : "terminated by other getUpdates request; make sure that only one bot instance is running");
        return Wire.Array(Disturb(found ?? []).Select(parcel => JsonNode.Parse(parcel.Body)));
    }

    private void Prepare(Arguments arguments)
    {
        if (arguments.Json("allowed_updates") is JsonArray kinds)
            allowed = [.. kinds.Select(kind => kind!.ToString())];
        if (arguments.Flag("drop_pending_updates"))
            Post.Forget(_ => true);
    }

    /// <summary>What the webhook meets in time, a poll meets in one answer.</summary>
    private IEnumerable<Parcel> Disturb(Parcel[] parcels)
    {
        var faults = bot.Platform.Faults;
        var all = faults.Duplicate ? parcels.SelectMany(parcel => new[] { parcel, parcel }) : parcels;
        return faults.Disorder > TimeSpan.Zero ? all.OrderBy(_ => bot.World.Chance(int.MaxValue)) : all;
    }

    [GeneratedRegex("^[A-Za-z0-9_-]*$")]
    private static partial Regex Unreserved();
}
