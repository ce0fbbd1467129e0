using System.Text;
using System.Text.Json.Nodes;

namespace Beseda.Platforms.Calls;

/// <summary>What an API answers.</summary>
internal sealed record Reply(int Status, string Body, string Type = "application/json; charset=utf-8", int? RetryAfter = null)
{
    public static Reply Json(JsonNode body, int status = 200) => new(status, Wire.Text(body));

    public async Task WriteAsync(HttpResponse response)
    {
        response.StatusCode = Status;
        response.ContentType = Type;
        if (RetryAfter is { } seconds)
            response.Headers.RetryAfter = $"{seconds}";
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(Body), response.HttpContext.RequestAborted);
    }
}
