using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Beseda.Server.Channels.Vk;

/// <summary>One community.</summary>
internal sealed class VkConnection(ChannelAccess access) : IConnection, IPolled, IRecalled
{
    private static readonly Reply Heard = new("ok");
    private static readonly string[] Wanted =
        ["message_new", "message_reply", "message_edit", "message_event", "message_read", "message_typing_state", "message_allow", "message_deny"];

    private readonly VkApi api = new(access);
    private readonly VkListening listening = new(new VkApi(access), access, new VkHistory(new VkApi(access), access), Wanted);

    public bool Polls => Modes.Polls(access);

    public async Task<Introduction> IntroduceAsync(CancellationToken stop)
    {
        var answer = await api.CallAsync("groups.getById", stop);
        var group = (answer.ValueKind == JsonValueKind.Array ? answer : answer.GetProperty("groups"))[0];
        var id = group.GetProperty("id").GetInt64().ToString(CultureInfo.InvariantCulture);
        return new Introduction(
            VkUpdates.Text(group, "name") ?? "VK", $"https://vk.me/{VkUpdates.Text(group, "screen_name") ?? $"club{id}"}",
            ImmutableSortedDictionary<string, string>.Empty.Add(VkPlatform.Group, id));
    }

    public string Refer(string referral) => $"?ref={referral}";

    public Task SubscribeAsync(CancellationToken stop) => Polls ? listening.PollAsync(stop) : listening.TellAsync(stop);

    public async Task<bool> IsSubscribedAsync(CancellationToken stop) => Polls || await listening.IsToldAsync(stop);

    public Task UnsubscribeAsync(CancellationToken stop) => listening.EndAsync(stop);

    public Reading Read(Arrival arrival)
    {
        JsonElement update;
        try
        {
            using var parsed = JsonDocument.Parse(Mending.Of(arrival.Body));
            update = parsed.RootElement.Clone();
        }
        catch (JsonException)
        {
            return Reading.Forged;
        }

        if (update.ValueKind != JsonValueKind.Object || VkUpdates.Number(update, "group_id").ToString(CultureInfo.InvariantCulture) != access.Setting(VkPlatform.Group))
            return Reading.Forged;
        // Asked before the platform knows the secret, and of no worth to anybody else.
        if (VkUpdates.Text(update, "type") == "confirmation")
            return new Reading(true, []) { Ask = async stop => new Reply(await listening.CodeAsync(stop)) };
        var secret = VkUpdates.Text(update, "secret") ?? "";
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(access.Salt))
            ? Reading.Of([VkUpdates.Read(update)], Heard)
            : Reading.Forged;
    }

    public Update Parse(ReadOnlyMemory<byte> raw)
    {
        using var parsed = JsonDocument.Parse(Mending.Of(raw.ToArray()));
        return VkUpdates.Of(parsed.RootElement);
    }

    public Task<string?> BeginAsync(CancellationToken stop) => listening.BeginAsync(stop);

    public Task<Polled> PollAsync(string? cursor, CancellationToken stop) => listening.ListenAsync(cursor, stop);

    public async Task<IReadOnlyList<Item>> RecallAsync(DateTimeOffset since, CancellationToken stop) =>
        await new VkHistory(api, access).SinceAsync(since, stop);

    public async Task<Sent> SendAsync(Part part, CancellationToken stop)
    {
        var attachment = part.File is { } file ? await AttachAsync(part.To, file, stop) : null;
        var reply = part.ReplyTo is { } external
            ? new JsonObject { ["peer_id"] = Peer(part.To), ["conversation_message_ids"] = new JsonArray(Peer(external)), ["is_reply"] = true }.ToJsonString()
            : null;
        // The same random_id again sends nothing, and answers as the first time.
        var answer = await api.CallAsync(
            "messages.send", stop, ("peer_ids", part.To), ("random_id", part.Key), ("message", part.Text), ("attachment", attachment),
            ("keyboard", VkKeyboard.Of(part.Buttons)), ("forward", reply));
        var sent = answer.ValueKind == JsonValueKind.Array ? answer[0] : answer;
        if (sent.ValueKind == JsonValueKind.Object && sent.TryGetProperty("error", out var error))
            throw VkFaults.Of(error);
        var number = VkUpdates.Number(sent, "conversation_message_id");
        return number > 0
            ? new Sent(number.ToString(CultureInfo.InvariantCulture), number)
            : throw new PlatformException(PlatformFault.Uncertain, "an answer without a number");
    }

    public Task EditAsync(string to, string external, string text, CancellationToken stop) =>
        api.CallAsync("messages.edit", stop, ("peer_id", to), ("conversation_message_id", external), ("message", text), ("keep_snippets", 1));

    public Task DeleteAsync(string to, string external, CancellationToken stop) =>
        api.CallAsync("messages.delete", stop, ("peer_id", to), ("cmids", external), ("delete_for_all", 1));

    public Task ShowTypingAsync(string to, CancellationToken stop) => api.CallAsync("messages.setActivity", stop, ("peer_id", to), ("type", "typing"));

    public Task ShowSeenAsync(string to, string external, CancellationToken stop) =>
        api.CallAsync("messages.markAsRead", stop, ("peer_id", to), ("mark_conversation_as_read", 1));

    public Task AnswerPressAsync(Update.Pressed press, CancellationToken stop) => press.Token is { } peer
        ? api.CallAsync("messages.sendMessageEventAnswer", stop, ("event_id", press.Id), ("user_id", press.From), ("peer_id", peer))
        : Task.CompletedTask;

    public async Task<Person?> WhoIsAsync(string visitor, CancellationToken stop)
    {
        var answer = await api.CallAsync("users.get", stop, ("user_ids", visitor), ("fields", "screen_name"));
        return answer.ValueKind == JsonValueKind.Array && answer.GetArrayLength() > 0
            ? new Person($"{VkUpdates.Text(answer[0], "first_name")} {VkUpdates.Text(answer[0], "last_name")}".Trim(), VkUpdates.Text(answer[0], "screen_name"))
            : null;
    }

    public Task<Fetched> FetchAsync(string source, CancellationToken stop) => Web.FetchAsync(access.Abroad, source, stop);

    private async Task<string> AttachAsync(string to, Attachment file, CancellationToken stop)
    {
        if (file.IsPicture)
        {
            var place = await api.CallAsync("photos.getMessagesUploadServer", stop, ("peer_id", to));
            var uploaded = await api.UploadAsync(Url(place), "photo", file, stop);
            var photo = (await api.CallAsync(
                "photos.saveMessagesPhoto", stop, ("server", VkUpdates.Number(uploaded, "server")), ("photo", VkUpdates.Text(uploaded, "photo")),
                ("hash", VkUpdates.Text(uploaded, "hash"))))[0];
            return Named("photo", photo);
        }

        var server = await api.CallAsync("docs.getMessagesUploadServer", stop, ("type", "doc"), ("peer_id", to));
        var document = await api.UploadAsync(Url(server), "file", file, stop);
        if (VkUpdates.Text(document, "file") is not { } ticket)
            throw new PlatformException(PlatformFault.Refused, VkUpdates.Text(document, "error") ?? "the file was not taken");
        var saved = await api.CallAsync("docs.save", stop, ("file", ticket), ("title", file.Name));
        return Named("doc", saved.GetProperty("doc"));
    }

    private static string Url(JsonElement server) =>
        VkUpdates.Text(server, "upload_url") ?? throw new PlatformException(PlatformFault.Later, "no place to upload to");

    private static string Named(string type, JsonElement saved)
    {
        var name = $"{type}{saved.GetProperty("owner_id").GetInt64()}_{saved.GetProperty("id").GetInt64()}";
        return VkUpdates.Text(saved, "access_key") is { } key ? $"{name}_{key}" : name;
    }

    private static long Peer(string number) => long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var peer)
        ? peer
        : throw new PlatformException(PlatformFault.Refused, "no number");
}
