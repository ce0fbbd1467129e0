using System.Text.Json;
using Beseda.Platforms.Troubles;

namespace Beseda.Platforms.Calls;

/// <summary>How a platform answers a call that was read, and one it will not hear.</summary>
/// <param name="Caller">Whose token the call carries; null when it is nobody's.</param>
internal sealed record Clerk(Func<Arguments, Account?> Caller, Func<Arguments, Task<Reply>> Perform, Func<Trouble, Reply> Refuse, Func<Reply> Unreadable);

/// <summary>Every call of a platform's API comes in here, meets its trouble if one is ordered, and is written down.</summary>
internal static class Door
{
    public static async Task ServeAsync(HttpContext http, Platform platform, string method, Clerk clerk)
    {
        Arguments arguments;
        try
        {
            arguments = await Arguments.ReadAsync(http.Request);
        }
        catch (Exception bad) when (bad is JsonException or InvalidDataException)
        {
            await clerk.Unreadable().WriteAsync(http.Response);
            return;
        }
        var trouble = platform.Faults.Next(method, () => Wire.Text(arguments.Everything()));
        if (trouble is Trouble.Hanging hanging)
            await Task.Delay(hanging.For, http.RequestAborted);
        var reply = trouble is Trouble.Failing or Trouble.Limited ? clerk.Refuse(trouble) : await clerk.Perform(arguments);
        var lost = trouble is Trouble.Losing;
        clerk.Caller(arguments)?.Calls.Add(new ApiCall(platform.World.Now, method, arguments.Everything(), reply.Status, reply.Body, lost));
        if (platform.World.Latency > TimeSpan.Zero)
            await Task.Delay(platform.World.Latency * (platform.World.Chance(100) / 100d), http.RequestAborted);
        if (lost)
            http.Abort();
        else
            await reply.WriteAsync(http.Response);
    }

    /// <summary>The token a call carries: in a header, or in whatever its arguments stand in.</summary>
    public static string? Token(HttpRequest request, Arguments arguments) =>
        request.Headers.Authorization.ToString() is ['B', 'e', 'a', 'r', 'e', 'r', ' ', .. var bearer] ? bearer : arguments.Text("access_token");
}
