using System.Net.Http.Headers;
using System.Text.Json;
using Beseda.Protocol;

namespace Beseda.Client;

/// <summary>JSON over HTTP, and refusals as exceptions. <paramref name="sign"/> adds what tells the server who speaks.</summary>
internal sealed class Wire(HttpClient http, Action<HttpRequestMessage> sign)
{
    private static readonly MediaTypeHeaderValue Json = new("application/json") { CharSet = "utf-8" };

    public async Task<TAnswer> Get<TAnswer>(string path, CancellationToken stop)
    {
        using var response = await Send(HttpMethod.Get, path, null, stop);
        return await Read<TAnswer>(response, stop);
    }

    public async Task<TAnswer> Post<TBody, TAnswer>(string path, TBody body, CancellationToken stop)
    {
        using var response = await Send(HttpMethod.Post, path, Content(body), stop);
        return await Read<TAnswer>(response, stop);
    }

    public async Task Tell<TBody>(HttpMethod method, string path, TBody body, CancellationToken stop) =>
        (await Send(method, path, Content(body), stop)).Dispose();

    public async Task Tell(string path, CancellationToken stop) => (await Send(HttpMethod.Post, path, null, stop)).Dispose();

    public async Task<TAnswer> Put<TBody, TAnswer>(string path, TBody body, CancellationToken stop)
    {
        using var response = await Send(HttpMethod.Put, path, Content(body), stop);
        return await Read<TAnswer>(response, stop);
    }

    public async Task<TAnswer> Post<TAnswer>(string path, CancellationToken stop)
    {
        using var response = await Send(HttpMethod.Post, path, null, stop);
        return await Read<TAnswer>(response, stop);
    }

    public async Task Delete(string path, CancellationToken stop) => (await Send(HttpMethod.Delete, path, null, stop)).Dispose();

    /// <summary>One file, as a form's field <c>file</c>.</summary>
    public async Task<TAnswer> Upload<TAnswer>(string path, string name, string contentType, Stream file, CancellationToken stop)
    {
        using var form = new MultipartFormDataContent();
        var content = new StreamContent(file);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        form.Add(content, "file", name);
        using var response = await Send(HttpMethod.Post, path, form, stop);
        return await Read<TAnswer>(response, stop);
    }

    /// <summary>The open answer of a feed, as soon as its headers are there.</summary>
    public async Task<HttpResponseMessage> Open(string path, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(new("text/event-stream"));
        sign(request);
        return await Accepted(await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop), stop);
    }

    private async Task<HttpResponseMessage> Send(HttpMethod method, string path, HttpContent? content, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        sign(request);
        return await Accepted(await http.SendAsync(request, stop), stop);
    }

    private static ByteArrayContent Content<T>(T body) =>
        new(JsonSerializer.SerializeToUtf8Bytes(body, Reading.Of<T>())) { Headers = { ContentType = Json } };

    private static async Task<T> Read<T>(HttpResponseMessage response, CancellationToken stop)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync(stop);
        return JsonSerializer.Deserialize(bytes, Reading.Of<T>()) ?? throw new JsonException("The server answered null.");
    }

    private static async Task<HttpResponseMessage> Accepted(HttpResponseMessage response, CancellationToken stop)
    {
        if (response.IsSuccessStatusCode) return response;
        using (response)
        {
            var problem = response.Content.Headers.ContentType?.MediaType == "application/problem+json"
                ? await Understand(response, stop)
                : null;
            throw new BesedaException(response.StatusCode, problem, RetryAfter(response));
        }
    }

    /// <summary>Null for a problem that is none of ours: a proxy may speak problem+json too, without a code.</summary>
    private static async Task<Problem?> Understand(HttpResponseMessage response, CancellationToken stop)
    {
        try
        {
            return await Read<Problem>(response, stop);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > DateTimeOffset.UtcNow => date - DateTimeOffset.UtcNow,
        _ => null,
    };
}
