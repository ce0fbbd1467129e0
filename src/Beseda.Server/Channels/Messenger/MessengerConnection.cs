using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Beseda.Server.Channels.Messenger;

/// <summary>One page.</summary>
internal sealed class MessengerConnection(ChannelAccess access) : IConnection
{
    private const string SignatureHeader = "X-Hub-Signature-256";
    private const string SignatureStart = "sha256=";
    private const long LargestPicture = 8 * 1024 * 1024;

    private static readonly string[] Fields =
    [
        "messages", "messaging_postbacks", "message_deliveries", "message_reads", "message_echoes", "message_edits", "message_reactions",
        "messaging_referrals",
    ];

    private readonly GraphApi graph = new(access);

    public string VerifyToken => access.Salt;

    public bool Echoes => true;

    private string Page => access.Setting(MessengerPlatform.PageId);

    public async Task<Introduction> IntroduceAsync(CancellationToken stop)
    {
        var me = await graph.GetAsync("me?fields=id,name", stop);
        var id = GraphJson.Text(me, "id") ?? throw new PlatformException(PlatformFault.Account, "the token is nobody's");
        if (Page.Length > 0 && Page != id)
            throw new PlatformException(PlatformFault.Refused, "the token is another page's");
        return new Introduction(
            GraphJson.Text(me, "name") ?? "Messenger", $"https://m.me/{id}", ImmutableSortedDictionary<string, string>.Empty.Add(MessengerPlatform.PageId, id));
    }

    public string Refer(string referral) => $"?ref={referral}";

    public async Task SubscribeAsync(CancellationToken stop)
    {
        await graph.PostAsync("me/subscribed_apps", new JsonObject { ["subscribed_fields"] = string.Join(',', Fields) }, stop);
        // Without it nobody can begin but by writing.
        await graph.PostAsync("me/messenger_profile", new JsonObject { ["get_started"] = new JsonObject { ["payload"] = MessengerUpdates.GetStarted } }, stop);
    }

    public async Task<bool> IsSubscribedAsync(CancellationToken stop) =>
        GraphJson.List(await graph.GetAsync("me/subscribed_apps", stop), "data")
            .Any(app => !Fields.Except(GraphJson.List(app, "subscribed_fields").Select(field => field.ToString())).Any());

    public Task UnsubscribeAsync(CancellationToken stop) => graph.DeleteAsync("me/subscribed_apps", stop);

    public Reading Read(Arrival arrival)
    {
        if (HttpMethods.IsGet(arrival.Method))
            return Greet(arrival.Query);
        var signature = arrival.Headers[SignatureHeader].ToString();
        return signature.StartsWith(SignatureStart, StringComparison.Ordinal)
            && Signature.IsOf(signature[SignatureStart.Length..], access.Secret(MessengerPlatform.AppSecret), arrival.Body)
                ? Reading.Of(MessengerUpdates.Split(arrival.Body, Page))
                : Reading.Forged;
    }

    public Update Parse(ReadOnlyMemory<byte> raw) => MessengerUpdates.Of(raw);

    /// <summary>In the ordinary time; later as a person's answer, where Meta lets this page do that.</summary>
    public async Task<Sent> SendAsync(Part part, CancellationToken stop)
    {
        try
        {
            return await SendAsync(part, "RESPONSE", stop);
        }
        catch (PlatformException late) when (late.Fault == PlatformFault.TooLate && !part.Automatic && access.Setting(MessengerPlatform.HumanAgent) == MessengerPlatform.On)
        {
            return await SendAsync(part, "MESSAGE_TAG", stop);
        }
    }

    public Task EditAsync(string to, string external, string text, CancellationToken stop) => throw Unable();

    public Task DeleteAsync(string to, string external, CancellationToken stop) => throw Unable();

    public Task ShowTypingAsync(string to, CancellationToken stop) => ActAsync(to, "typing_on", stop);

    public Task ShowSeenAsync(string to, string external, CancellationToken stop) => ActAsync(to, "mark_seen", stop);

    public async Task<Person?> WhoIsAsync(string visitor, CancellationToken stop)
    {
        var person = await graph.GetAsync($"{Uri.EscapeDataString(visitor)}?fields=first_name,last_name", stop);
        var name = $"{GraphJson.Text(person, "first_name")} {GraphJson.Text(person, "last_name")}".Trim();
        return name.Length > 0 ? new Person(name) : null;
    }

    public Task<Fetched> FetchAsync(string source, CancellationToken stop) => Web.FetchAsync(access.Abroad, source, stop);

    /// <summary>Whoever sets up the webhook proves with the token that it is theirs, and the door that it is here.</summary>
    private Reading Greet(IQueryCollection query) =>
        query["hub.mode"] == "subscribe"
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(query["hub.verify_token"].ToString()), Encoding.UTF8.GetBytes(access.Salt))
            ? Reading.Only(new Reply(query["hub.challenge"].ToString()))
            : Reading.Forged;

    private async Task<Sent> SendAsync(Part part, string type, CancellationToken stop)
    {
        var message = part.File is { } file ? MessengerButtons.With(Enclose(file), part) : MessengerButtons.Of(part);
        message["metadata"] = $"{MessengerUpdates.Ours}{part.Mark}";
        if (part.ReplyTo is { } answered)
            message["reply_to"] = new JsonObject { ["mid"] = answered };
        var call = new JsonObject { ["recipient"] = new JsonObject { ["id"] = part.To }, ["messaging_type"] = type, ["message"] = message };
        if (type == "MESSAGE_TAG")
            call["tag"] = "HUMAN_AGENT";
        var answer = part.File is { } sent ? await graph.UploadAsync("me/messages", call, sent, stop) : await graph.PostAsync("me/messages", call, stop);
        return GraphJson.Text(answer, "message_id") is { } mid ? new Sent(mid) : throw new PlatformException(PlatformFault.Uncertain, "an answer without an id");
    }

    private static JsonObject Enclose(Attachment file) => new()
    {
        ["attachment"] = new JsonObject
        {
            ["type"] = file.IsPicture && file.File.Size <= LargestPicture ? "image"
                : file.File.ContentType.StartsWith("audio/", StringComparison.Ordinal) ? "audio"
                : file.File.ContentType.StartsWith("video/", StringComparison.Ordinal) ? "video"
                : "file",
            ["payload"] = new JsonObject { ["is_reusable"] = false },
        },
    };

    private Task ActAsync(string to, string action, CancellationToken stop) =>
        graph.PostAsync("me/messages", new JsonObject { ["recipient"] = new JsonObject { ["id"] = to }, ["sender_action"] = action }, stop);

    private static PlatformException Unable() => new(PlatformFault.Refused, "Messenger lets no page change what it has sent");
}
