using System.Globalization;
using Beseda.Server.Doors;

namespace Beseda.Server.Channels;

/// <summary><c>/channels/ADDRESS</c>: where platforms say what has happened. It is on the disk before they are answered.</summary>
internal static class ChannelDoor
{
    /// <summary>The longest batch that any platform sends.</summary>
    private const int MostBytes = 4 * 1024 * 1024;

    public static void MapChannels(this IEndpointRouteBuilder app) =>
        app.MapMethods("/channels/{address}", [HttpMethods.Get, HttpMethods.Post], Receive).ExcludeFromDescription();

    private static async Task<IResult> Receive(
        string address, HttpContext http, InstallKey key, ChatJournal journal, Connections connections, Intake intake)
    {
        if (DoorAddress.Read(key, address) is not var (account, id))
            return Problems.NotFound("channel-not-found", "There is no such channel.");
        var state = await journal.StateAsync(account);
        if (state.Channels.GetValueOrDefault(id) is not { Enabled: true } channel || connections.Of(account, channel) is not { } connected)
            return Problems.NotFound("channel-not-found", "There is no such channel.");

        if (await BodyAsync(http) is not { } body)
            return Problems.Of(413, "too-large", "The request is too large.");
        var reading = connected.Connection.Read(new Arrival(body, http.Request.Headers, http.Request.Query, http.Request.Method));
        if (!reading.Authentic)
            return Problems.Of(403, "not-authentic", "This does not come from the platform.");
        if (await intake.TakeAsync(account, connected, reading.Items, http.RequestAborted) is { } later)
        {
            http.Response.Headers.RetryAfter = Math.Ceiling(later.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return Problems.Overloaded();
        }

        var reply = reading.Reply ?? (reading.Ask is { } ask ? await ask(http.RequestAborted) : null) ?? Intake.Welcome(state, connected, reading.Items);
        return reply is null ? TypedResults.Ok() : TypedResults.Bytes(reply.Bytes, reply.ContentType) is var bytes && reply.Status == 200
            ? bytes
            : TypedResults.Text(reply.Body, reply.ContentType, statusCode: reply.Status);
    }

    /// <returns>Null: it is too long.</returns>
    private static async Task<byte[]?> BodyAsync(HttpContext http)
    {
        if (http.Request.ContentLength > MostBytes)
            return null;
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted)) > 0)
        {
            if (body.Length + read > MostBytes)
                return null;
            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }
}
