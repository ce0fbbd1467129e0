using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Beseda.Server.Channels.Viber;

/// <summary>One bot.</summary>
internal sealed class ViberConnection(ChannelAccess access) : IConnection
{
    private const string SignatureHeader = "X-Viber-Content-Signature";
    private const int LongestSender = 28;
    private const int LongestFileName = 256;
    private const long LargestVideo = 26 * 1024 * 1024;

    private static readonly string[] Wanted = ["delivered", "seen", "failed", "subscribed", "unsubscribed", "conversation_started"];

    private readonly ViberApi api = new(access);

    public async Task<Introduction> IntroduceAsync(CancellationToken stop)
    {
        if (access.Door is null)
            throw new PlatformException(PlatformFault.Refused, "a public address is needed: --public-url");
        var account = await api.CallAsync("get_account_info", [], stop);
        var uri = ViberUpdates.Text(account, "uri");
        return new Introduction(
            ViberUpdates.Text(account, "name") ?? "Viber", uri is { Length: > 0 } ? $"viber://pa?chatURI={Uri.EscapeDataString(uri)}" : null,
            ImmutableSortedDictionary<string, string>.Empty);
    }

    public string Refer(string referral) => $"&context={referral}";

    /// <summary>Viber calls the door before it answers this.</summary>
    public Task SubscribeAsync(CancellationToken stop) => api.CallAsync(
        "set_webhook",
        new JsonObject
        {
            ["url"] = Door,
            ["event_types"] = new JsonArray([.. Wanted.Select(kind => JsonValue.Create(kind))]),
            ["send_name"] = true,
            ["send_photo"] = false,
        }, stop);

    public async Task<bool> IsSubscribedAsync(CancellationToken stop) =>
        ViberUpdates.Text(await api.CallAsync("get_account_info", [], stop), "webhook") == Door;

    public Task UnsubscribeAsync(CancellationToken stop) => api.CallAsync("set_webhook", new JsonObject { ["url"] = "" }, stop);

    public Reading Read(Arrival arrival) => Signature.IsOf(arrival.Headers[SignatureHeader].ToString(), access.Secret(ViberPlatform.Token), arrival.Body)
        ? Reading.Of([ViberUpdates.Read(arrival.Body)])
        : Reading.Forged;

    public Update Parse(ReadOnlyMemory<byte> raw) => ViberUpdates.Read(raw.ToArray()).Update;

    public Reply? Welcome(string text)
    {
        var message = Begin();
        message["type"] = "text";
        message["text"] = text;
        return new Reply(message.ToJsonString(), "application/json");
    }

    public async Task<Sent> SendAsync(Part part, CancellationToken stop)
    {
        var message = Begin();
        message["receiver"] = part.To;
        foreach (var (name, value) in Content(part))
            message[name] = value?.DeepClone();
        if (ViberKeyboard.Of(part) is { } keyboard)
        {
            message["keyboard"] = keyboard;
            message["min_api_version"] = ViberKeyboard.MinApiVersion;
        }

        var answer = await api.CallAsync("send_message", message, stop);
        return ViberUpdates.Token(answer) is { } token ? new Sent(token) : throw new PlatformException(PlatformFault.Uncertain, "an answer without a token");
    }

    public Task EditAsync(string to, string external, string text, CancellationToken stop) => throw Unable();

    public Task DeleteAsync(string to, string external, CancellationToken stop) => throw Unable();

    public Task<Fetched> FetchAsync(string source, CancellationToken stop) => Web.FetchAsync(access.Abroad, source, stop);

    private string Door => access.Door?.ToString() ?? throw new PlatformException(PlatformFault.Refused, "a public address is needed: --public-url");

    private JsonObject Begin()
    {
        var name = access.Channel.Name is { Length: > 0 } called ? called : "Beseda";
        var most = name.Length <= LongestSender ? name.Length : char.IsHighSurrogate(name[LongestSender - 1]) ? LongestSender - 1 : LongestSender;
        return new JsonObject { ["min_api_version"] = 1, ["sender"] = new JsonObject { ["name"] = name[..most] } };
    }

    private static JsonObject Content(Part part)
    {
        if (part.File is not { } file)
            return new JsonObject { ["type"] = "text", ["text"] = part.Text };
        // What moves would stand still as a JPEG.
        if (file.Photo is { } photo && file.File.ContentType != "image/gif")
            return new JsonObject { ["type"] = "picture", ["text"] = part.Text, ["media"] = photo.ToString() };
        var url = file.Url?.AbsoluteUri ?? throw new PlatformException(PlatformFault.Refused, "a public address is needed: --public-url");
        return file.File is { ContentType: "video/mp4", Size: <= LargestVideo }
            ? new JsonObject { ["type"] = "video", ["media"] = url, ["size"] = file.File.Size }
            : new JsonObject { ["type"] = "file", ["media"] = url, ["size"] = file.File.Size, ["file_name"] = Named(file.Name) };
    }

    /// <summary>What is shortened keeps what it ends in.</summary>
    private static string Named(string name) => name.Length <= LongestFileName ? name : name[^LongestFileName..];

    private static PlatformException Unable() => new(PlatformFault.Refused, "Viber lets no bot change what it has sent");
}
