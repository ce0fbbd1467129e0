using Beseda.Chaos.Clients;

namespace Beseda.Chaos.Webhooks;

/// <summary>The one call by which an administrator asks for webhooks.</summary>
internal static class Subscribing
{
    private const string Path = "/api/admin/webhooks";

    /// <returns>The secret that signs deliveries; null when this server has no webhooks.</returns>
    public static async Task<string?> AskAsync(SignIn administrator, Uri receiver, CancellationToken patience)
    {
        var answer = await administrator.AskAsync(HttpMethod.Post, Path, new { url = receiver }, patience);
        if (answer.Code is "no-such-route" or "no-such-method")
            return null;
        return answer.IsGood
            ? answer.Body.GetProperty("secret").GetString()
            : throw new InvalidOperationException($"No webhook could be subscribed: {answer.Status} {answer.Code}");
    }
}
