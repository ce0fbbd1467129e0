using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Beseda.Server.Channels.Messenger;

/// <summary>Calls of the Graph API as a page, each with the proof that the app itself makes it.</summary>
internal sealed class GraphApi(ChannelAccess access)
{
    private readonly Uri root = new(access.Api.Or(MessengerPlatform.Standard), $"{MessengerPlatform.Version}/");

    /// <param name="path">With its query, if any.</param>
    /// <exception cref="PlatformException">It refused.</exception>
    public Task<JsonElement> GetAsync(string path, CancellationToken stop) => CallAsync(HttpMethod.Get, path, null, stop);

    public Task<JsonElement> PostAsync(string path, JsonObject arguments, CancellationToken stop) =>
        CallAsync(HttpMethod.Post, path, new StringContent(arguments.ToJsonString(), Encoding.UTF8, "application/json"), stop);

    public Task<JsonElement> DeleteAsync(string path, CancellationToken stop) => CallAsync(HttpMethod.Delete, path, null, stop);

    /// <summary>A call that brings a file: objects stand in the form as text.</summary>
    public async Task<JsonElement> UploadAsync(string path, JsonObject arguments, Attachment file, CancellationToken stop)
    {
        await using var content = await file.Open();
        using var body = new MultipartFormDataContent();
        foreach (var (name, value) in arguments)
            body.Add(new StringContent(value is JsonValue text ? text.ToString() : value!.ToJsonString()), name);
        var part = new StreamContent(content);
        part.Headers.ContentType = MediaTypeHeaderValue.Parse(file.File.ContentType);
        body.Add(part, "filedata", file.Name);
        return await CallAsync(HttpMethod.Post, path, body, stop);
    }

    private async Task<JsonElement> CallAsync(HttpMethod method, string path, HttpContent? body, CancellationToken stop)
    {
        var token = access.Secret(MessengerPlatform.Token);
        var proof = Signature.Of(access.Secret(MessengerPlatform.AppSecret), Encoding.UTF8.GetBytes(token));
        using var request = new HttpRequestMessage(method, new Uri(root, $"{path}{(path.Contains('?') ? '&' : '?')}appsecret_proof={proof}")) { Content = body };
        // Not in the address: those are logged everywhere.
        if (!request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}"))
            throw new PlatformException(PlatformFault.Account, "190");
        using var answer = await access.Http.SendAsync(request, stop);
        JsonElement told;
        try
        {
            using var parsed = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(stop), cancellationToken: stop);
            told = parsed.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw answer.IsSuccessStatusCode ? new PlatformException(PlatformFault.Uncertain, "the answer is no JSON") : MessengerFaults.OfHttp((int)answer.StatusCode);
        }

        if (GraphJson.Find(told, "error") is { } error)
            throw MessengerFaults.Of((int)answer.StatusCode, error);
        return answer.IsSuccessStatusCode ? told : throw MessengerFaults.OfHttp((int)answer.StatusCode);
    }
}
