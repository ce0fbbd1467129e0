using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Beseda.Server.Channels.Vk;

/// <summary>Calls of the API as a community: form in, JSON out, and HTTP 200 for refusals too.</summary>
internal sealed class VkApi(ChannelAccess access)
{
    private const string Version = "5.199";

    private readonly Uri root = new(access.Api.Or(VkPlatform.Standard), "method/");

    /// <returns>What stands under <c>response</c>.</returns>
    /// <exception cref="PlatformException">It refused.</exception>
    public async Task<JsonElement> CallAsync(string method, CancellationToken stop, params (string Name, object? Value)[] arguments)
    {
        var form = arguments.Where(one => one.Value is not null)
            .Select(one => KeyValuePair.Create(one.Name, Convert.ToString(one.Value, CultureInfo.InvariantCulture) ?? ""))
            .Append(KeyValuePair.Create("access_token", access.Secret(VkPlatform.Token))).Append(KeyValuePair.Create("v", Version));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(root, method)) { Content = new FormUrlEncodedContent(form) };
        using var answer = await access.Http.SendAsync(request, stop);
        var told = await ReadAsync(answer, stop);
        if (told.TryGetProperty("error", out var error))
            throw VkFaults.Of(error);
        return told.TryGetProperty("response", out var response)
            ? response
            : throw new PlatformException(PlatformFault.Uncertain, "neither an answer nor an error");
    }

    /// <summary>Asks the server of the long poll, which has an address and a shape of its own.</summary>
    public async Task<JsonElement> GetAsync(Uri url, CancellationToken stop)
    {
        using var answer = await access.Http.GetAsync(url, stop);
        return await ReadAsync(answer, stop);
    }

    /// <summary>Brings a file to an address that the platform named.</summary>
    public async Task<JsonElement> UploadAsync(string url, string field, Attachment file, CancellationToken stop)
    {
        await using var content = await file.Open();
        using var part = new StreamContent(content);
        part.Headers.ContentType = MediaTypeHeaderValue.Parse(file.File.ContentType);
        using var body = new MultipartFormDataContent { { part, field, file.Name } };
        using var answer = await access.Http.PostAsync(new Uri(url), body, stop);
        return await ReadAsync(answer, stop);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer, CancellationToken stop)
    {
        if (!answer.IsSuccessStatusCode)
            throw new PlatformException((int)answer.StatusCode < 500 ? PlatformFault.Later : PlatformFault.Uncertain, $"HTTP {(int)answer.StatusCode}");
        try
        {
            return (await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(stop), cancellationToken: stop)).RootElement;
        }
        catch (JsonException)
        {
            throw new PlatformException(PlatformFault.Uncertain, "the answer is no JSON");
        }
    }
}
