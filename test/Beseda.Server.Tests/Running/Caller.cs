using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Beseda.Protocol;

namespace Beseda.Server.Tests;

/// <summary>Calls the server as whoever its headers say, and looks at the bare answer.</summary>
public sealed class Caller(Uri address)
{
    /// <summary>As a client that writes everything it has; enums by their names.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private const int MostTimes = 5;

    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseCookies = false, MaxConnectionsPerServer = 400 })
    {
        Timeout = TimeSpan.FromSeconds(60),
    };

    public Uri Address => address;

    public Dictionary<string, string> Headers { get; } = [];

    public Caller With(string header, string value)
    {
        var other = new Caller(address);
        foreach (var (name, kept) in Headers)
            other.Headers[name] = kept;
        other.Headers[header] = value;
        return other;
    }

    public Task<Reply> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<Reply> PostAsync(string path, object? body = null) => SendAsync(HttpMethod.Post, path, Of(body));

    public Task<Reply> PutAsync(string path, object? body) => SendAsync(HttpMethod.Put, path, Of(body));

    /// <summary>A body as it is, JSON or not.</summary>
    public Task<Reply> RawAsync(HttpMethod method, string path, string body, string type = "application/json") =>
        SendAsync(method, path, new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } });

    /// <summary>Comes again when told to, as every client does: a machine that stands still for two seconds fails no test.</summary>
    public async Task<Reply> SendAsync(HttpMethod method, string path, HttpContent? content)
    {
        var body = content is null ? null : await content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        for (var times = 1; ; times++)
        {
            using var request = Request(method, path, body is null ? null : new ByteArrayContent(body) { Headers = { ContentType = content!.Headers.ContentType } });
            using var answer = await Http.SendAsync(request, TestContext.Current.CancellationToken);
            var reply = new Reply(answer, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            if (reply.Code != "overloaded" || times == MostTimes)
                return reply;
            await Task.Delay(answer.Headers.RetryAfter!.Delta!.Value, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>An answer that has only begun.</summary>
    public Task<HttpResponseMessage> OpenAsync(string path, CancellationToken stop) =>
        Http.SendAsync(Request(HttpMethod.Get, path, null), HttpCompletionOption.ResponseHeadersRead, stop);

    private HttpRequestMessage Request(HttpMethod method, string path, HttpContent? content)
    {
        var request = new HttpRequestMessage(method, new Uri(address, path)) { Content = content };
        foreach (var (name, value) in Headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private static ByteArrayContent? Of(object? body) => body is null ? null : new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, Json))
    {
        Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
    };
}

/// <summary>What came back.</summary>
public sealed class Reply(HttpResponseMessage answer, string text)
{
    public int Status { get; } = (int)answer.StatusCode;

    public string Text => text;

    public string Type { get; } = answer.Content.Headers.ContentType?.MediaType ?? "";

    public ILookup<string, string> Headers { get; } = answer.Headers.Concat(answer.Content.Headers)
        .SelectMany(header => header.Value.Select(value => (header.Key, value))).ToLookup(one => one.Key, one => one.value, StringComparer.OrdinalIgnoreCase);

    public JsonElement Json => JsonDocument.Parse(text).RootElement;

    /// <summary>The problem's code, for a problem.</summary>
    public string? Code => Type == "application/problem+json" ? Json.GetProperty("code").GetString() : null;

    public T Read<T>() => JsonSerializer.Deserialize(Must(200).Text, Reading.Of<T>())!;

    /// <summary>Fails, with what came, unless it is this.</summary>
    public Reply Must(int status, string? code = null)
    {
        Assert.True(Status == status && (code is null || Code == code), $"{status} {code} was expected: {this}");
        return this;
    }

    public override string ToString() => $"{Status} {Type} {(Text.Length > 600 ? Text[..600] : Text)}";
}
