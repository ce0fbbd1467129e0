using System.Text.Json;
using Beseda.Chaos.Clients;
using Beseda.Chaos.Stages;
using Beseda.Platforms;

namespace Beseda.Chaos.Channels;

/// <summary>A company with a channel of each sort, the customers who write there, and an operator for each channel.</summary>
internal sealed class Ensemble : IDisposable
{
    private const int DeskEvery = 1_000;

    private readonly Administrator administrator;
    private readonly CancellationTokenSource leave = new();
    private readonly List<Task> staying = [];

    private Ensemble(Administrator administrator) => this.administrator = administrator;

    public List<(Cast Cast, Account Account, Answerer Answerer, IReadOnlyList<Correspondence> Talks)> Parts { get; } = [];

    public IEnumerable<Correspondence> Talks => Parts.SelectMany(part => part.Talks);

    public static async Task<Ensemble> GatherAsync(ChannelArguments arguments, Stage stage, Town town, string folder)
    {
        var diaries = Directory.CreateDirectory(Path.Combine(folder, "diaries")).FullName;
        var administrator = new Administrator(stage.Address, new Diary(diaries, "administrator"));
        var emails = await administrator.SetUpAsync(Cast.All.Count, CancellationToken.None, routing: "hand");
        var ensemble = new Ensemble(administrator);
        foreach (var (cast, email) in Cast.All.Zip(emails))
        {
            var account = cast.Open(town);
            var channel = await administrator.SignIn.HaveAsync(HttpMethod.Post, "/api/admin/channels", cast.Settings(account), CancellationToken.None);
            await Cast.FinishAsync(account, channel);
            var answerer = new Answerer(stage.Address, new Diary(diaries, cast.Name), email);
            await answerer.EnterAsync(CancellationToken.None);
            ensemble.Parts.Add((cast, account, answerer,
                [.. Enumerable.Range(1, arguments.Conversations).Select(i => new Correspondence(cast.Name, i, account.Meet($"Customer {cast.Name}-{i}")))]));
        }

        return ensemble;
    }

    /// <summary>Everybody says what they have to say; ends when the last word is taken.</summary>
    public Task TalkAsync(ChannelArguments arguments, CancellationToken patience)
    {
        staying.AddRange(Parts.Select(part => part.Answerer.StayAsync(leave.Token)));
        staying.Add(FindAsync(patience));
        var random = new Random(arguments.Seed + 1);
        var each = arguments.Length / arguments.Messages * arguments.Conversations;
        return Task.WhenAll(Parts.SelectMany(part => part.Talks.SelectMany((talk, i) =>
        {
            var messages = (arguments.Messages / arguments.Conversations) + (i < arguments.Messages % arguments.Conversations ? 1 : 0);
            return new[]
            {
                talk.WriteAsync(messages, new Rhythm(new Random(random.Next()), each)),
                talk.AnswerAsync(part.Answerer, messages, new Rhythm(new Random(random.Next()), each), patience),
            };
        })));
    }

    /// <summary>How the channels do, as administrators are told.</summary>
    public async Task<IReadOnlyList<Health>> LookAsync(CancellationToken patience)
    {
        var channels = await administrator.SignIn.HaveAsync(HttpMethod.Get, "/api/admin/channels", null, patience);
        return [.. channels.EnumerateArray().Select(one => Health.Of(one.GetProperty("name").GetString()!, one.GetProperty("health")))];
    }

    public async Task LeaveAsync()
    {
        await leave.CancelAsync();
        await Task.WhenAll(staying);
    }

    public void Dispose()
    {
        administrator.Dispose();
        Parts.ForEach(part => part.Answerer.Dispose());
        leave.Dispose();
    }

    /// <summary>Finds out which conversation is whose: what was written there says it.</summary>
    private async Task FindAsync(CancellationToken patience)
    {
        var missing = Talks.ToDictionary(talk => talk.Name);
        var found = new HashSet<long>();
        while (missing.Count > 0 && !leave.IsCancellationRequested)
        {
            var desk = await administrator.SignIn.HaveAsync(HttpMethod.Get, "/api/operator/desk", null, patience);
            foreach (var id in desk.GetProperty("conversations").EnumerateArray().Select(row => row.GetProperty("id").GetInt64()).Where(id => !found.Contains(id)))
            {
                var told = await administrator.SignIn.HaveAsync(HttpMethod.Get, $"/api/operator/conversations/{id}/timeline?limit=50", null, patience);
                if (Correspondence.NameIn(told.GetRawText()) is not { } name || !missing.Remove(name, out var talk))
                    continue;
                talk.Conversation = id;
                found.Add(id);
            }

            await IClient.PauseAsync(DeskEvery, leave.Token);
        }
    }
}

/// <summary>A channel's health, as administrators are told it.</summary>
internal sealed record Health(string Channel, string State, string? Error, long Lag, long Waiting, long NotUnderstood)
{
    public bool IsWell => this is { State: "ok", Lag: 0, Waiting: 0, NotUnderstood: 0 };

    public static Health Of(string channel, JsonElement told) => new(
        channel, told.GetProperty("state").GetString()!,
        told.TryGetProperty("error", out var error) ? error.GetString() : null,
        told.GetProperty("lag").GetInt64(), told.GetProperty("waitingConversations").GetInt64(), told.GetProperty("notUnderstood").GetInt64());

    public override string ToString() => $"{Channel}: {State}{(Error is null ? "" : $" ({Error})")}, lag {Lag}, {Waiting} conversations wait, {NotUnderstood} not understood";
}
