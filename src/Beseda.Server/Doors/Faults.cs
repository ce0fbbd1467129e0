using System.Text;
using Beseda.Journal;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Net.Http.Headers;

namespace Beseda.Server.Doors;

/// <summary>What could not even be asked, and what should not have happened, as problem details.</summary>
internal static class Faults
{
    /// <summary>What a caller got wrong is answered and not logged: anybody could fill the log, with words of their own.</summary>
    public static readonly ExceptionHandlerOptions Handling = new()
    {
        ExceptionHandler = AnswerAsync,
        SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException,
    };

    private static Task AnswerAsync(HttpContext http) => ProblemOf(http, http.Features.Get<IExceptionHandlerFeature>()?.Error).ExecuteAsync(http);

    /// <summary>Errors that ASP.NET Core answers without a body.</summary>
    public static Task AnswerEmptyAsync(StatusCodeContext context)
    {
        var http = context.HttpContext;
        return http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || http.Request.Path.StartsWithSegments("/files", StringComparison.Ordinal)
            ? OfStatus(http.Response.StatusCode).ExecuteAsync(http)
            : Task.CompletedTask;
    }

    /// <summary>JSON is UTF-8 (RFC 8259, section 8.1); another charset is not transcoded, and one that does not exist is not looked for.</summary>
    public static Task CheckCharsetAsync(HttpContext http, RequestDelegate next) =>
        http.Request.ContentType is { } type
        && type.Contains("charset", StringComparison.OrdinalIgnoreCase)
        && !IsUtf8(type)
        && http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
            ? OfStatus(415).ExecuteAsync(http)
            : next(http);

    private static IResult ProblemOf(HttpContext http, Exception? error) => error switch
    {
        BadHttpRequestException bad => OfStatus(bad.StatusCode),
        DatabaseException => Problems.Unavailable(http.Response, TimeSpan.FromSeconds(2)),
        _ => Problems.Of(500, "failed", "Something went wrong here."),
    };

    private static bool IsUtf8(string contentType) => MediaTypeHeaderValue.TryParse(contentType, out var type) && type.Encoding is UTF8Encoding;

    private static IResult OfStatus(int status) => status switch
    {
        400 => Problems.Of(400, "malformed", "The request is not what this call understands."),
        401 => Problems.Of(401, "signed-out", "Who are you?"),
        403 => Problems.Of(403, "not-allowed", "You may not do this."),
        404 => Problems.Of(404, "no-such-route", "There is nothing at this address."),
        405 => Problems.Of(405, "no-such-method", "This address does not do that."),
        408 => Problems.Of(408, "too-slow", "The request took too long to arrive."),
        413 => Problems.Of(413, "too-large", "The request is too large."),
        415 => Problems.Of(415, "not-json", "Send application/json."),
        _ => Problems.Of(status, $"http-{status}", "The request failed."),
    };
}
