using System.Diagnostics;
using Beseda.Chaos.Checks;
using Beseda.Chaos.Stages;
using Beseda.Chaos.Tables;
using Beseda.Platforms;

namespace Beseda.Chaos.Channels;

/// <summary>People talk in all channels at once while servers are killed, or while one platform is in trouble; then all is held against all.</summary>
internal static class ChannelPlay
{
    /// <summary>Whatever a platform brings again, it brings within this.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(10);

    /// <summary>Of the platforms' answers, across half the world: meanwhile a killed server does not know what was taken.</summary>
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(400);

    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(4);

    public static async Task<ChannelOutcome> PlayAsync(ChannelArguments arguments)
    {
        var folder = Directory.CreateTempSubdirectory("beseda-channels-").FullName;
        if (arguments.Folder is { } given)
            folder = Directory.CreateDirectory(Path.Combine(given, Path.GetFileName(folder))).FullName;
        ChannelOutcome outcome;
        await using (var town = await Town.StartAsync(pace: arguments.Pace, seed: arguments.Seed))
        using (var stage = await Stage.SetAsync(arguments.Server, folder, arguments.Postgres, address => Told(address, town)))
            outcome = await PlayAsync(arguments, stage, town, folder);
        if (arguments.Keep || outcome.Findings.Count > 0)
            return outcome with { Folder = folder };
        Directory.Delete(folder, recursive: true);
        return outcome;
    }

    private static async Task<ChannelOutcome> PlayAsync(ChannelArguments arguments, Stage stage, Town town, string folder)
    {
        town.World.Latency = Latency;
        using var ensemble = await Ensemble.GatherAsync(arguments, stage, town, folder);
        using var patience = new CancellationTokenSource(arguments.Length + Settling);
        var killer = new Killer(stage, new Random(arguments.Seed));
        var trouble = arguments.Trouble is { } time ? new TroubleTime(ensemble, town.Vk.Faults, time) : null;

        var talking = ensemble.TalkAsync(arguments, patience.Token);
        await (trouble?.RunAsync(patience.Token) ?? killer.RunAsync(arguments.Kills, arguments.Length));
        var ended = Stopwatch.GetTimestamp();
        var findings = new List<Finding>();
        try
        {
            await talking;
            await SettleAsync(ensemble, stage, patience.Token);
        }
        catch (OperationCanceledException)
        {
            findings.AddRange((await ensemble.LookAsync(CancellationToken.None)).Where(one => !one.IsWell).Select(one => new Finding("all comes to rest", $"{one}")));
        }

        var drained = Stopwatch.GetElapsedTime(ended);
        await ensemble.LeaveAsync();
        var evidence = await GatherAsync(ensemble, stage, killer.Kills);
        var (tallies, broken) = Verdict.Of(evidence);
        return new ChannelOutcome
        {
            Tallies = tallies,
            Findings = [.. findings, .. broken, .. trouble?.Findings(evidence) ?? [], .. Falls(stage)],
            Evidence = evidence,
            Drained = drained,
            Delays = trouble?.Delays(evidence) ?? [],
            Seen = trouble?.Seen ?? [],
        };
    }

    private static IEnumerable<string> Told(Uri address, Town town) =>
    [
        "--public-url", address.AbsoluteUri, "--Outbound:Allow:0=127.0.0.0/8", $"--Channels:telegram:Address={town.Address}", $"--Channels:vk:Address={town.Address}vk/",
        $"--Channels:viber:Address={town.Address}viber/", $"--Channels:messenger:Address={town.Address}messenger/",
    ];

    /// <summary>Until platforms have nothing more to bring, and channels nothing more to send.</summary>
    private static async Task SettleAsync(Ensemble ensemble, Stage stage, CancellationToken patience)
    {
        foreach (var part in ensemble.Parts)
            await part.Account.DeliveredAsync(Settling).WaitAsync(patience);
        await using var connection = await stage.Ground.OpenAsync();
        for (var (head, since) = (0L, 0L); Stopwatch.GetElapsedTime(since) < Quiet || head == 0;)
        {
            var now = await Table.HeadAsync(connection);
            if (now != head || !(await ensemble.LookAsync(patience)).All(one => one.IsWell))
                (head, since) = (now, Stopwatch.GetTimestamp());
            await Task.Delay(500, patience);
        }
    }

    private static async Task<Evidence> GatherAsync(Ensemble ensemble, Stage stage, IReadOnlyList<DateTimeOffset> kills)
    {
        await using var connection = await stage.Ground.OpenAsync();
        return new Evidence
        {
            Stories = [.. ensemble.Parts.SelectMany(part => part.Talks.Select(talk => new Story(part.Cast, talk.Name, [.. talk.Written], [.. talk.Said], talk.Arrived)))],
            Events = await Table.EventsAsync(connection),
            Kills = kills,
            Brought = Brought(ensemble, kills),
        };
    }

    /// <summary>Of what was not answered only that may have come which broke off as somebody was killed; else nobody was there.</summary>
    private static Dictionary<string, Bringing> Brought(Ensemble ensemble, IReadOnlyList<DateTimeOffset> kills) => ensemble.Parts
        .SelectMany(part => part.Account.Deliveries)
        .Where(one => one.Status > 0 || kills.Any(kill => (one.At - kill).Duration() < TimeSpan.FromSeconds(1)))
        .Select(one => (Text: Correspondence.WrittenIn(one.Body), one.At, one.Accepted)).Where(one => one.Text is not null)
        .GroupBy(one => one.Text!).ToDictionary(one => one.Key, one => new Bringing(
            one.Min(each => each.At), one.Where(each => each.Accepted).Select(each => each.At).DefaultIfEmpty(DateTimeOffset.MaxValue).Min()));

    private static IEnumerable<Finding> Falls(Stage stage) =>
        stage.Nodes.Where(node => node.Falls > 0).Select(node => new Finding("nobody ends by themselves", $"{node.Name}, {node.Falls} times"));
}
