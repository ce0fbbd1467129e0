using Beseda.Chaos.Checks;
using Beseda.Chaos.Clients;
using Beseda.Chaos.Faults;
using Beseda.Chaos.Histories;
using Beseda.Chaos.Stages;
using Beseda.Chaos.Tables;
using Beseda.Chaos.Webhooks;

namespace Beseda.Chaos;

/// <summary>One play from the first curtain to the verdict.</summary>
internal static class Run
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(120);

    public static async Task<Outcome> PlayAsync(Arguments arguments)
    {
        var folder = Directory.CreateTempSubdirectory("beseda-chaos-").FullName;
        if (arguments.Folder is { } given)
            folder = Directory.CreateDirectory(Path.Combine(given, Path.GetFileName(folder))).FullName;
        Outcome outcome;
        using (var stage = await Stage.SetAsync(arguments.Server, folder, arguments.Postgres))
            outcome = await PlayAsync(arguments, stage, folder);
        if (arguments.Keep || outcome.Findings.Count > 0)
            return outcome with { Folder = folder };
        Directory.Delete(folder, recursive: true);
        return outcome;
    }

    private static async Task<Outcome> PlayAsync(Arguments arguments, Stage stage, string folder)
    {
        // Independent streams, so that one more visitor does not change the faults.
        using var receiver = Receiver.Start(new Random(arguments.Seed + 1));
        using var saboteur = new Saboteur(stage, new Random(arguments.Seed), () => receiver.Caller);
        using var audience = await Audience.GatherAsync(arguments, stage, folder);
        var subscription = await SubscribeAsync(audience.Administrator, receiver, stage);
        audience.Begin();
        await saboteur.RunAsync(Plan.Make(new Random(arguments.Seed), arguments.Length, arguments.Postgres));

        stage.Clear();
        receiver.Behave();
        using var patience = new CancellationTokenSource(Settling);
        var unanswered = await audience.FinishAsync(patience.Token);
        var rest = await SettleAsync(stage, audience, head => subscription is null || receiver.Has(subscription.After, head), patience.Token);
        var fallen = await audience.LeaveAsync();
        var history = await ReadAsync(stage, audience, rest) with { Subscription = subscription, Deliveries = receiver.Deliveries };
        var rebuild = await Rebuild.CheckAsync(stage);
        return new Outcome
        {
            History = history,
            Diaries = [.. audience.Clients.Select(client => client.Diary)],
            Faults = [.. saboteur.Done],
            Falls = stage.Nodes.Sum(node => node.Falls),
            IsRebuilt = rebuild is not null,
            Findings = [.. saboteur.Broken.Select(what => new Finding("nodes come back", what)), .. unanswered, .. fallen, .. Checker.Check(history), .. rebuild ?? []],
        };
    }

    private static async Task<Subscription?> SubscribeAsync(Administrator administrator, Receiver receiver, Stage stage)
    {
        if (await Subscribing.AskAsync(administrator.SignIn, receiver.Address, CancellationToken.None) is not { } secret)
            return null;
        receiver.Open(secret);
        await using var connection = await stage.Ground.OpenAsync();
        return new Subscription(await Table.HeadAsync(connection));
    }

    /// <summary>Waits until nothing more happens, and everybody has heard everything.</summary>
    /// <returns>The head.</returns>
    private static async Task<long> SettleAsync(Stage stage, Audience audience, Func<long, bool> isDelivered, CancellationToken patience)
    {
        await using var connection = await stage.Ground.OpenAsync();
        var (head, since) = (0L, Environment.TickCount64);
        while (!patience.IsCancellationRequested)
        {
            var now = await Table.HeadAsync(connection);
            if (now != head)
                (head, since) = (now, Environment.TickCount64);
            if (Environment.TickCount64 - since > 4_000 && isDelivered(head) && audience.Clients.All(client => client.Position >= head))
                break;
            await Task.Delay(200, CancellationToken.None);
        }

        return head;
    }

    private static async Task<History> ReadAsync(Stage stage, Audience audience, long rest)
    {
        await using var connection = await stage.Ground.OpenAsync();
        return new History
        {
            Events = await Table.EventsAsync(connection),
            Conversations = await Table.ConversationsAsync(connection),
            Messages = [.. audience.Clients.SelectMany(client => client.Diary.Messages)],
            Readers = [.. audience.Clients.Select(client => client.Written)],
            Rest = rest,
            Now = (DateTimeOffset.UtcNow.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond,
        };
    }
}
