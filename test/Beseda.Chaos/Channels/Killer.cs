using Beseda.Chaos.Stages;

namespace Beseda.Chaos.Channels;

/// <summary>Kills servers with -9 at moments of no choosing, and starts them again.</summary>
internal sealed class Killer(Stage stage, Random random)
{
    private readonly List<DateTimeOffset> kills = [];

    /// <summary>When somebody was killed.</summary>
    public IReadOnlyList<DateTimeOffset> Kills => kills;

    /// <summary>So many times within a length of time; all nodes at once in one of four.</summary>
    public async Task RunAsync(int times, TimeSpan length)
    {
        var began = DateTimeOffset.UtcNow;
        for (var i = 0; i < times; i++)
        {
            var wait = began + (length * ((i + random.NextDouble()) / times)) - DateTimeOffset.UtcNow;
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait);
            await StrikeAsync(random.Next(4) == 0 ? stage.Nodes : [stage.Nodes[random.Next(stage.Nodes.Count)]]);
        }
    }

    private async Task StrikeAsync(IReadOnlyList<Node> nodes)
    {
        await Task.WhenAll(nodes.Select(node => node.KillAsync()));
        kills.Add(DateTimeOffset.UtcNow);
        Console.WriteLine($"{kills[^1]:HH:mm:ss}  killed {string.Join(", ", nodes.Select(node => node.Name))}");
        await Task.Delay(random.Next(100, 3_000));
        await Task.WhenAll(nodes.Select(node => node.StartAsync()));
    }
}
