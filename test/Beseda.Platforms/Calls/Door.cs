using System.Text.Json;
using Beseda.Platforms.Troubles;

namespace Beseda.Platforms.Calls;

/// <summary>How a platform answers a call that was read, and one it will not hear.</summary>
internal sealed record Clerk(Func<Arguments, Task<Reply>> Perform, Func<Trouble, Reply> Refuse, Func<Reply> Unreadable);

/// <summary>Every call of a platform's API comes in here, meets its trouble if one is ordered, and is written down.</summary>
internal static class Door
{
    /// <param name="log">Of the account whose token the call carries; null when it is nobody's.</param>
    public static async Task ServeAsync(HttpContext http, Platform platform, string method, CallLog? log, Clerk clerk)
    {
        Arguments arguments;
        try
        {
            arguments = await Arguments.ReadAsync(http.Request);
        }
        catch (JsonException)
        {
            await clerk.Unreadable().WriteAsync(http.Response);
            return;
        }
        var trouble = platform.Faults.Next(method);
        if (trouble is Trouble.Hanging hanging)
            await Task.Delay(hanging.For, http.RequestAborted);
        var reply = trouble is Trouble.Failing or Trouble.Limited ? clerk.Refuse(trouble) : await clerk.Perform(arguments);
        var lost = trouble is Trouble.Losing;
        log?.Add(new ApiCall(platform.World.Now, method, arguments.Everything(), reply.Status, reply.Body, lost));
        if (lost)
            http.Abort();
        else
            await reply.WriteAsync(http.Response);
    }
}
