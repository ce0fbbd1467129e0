using Beseda.Bench.Figures;
using Beseda.Bench.Limits;
using Beseda.Bench.Loads;
using Beseda.Bench.Servers;
using Beseda.Cluster;

namespace Beseda.Bench.Measures;

/// <summary>How long a message posted on one node takes to an operator's feed on another.</summary>
internal static class Nodes
{
    private const int Visitors = 50;
    private const int PerSecond = 500;

    public static async Task RunAsync(Grounds grounds, Effort effort, Report report)
    {
        Report.Title($"two nodes: {PerSecond} messages/s posted on one, read on the other, {effort.Rounds} × {effort.Seconds} s in open loop, from the scheduled time");
        using var cluster = PostgresCluster.Start(durable: true);
        var database = cluster.UrlOf(cluster.AddDatabase());
        using var here = grounds.Product(grounds.NewData(), "--database", database);
        using var there = grounds.Product(grounds.NewData(), "--database", database);
        using var limit = grounds.Limit();
        using var hop = new BareHop(cluster.ConnectionOf(cluster.AddDatabase()));
        var tokens = await Crowd.VisitorsAsync(here.Address, Visitors);
        // Signed in on the one, good on the other.
        var cookie = await Crowd.AdministratorAsync(here.Address);
        var (near, far) = (new OpenLoop(here, tokens, here.Address, cookie), new OpenLoop(here, tokens, there.Address, cookie));
        var bare = new OpenLoop(limit, tokens, limit.Address, cookie);
        var (nears, fars, limits, hops) = (new List<OpenRound>(), new List<OpenRound>(), new List<OpenRound>(), new List<Delays>());
        for (var i = 0; i < effort.Rounds; i++)
        {
            limits.Add(bare.Run(effort.WarmUp, effort.Time, PerSecond));
            hops.Add(hop.Measure(PerSecond, effort.Time));
            nears.Add(near.Run(effort.WarmUp, effort.Time, PerSecond));
            fars.Add(far.Run(effort.WarmUp, effort.Time, PerSecond));
        }
        Latency.Tell(report, "bare SSE endpoint", limits, null);
        report.Add(Figure.MedianOf("bare commit, NOTIFY, read elsewhere: p50", [.. hops.Select(h => h.At(0.50))], "ms"));
        report.Add(Figure.MedianOf("bare commit, NOTIFY, read elsewhere: p99", [.. hops.Select(h => h.At(0.99))], "ms"));
        Latency.Tell(report, "read on the same node", nears, null);
        Latency.Tell(report, "read on the other node", fars, (15, 100));
        report.Add(new Figure("messages that never reached the feed", nears.Concat(fars).Sum(r => r.Missing), "messages", Target.Most(0)));
    }
}
