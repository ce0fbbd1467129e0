using System.Text.Json;

namespace Beseda.Chaos.Clients;

/// <summary>An operator's sign-in, renewed when a node does not know it.</summary>
internal sealed class SignIn(Door door, Diary diary, string email)
{
    public const string Password = "beseda-demo";

    public async Task EnterAsync(CancellationToken patience)
    {
        door.Identity = new Dictionary<string, string> { ["X-Beseda-Client"] = "chaos" };
        var answer = await door.AskAsync(HttpMethod.Post, "/api/auth/login", new { email, password = Password }, patience);
        if (!answer.IsGood || answer.Cookie is null)
            throw new InvalidOperationException($"{email} could not sign in: {answer.Status} {answer.Code}");
        door.Identity = new Dictionary<string, string> { ["X-Beseda-Client"] = "chaos", ["Cookie"] = answer.Cookie };
    }

    /// <summary>Asks, and signs in again when nobody knows us.</summary>
    public async Task<Answer> AskAsync(HttpMethod method, string path, object? body, CancellationToken patience)
    {
        while (true)
        {
            var answer = await door.AskAsync(method, path, body, patience);
            if (answer.Status != 401)
                return answer;
            diary.Notes($"refused {answer.Status} {answer.Code}", new { path });
            await EnterAsync(patience);
        }
    }

    /// <exception cref="InvalidOperationException">It was refused.</exception>
    public async Task<JsonElement> HaveAsync(HttpMethod method, string path, object? body, CancellationToken patience)
    {
        var answer = await AskAsync(method, path, body, patience);
        return answer.IsGood ? answer.Body : throw new InvalidOperationException($"{method} {path}: {answer.Status} {answer.Code}");
    }

    /// <summary>The desk, as a snapshot to read the feed from.</summary>
    public async Task<(Snapshot Snapshot, JsonElement Desk)> ReadDeskAsync(CancellationToken patience)
    {
        var desk = await HaveAsync(HttpMethod.Get, "/api/operator/desk", null, patience);
        return (new Snapshot(desk.GetProperty("seq").GetInt64(), desk.GetProperty("journal").GetString()!), desk);
    }
}
