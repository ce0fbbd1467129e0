using System.Text.Json;
using Beseda.Chaos.Histories;

namespace Beseda.Chaos.Clients;

/// <summary>Sets the company up, then only reads: everything that happens.</summary>
internal sealed class Administrator : IClient
{
    private readonly Door door;
    private readonly FeedReader reader;

    public Administrator(Uri address, Diary diary)
    {
        Diary = diary;
        door = new Door(address, diary);
        SignIn = new SignIn(door, diary, "admin@demo.example");
        reader = new FeedReader(door, diary, "/api/operator/feed", async stop => (await SignIn.ReadDeskAsync(stop)).Snapshot, (_, _) => { });
    }

    public Diary Diary { get; }

    public SignIn SignIn { get; }

    public long Position => reader.Position;

    public Reader Written => reader.Written(isStaff: true);

    /// <param name="operators">So many are added.</param>
    /// <param name="routing">Chats are offered to them in turn; by <c>hand</c> they take them.</param>
    /// <returns>Their e-mail addresses.</returns>
    public async Task<List<string>> SetUpAsync(int operators, CancellationToken patience, string routing = "automatic")
    {
        await SignIn.EnterAsync(patience);
        var departments = await SignIn.HaveAsync(HttpMethod.Get, "/api/admin/departments", null, patience);
        var id = departments[0].GetProperty("id").GetInt64();
        await SignIn.HaveAsync(HttpMethod.Put, $"/api/admin/departments/{id}", new
        {
            name = "Support",
            routing,
            acceptSeconds = 10,
            graceSeconds = 15,
            closeAfterMinutes = 1_440,
        }, patience);
        var people = Enumerable.Range(1, operators).Select(i => (Email: $"operator-{i}@demo.example", Name: $"Operator {i}")).ToList();
        foreach (var (email, name) in people)
            await AddAsync(new { email, name, role = "operator", limit = 4, departments = new[] { id }, enabled = true, password = SignIn.Password }, patience);
        return people.ConvertAll(one => one.Email);
    }

    public Task ReadAsync(CancellationToken stop) => reader.RunAsync(stop);

    public Task WorkAsync(CancellationToken finish, CancellationToken patience) => Task.CompletedTask;

    public void Dispose()
    {
        door.Dispose();
        Diary.Dispose();
    }

    private async Task AddAsync(object person, CancellationToken patience)
    {
        var answer = await SignIn.AskAsync(HttpMethod.Post, "/api/admin/operators", person, patience);
        // An operator who is there already was added by an attempt whose answer was lost.
        if (!answer.IsGood && answer.Code != "already-an-operator")
            throw new InvalidOperationException($"An operator could not be added: {answer.Status} {answer.Code} {JsonSerializer.Serialize(person)}");
    }
}
