using Beseda.Bench.Figures;
using Beseda.Bench.Loads;
using Beseda.Bench.Servers;

namespace Beseda.Bench.Measures;

/// <summary>How long a visitor's message takes to an operator's feed, at a steady thousand messages a second.</summary>
internal static class Latency
{
    private const int Visitors = 50;
    private const int PerSecond = 1000;

    public static async Task RunAsync(Grounds grounds, Effort effort, Report report)
    {
        Report.Title($"latency: {PerSecond} messages/s of {Visitors} visitors in open loop, {effort.Rounds} × {effort.Seconds} s, counted from the scheduled time");
        using var product = grounds.Product(grounds.NewData());
        using var limit = grounds.Limit();
        var tokens = await Crowd.VisitorsAsync(product.Address, Visitors);
        var cookie = await Crowd.AdministratorAsync(product.Address);
        var (ours, bare) = (new OpenLoop(product, tokens, product.Address, cookie), new OpenLoop(limit, tokens, limit.Address, cookie));
        var (products, limits) = (new List<OpenRound>(), new List<OpenRound>());
        for (var i = 0; i < effort.Rounds; i++)
        {
            limits.Add(bare.Run(effort.WarmUp, effort.Time, PerSecond));
            products.Add(ours.Run(effort.WarmUp, effort.Time, PerSecond));
        }
        Tell(report, "bare SSE endpoint", limits, null);
        Tell(report, "product", products, (5, 50));
        report.Add(new Figure("messages that never reached the feed", products.Sum(r => r.Missing), "messages", Target.Most(0)));
    }

    /// <param name="most">Milliseconds to the operator's feed: p50 and p99.</param>
    public static void Tell(Report report, string who, List<OpenRound> rounds, (double P50, double P99)? most)
    {
        report.Add(Figure.MedianOf($"{who}: acknowledged, p50", Each(r => r.Answered.At(0.50)), "ms"));
        report.Add(Figure.MedianOf($"{who}: acknowledged, p99", Each(r => r.Answered.At(0.99)), "ms"));
        report.Add(Figure.MedianOf($"{who}: on the operator's feed, p50", Each(r => r.Seen.At(0.50)), "ms", most is { P50: var p50 } ? Target.Most(p50) : null));
        report.Add(Figure.MedianOf($"{who}: on the operator's feed, p99", Each(r => r.Seen.At(0.99)), "ms", most is { P99: var p99 } ? Target.Most(p99) : null));
        report.Add(Figure.MedianOf($"{who}: server's processor use", Each(r => r.ServerShare), "% of a core"));

        double[] Each(Func<OpenRound, double> value) => [.. rounds.Select(value)];
    }
}
