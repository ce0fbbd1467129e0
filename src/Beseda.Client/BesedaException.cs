using System.Net;
using Beseda.Protocol;

namespace Beseda.Client;

/// <summary>The server refused. <see cref="Code"/> is stable and meant for programs; the message is a sentence for people.</summary>
/// <remarks>A server that could not be reached at all is an <see cref="HttpRequestException"/> instead.</remarks>
public sealed class BesedaException : Exception
{
    internal BesedaException(HttpStatusCode status, Problem? problem, TimeSpan? retryAfter)
        : base(problem?.Title ?? $"The server answered {(int)status}.")
    {
        Status = status;
        Code = problem?.Code ?? "unknown";
        Errors = problem?.Errors ?? new Dictionary<string, string>();
        RetryAfter = retryAfter;
    }

    public HttpStatusCode Status { get; }

    /// <summary>The refusal's name, such as <c>already-taken</c>; <c>unknown</c> when the answer came from something in between.</summary>
    public string Code { get; }

    /// <summary>Field → what is wrong with it (422).</summary>
    public IReadOnlyDictionary<string, string> Errors { get; }

    /// <summary>How long the server asked to be left alone (429, 503).</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>The same request may succeed later: the server, or something on the way to it, is busy or restarting.</summary>
    public bool IsTransient => Status is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway
        or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
}
