using System.Text.Json;
using Beseda.Chaos.Histories;

namespace Beseda.Chaos.Clients;

/// <summary>Somebody on a company's site: writes, reads, now and then closes the chat and begins anew.</summary>
internal sealed class Visitor : IClient
{
    private readonly Door door;
    private readonly Random random;
    private readonly FeedReader reader;
    private string? token;
    private long seen;

    public Visitor(Uri address, Diary diary, Random random)
    {
        Diary = diary;
        this.random = random;
        door = new Door(address, diary);
        reader = new FeedReader(door, diary, "/api/visitor/feed", OpenSessionAsync, Take);
    }

    public Diary Diary { get; }

    public long Position => reader.Position;

    public Reader Written => reader.Written(isStaff: false);

    public Task ReadAsync(CancellationToken stop) => reader.RunAsync(stop);

    public async Task WorkAsync(CancellationToken finish, CancellationToken patience)
    {
        while (token is null)
            await Task.Delay(100, patience);
        while (!finish.IsCancellationRequested)
        {
            await SayAsync(patience);
            if (random.Next(100) is var chance && chance < 4)
                await CallAsync("/api/visitor/close", new { }, patience);
            else if (chance < 15)
                await CallAsync("/api/visitor/read", new { seq = Interlocked.Read(ref seen) }, patience);
            await IClient.PauseAsync(random.Next(500, 3_000), finish);
        }
    }

    public void Dispose()
    {
        door.Dispose();
        Diary.Dispose();
    }

    private async Task SayAsync(CancellationToken patience)
    {
        var message = Diary.Sends($"Сообщение {Diary.Messages.Count + 1} от {Diary.Name} 🙂");
        var answer = await door.AskAsync(HttpMethod.Post, "/api/visitor/messages", new { clientId = message.ClientId, text = message.Text }, patience);
        if (answer.IsGood)
            Diary.Acknowledged(message, answer.Body.GetProperty("seq").GetInt64());
        else
            Diary.Notes($"refused {answer.Status} {answer.Code}", new { message.ClientId });
    }

    private async Task CallAsync(string path, object body, CancellationToken patience)
    {
        var answer = await door.AskAsync(HttpMethod.Post, path, body, patience);
        if (!answer.IsGood)
            Diary.Notes($"refused {answer.Status} {answer.Code}", new { path });
    }

    private async Task<Snapshot> OpenSessionAsync(CancellationToken stop)
    {
        while (true)
        {
            var answer = await door.AskAsync(HttpMethod.Post, "/api/visitor/session", new { account = "demo", token }, stop);
            if (answer.IsGood)
                return Begin(answer.Body);
            Diary.Notes($"refused {answer.Status} {answer.Code}");
            await Task.Delay(1_000, stop);
        }
    }

    private Snapshot Begin(JsonElement session)
    {
        token = session.GetProperty("token").GetString();
        door.Identity = new Dictionary<string, string> { ["Authorization"] = $"Bearer {token}" };
        var shown = session.GetProperty("timeline").EnumerateArray().Select(entry => entry.GetProperty("seq").GetInt64()).ToHashSet();
        return new Snapshot(
            session.GetProperty("seq").GetInt64(), session.GetProperty("journal").GetString()!, shown,
            session.GetProperty("hasMore").GetBoolean() ? shown.Min() : 0);
    }

    private void Take(string kind, JsonElement data)
    {
        if (kind == "message.posted")
            Interlocked.Exchange(ref seen, data.GetProperty("seq").GetInt64());
    }
}
