using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Beseda.Server.Channels.Viber;

/// <summary>Calls as a bot: JSON in, JSON out, and HTTP 200 for refusals too.</summary>
internal sealed class ViberApi(ChannelAccess access)
{
    private readonly Uri root = new(access.Api.Or(ViberPlatform.Standard), "pa/");

    /// <exception cref="PlatformException">It refused.</exception>
    public async Task<JsonElement> CallAsync(string endpoint, JsonObject arguments, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(root, endpoint)) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(arguments.ToJsonString())) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        // A token is whatever somebody pasted; one that no header can hold is no token.
        if (!request.Headers.TryAddWithoutValidation("X-Viber-Auth-Token", access.Secret(ViberPlatform.Token)))
            throw ViberFaults.Of(2, "invalidAuthToken");
        using var answer = await access.Http.SendAsync(request, stop);
        if (!answer.IsSuccessStatusCode)
            throw ViberFaults.OfHttp((int)answer.StatusCode);
        JsonElement told;
        try
        {
            using var parsed = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(stop), cancellationToken: stop);
            told = parsed.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw new PlatformException(PlatformFault.Uncertain, "the answer is no JSON");
        }

        var status = told.ValueKind == JsonValueKind.Object && told.TryGetProperty("status", out var number) && number.TryGetInt32(out var read) ? read : -1;
        return status == 0 ? told : throw ViberFaults.Of(status, ViberUpdates.Text(told, "status_message"));
    }
}
