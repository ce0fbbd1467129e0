using System.Globalization;
using System.Text.Json;

namespace Beseda.Server.Channels.Vk;

/// <summary>How a community's events come: told by the callback API, or asked for by the bots' long poll.</summary>
internal sealed class VkListening(VkApi api, ChannelAccess access, VkHistory history, string[] wanted)
{
    private const string Version = "5.199";
    private const string Title = "Beseda";
    private const int MaxSecret = 50;
    private const int WaitSeconds = 25;
    private static readonly TimeSpan Confirmation = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private (string Server, string Key, string Ts)? place;

    private string Group => access.Setting(VkPlatform.Group);

    private string Secret => access.Salt.Length <= MaxSecret ? access.Salt : access.Salt[..MaxSecret];

    /// <summary>What the platform wants to hear before it believes that the address is ours. It changes when the server is edited.</summary>
    public async Task<string> CodeAsync(CancellationToken stop) =>
        VkUpdates.Text(await api.CallAsync("groups.getCallbackConfirmationCode", stop, ("group_id", Group)), "code")
        ?? throw new PlatformException(PlatformFault.Later, "no confirmation code");

    public async Task TellAsync(CancellationToken stop)
    {
        var door = access.Door!.ToString();
        var known = await FindAsync(stop);
        var server = known is { } found
            ? VkUpdates.Number(found, "id")
            : VkUpdates.Number(await api.CallAsync(
                "groups.addCallbackServer", stop, ("group_id", Group), ("url", door), ("title", Title), ("secret_key", Secret)), "server_id");
        // A server that failed is asked to confirm itself once more when it is edited.
        if (known is { } old && VkUpdates.Text(old, "status") != "ok")
            await api.CallAsync(
                "groups.editCallbackServer", stop, ("group_id", Group), ("server_id", server), ("url", door), ("title", Title), ("secret_key", Secret));
        await api.CallAsync("groups.setCallbackSettings", stop, [("group_id", Group), ("server_id", server), ("api_version", Version), .. Events()]);
        await ConfirmedAsync(stop);
    }

    /// <summary>Until it believes that the address is ours it tells nothing, and what happens meanwhile is never told.</summary>
    private async Task ConfirmedAsync(CancellationToken stop)
    {
        for (var asked = access.Clock.GetTimestamp(); !await IsToldAsync(stop);)
        {
            if (access.Clock.GetElapsedTime(asked) > Confirmation)
                throw new PlatformException(PlatformFault.Later, "the platform has not confirmed the address");
            await Task.Delay(Look, access.Clock, stop);
        }
    }

    public async Task<bool> IsToldAsync(CancellationToken stop) => await FindAsync(stop) is { } server && VkUpdates.Text(server, "status") == "ok";

    public async Task PollAsync(CancellationToken stop)
    {
        await EndAsync(stop);
        await api.CallAsync("groups.setLongPollSettings", stop, [("group_id", Group), ("enabled", 1), ("api_version", Version), .. Events()]);
    }

    public async Task EndAsync(CancellationToken stop)
    {
        if (access.Door is not null && await FindAsync(stop) is { } server)
            await api.CallAsync("groups.deleteCallbackServer", stop, ("group_id", Group), ("server_id", VkUpdates.Number(server, "id")));
    }

    public async Task<string?> BeginAsync(CancellationToken stop) => $"{Now((await OpenAsync(stop)).Ts)}";

    /// <param name="cursor">A <see cref="VkCursor"/>, or its <c>ts</c> alone: the last that was dealt with.</param>
    public async Task<Polled> ListenAsync(string? cursor, CancellationToken stop)
    {
        var (server, key, ts) = place ?? await OpenAsync(stop);
        var from = VkCursor.Read(cursor) ?? Now(cursor ?? ts);
        var answer = await api.GetAsync(new Uri($"{server}?act=a_check&key={Uri.EscapeDataString(key)}&ts={Uri.EscapeDataString(from.Ts)}&wait={WaitSeconds}"), stop);
        switch (VkUpdates.Number(answer, "failed"))
        {
            // What happened meanwhile is not told any more; from here on it is.
            case 1:
                return await CatchUpAsync(from, Ts(answer) ?? from.Ts, stop);
            case 2:
                place = null;
                return new Polled([], $"{from}");
            case 3:
                return await CatchUpAsync(from, (await OpenAsync(stop)).Ts, stop);
        }

        return answer.TryGetProperty("updates", out var updates) && updates.ValueKind == JsonValueKind.Array
            ? new Polled([.. updates.EnumerateArray().Select(VkUpdates.Read)], Ts(answer) is { } reached && reached != from.Ts ? $"{Now(reached)}" : $"{from}")
            : throw new PlatformException(PlatformFault.Later, "a long poll without updates");
    }

    private async Task<Polled> CatchUpAsync(VkCursor from, string ts, CancellationToken stop)
    {
        var now = Now(ts);
        return new Polled(await history.SinceAsync(from.At, stop), $"{now}");
    }

    private VkCursor Now(string ts) => new(ts, access.Clock.GetUtcNow());

    private async Task<(string Server, string Key, string Ts)> OpenAsync(CancellationToken stop)
    {
        var opened = await api.CallAsync("groups.getLongPollServer", stop, ("group_id", Group));
        place = (VkUpdates.Text(opened, "server") ?? "", VkUpdates.Text(opened, "key") ?? "", Ts(opened) ?? "0");
        return place.Value;
    }

    private async Task<JsonElement?> FindAsync(CancellationToken stop)
    {
        var answer = await api.CallAsync("groups.getCallbackServers", stop, ("group_id", Group));
        return answer.GetProperty("items").EnumerateArray().Where(one => VkUpdates.Text(one, "url") == access.Door?.ToString())
            .Select(one => (JsonElement?)one).FirstOrDefault();
    }

    private IEnumerable<(string, object?)> Events() => wanted.Select(name => (name, (object?)1));

    private static string? Ts(JsonElement answer) =>
        answer.TryGetProperty("ts", out var ts)
            ? ts.ValueKind == JsonValueKind.Number ? ts.GetInt64().ToString(CultureInfo.InvariantCulture) : ts.GetString()
            : null;
}
