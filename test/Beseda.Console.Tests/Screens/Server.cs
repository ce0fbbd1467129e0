using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Beseda.Protocol;

namespace Beseda.Console.Tests.Screens;

/// <summary>What the console asks of the server, answered by the test without a network.</summary>
internal sealed class Server : HttpMessageHandler
{
    private readonly ConcurrentDictionary<string, Func<JsonNode?, HttpResponseMessage>> answers = new();

    /// <summary>Every request: <c>PUT /api/… {"text":"…"}</c>.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <param name="what">Method and path.</param>
    public void Answers<T>(string what, Func<JsonNode?, T> answer) where T : class =>
        answers[what] = body => Json(HttpStatusCode.OK, JsonSerializer.Serialize(answer(body), Reading.Of<T>()), "application/json");

    public void Accepts(string what) => answers[what] = _ => new HttpResponseMessage(HttpStatusCode.NoContent);

    public void Refuses(string what, HttpStatusCode status, string code, string errors = "{}") => answers[what] = _ =>
        Json(status, $$"""{"status":{{(int)status}},"code":"{{code}}","title":"The server says no.","errors":{{errors}}}""", "application/problem+json");

    public void IsAway(string what) => answers[what] = _ => throw new HttpRequestException("Nobody there.");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var what = $"{request.Method} {request.RequestUri!.AbsolutePath}";
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Asked.Enqueue(body.Length > 0 ? $"{what} {body}" : what);
        return answers.TryGetValue(what, out var answer)
            ? answer(body.Length > 0 ? JsonNode.Parse(body) : null)
            : new HttpResponseMessage(HttpStatusCode.NotFound);
    }

    private static HttpResponseMessage Json(HttpStatusCode status, string json, string kind) =>
        new(status) { Content = new StringContent(json, Encoding.UTF8, kind) };
}
