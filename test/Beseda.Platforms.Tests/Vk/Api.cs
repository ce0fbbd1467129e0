using System.Net.Http.Headers;
using System.Text.Json;
using Beseda.Platforms.Vk;

namespace Beseda.Platforms.Tests.Vk;

/// <summary>VK's API as a program calls it that has read its pages.</summary>
internal sealed class Api(Town town, VkCommunity community) : IDisposable
{
    private readonly HttpClient http = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>What stands in <c>response</c>.</summary>
    public async Task<JsonElement> CallAsync(string method, params (string Name, object? Value)[] arguments) =>
        (await AnswerAsync(method, arguments)).TryGetProperty("response", out var response) ? response : throw new InvalidOperationException(Last);

    /// <summary>What stands in <c>error_code</c>.</summary>
    public async Task<int> RefusalAsync(string method, params (string Name, object? Value)[] arguments) =>
        (await AnswerAsync(method, arguments)).GetProperty("error").GetProperty("error_code").GetInt32();

    public async Task<JsonElement> CheckAsync(JsonElement server, string ts, int wait) => JsonElement.Parse(await http.GetStringAsync(
        new Uri($"{server.GetProperty("server").GetString()}?act=a_check&key={server.GetProperty("key").GetString()}&ts={ts}&wait={wait}"), Stop));

    public async Task<JsonElement> UploadAsync(string url, string field, string name, byte[] bytes)
    {
        using var part = new ByteArrayContent(bytes);
        part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var form = new MultipartFormDataContent { { part, field, name } };
        using var answer = await http.PostAsync(new Uri(url), form, Stop);
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync(Stop));
    }

    public Task<byte[]> FetchAsync(string url) => http.GetByteArrayAsync(new Uri(url), Stop);

    public void Dispose() => http.Dispose();

    private string Last { get; set; } = "";

    private async Task<JsonElement> AnswerAsync(string method, (string Name, object? Value)[] arguments)
    {
        using var form = new FormUrlEncodedContent(arguments.Select(a => KeyValuePair.Create(a.Name, $"{a.Value}")).Append(new("access_token", community.Token)).Append(new("v", "5.199")));
        using var answer = await http.PostAsync(new Uri(town.Address, $"/vk/method/{method}"), form, Stop);
        Assert.Equal(200, (int)answer.StatusCode);
        return JsonElement.Parse(Last = await answer.Content.ReadAsStringAsync(Stop));
    }
}
