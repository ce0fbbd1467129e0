using System.Text.Json;
using Beseda.Chaos.Histories;

namespace Beseda.Chaos.Clients;

/// <summary>Accepts what is offered, answers, closes, and shows all the time that they are there.</summary>
internal sealed class Operator : IClient
{
    private static readonly TimeSpan Alive = TimeSpan.FromSeconds(20);
    private readonly Door door;
    private readonly SignIn signIn;
    private readonly FeedReader reader;
    private readonly Desk desk = new();
    private readonly Random random;

    public Operator(Uri address, Diary diary, string email, Random random)
    {
        Diary = diary;
        this.random = random;
        door = new Door(address, diary);
        signIn = new SignIn(door, diary, email);
        reader = new FeedReader(door, diary, "/api/operator/feed", LoadAsync, Take);
    }

    public Diary Diary { get; }

    public long Position => reader.Position;

    public Reader Written => reader.Written(isStaff: true);

    public Task EnterAsync(CancellationToken patience) => signIn.EnterAsync(patience);

    public Task ReadAsync(CancellationToken stop) => Task.WhenAll(reader.RunAsync(stop), ShowAliveAsync(stop));

    /// <summary>At the end, what is offered is still accepted, until <paramref name="patience"/> ends.</summary>
    public async Task WorkAsync(CancellationToken finish, CancellationToken patience)
    {
        try
        {
            while (!patience.IsCancellationRequested)
            {
                await StepAsync(finish, patience);
                await Task.Delay(random.Next(150, 500), patience);
            }
        }
        catch (OperationCanceledException)
        {
            // The working day is over.
        }
    }

    public void Dispose()
    {
        door.Dispose();
        Diary.Dispose();
    }

    private async Task StepAsync(CancellationToken finish, CancellationToken patience)
    {
        if (desk.IsAway && Position > 0)
            await CallAsync(HttpMethod.Put, "/api/operator/status", new { status = "online" }, patience);
        else if (desk.Offer() is { } offered)
            await TakeAsync(offered, patience);
        else if (!finish.IsCancellationRequested && desk.Owed(random) is { } owed)
            await AnswerAsync(owed, patience);
    }

    private async Task TakeAsync(long id, CancellationToken patience)
    {
        if (!await CallAsync(HttpMethod.Post, $"/api/operator/conversations/{id}/take", null, patience))
            desk.Drop(id);
        else
            // The feed says the rest; till then it is not taken again.
            await Task.Delay(50, patience);
    }

    private async Task AnswerAsync(long id, CancellationToken patience)
    {
        var message = Diary.Sends($"Ответ {Diary.Messages.Count + 1} от {Diary.Name}");
        var note = random.Next(20) == 0;
        var answer = await signIn.AskAsync(
            HttpMethod.Post, $"/api/operator/conversations/{id}/messages", new { clientId = message.ClientId, text = message.Text, note }, patience);
        if (answer.IsGood)
            Diary.Acknowledged(message, answer.Body.GetProperty("seq").GetInt64());
        else
        {
            Diary.Notes($"refused {answer.Status} {answer.Code}", new { message.ClientId });
            desk.Drop(id);
            return;
        }

        if (random.Next(8) == 0)
            await CallAsync(HttpMethod.Post, $"/api/operator/conversations/{id}/close", null, patience);
    }

    private async Task<bool> CallAsync(HttpMethod method, string path, object? body, CancellationToken patience)
    {
        var answer = await signIn.AskAsync(method, path, body, patience);
        if (!answer.IsGood)
            Diary.Notes($"refused {answer.Status} {answer.Code}", new { path });
        return answer.IsGood;
    }

    private async Task ShowAliveAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (!(await door.TryAsync(HttpMethod.Post, "/api/operator/alive", null, CancellationToken.None)).IsGood)
                await IClient.PauseAsync(2_000, stop);
            else
                await IClient.PauseAsync((int)Alive.TotalMilliseconds, stop);
        }
    }

    private async Task<Snapshot> LoadAsync(CancellationToken stop)
    {
        var (snapshot, rows) = await signIn.ReadDeskAsync(stop);
        desk.Load(rows);
        return snapshot;
    }

    private void Take(string kind, JsonElement data) => desk.Take(kind, data);
}
