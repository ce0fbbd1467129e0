using Beseda.Chaos.Clients;

namespace Beseda.Chaos.Channels;

/// <summary>An operator who takes what waits and answers, through the public API, until every word is taken.</summary>
internal sealed class Answerer(Uri address, Diary diary, string email) : IDisposable
{
    private static readonly TimeSpan Alive = TimeSpan.FromSeconds(15);
    private readonly Door door = new(address, diary);
    private SignIn? signIn;

    public async Task EnterAsync(CancellationToken patience)
    {
        signIn = new SignIn(door, diary, email);
        await signIn.EnterAsync(patience);
    }

    /// <summary>Is there, whatever the servers think of it.</summary>
    public async Task StayAsync(CancellationToken leave)
    {
        while (!leave.IsCancellationRequested)
        {
            await door.TryAsync(HttpMethod.Put, "/api/operator/status", new { status = "online" }, CancellationToken.None);
            var heard = (await door.TryAsync(HttpMethod.Post, "/api/operator/alive", null, CancellationToken.None)).IsGood;
            await IClient.PauseAsync(heard ? (int)Alive.TotalMilliseconds : 1_000, leave);
        }
    }

    /// <summary>The same client id again is the same message.</summary>
    /// <returns>Its number, as acknowledged.</returns>
    public async Task<long> SayAsync(long conversation, string text, CancellationToken patience)
    {
        var message = new { clientId = $"{Guid.NewGuid()}", text };
        while (true)
        {
            var answer = await signIn!.AskAsync(HttpMethod.Post, $"/api/operator/conversations/{conversation}/messages", message, patience);
            if (answer.IsGood)
                return answer.Body.GetProperty("seq").GetInt64();
            // Not theirs, or no longer: who is not heard of for a minute loses what they have.
            diary.Notes($"refused {answer.Status} {answer.Code}", new { conversation });
            await signIn.AskAsync(HttpMethod.Post, $"/api/operator/conversations/{conversation}/take", null, patience);
            await Task.Delay(200, patience);
        }
    }

    public void Dispose()
    {
        door.Dispose();
        diary.Dispose();
    }
}
