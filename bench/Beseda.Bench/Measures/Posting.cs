using Beseda.Bench.Figures;
using Beseda.Bench.Limits;
using Beseda.Bench.Loads;
using Beseda.Bench.Servers;

namespace Beseda.Bench.Measures;

/// <summary>How many messages are acknowledged, beside an endpoint that only parses and answers, and a bare commit loop.</summary>
internal static class Posting
{
    public const int Connections = 64;
    public const string ServerTime = "server's processor time per message";

    public static async Task RunAsync(Grounds grounds, Effort effort, Report report)
    {
        Report.Title($"posting: {Connections} connections in closed loop, median of {effort.Rounds} rounds of {effort.Seconds} s");
        using var product = grounds.Product(grounds.NewData());
        using var limit = grounds.Limit();
        var tokens = await Crowd.VisitorsAsync(product.Address, Connections);
        var (ours, bare) = (new ClosedLoop(product, tokens, Connections), new ClosedLoop(limit, tokens, Connections));
        var (products, limits) = (new List<Round>(), new List<Round>());
        // Turn and turn about: what else the machine does meanwhile falls on both alike.
        for (var i = 0; i < effort.Rounds; i++)
        {
            limits.Add(bare.Run(effort.WarmUp, effort.Time));
            products.Add(ours.Run(effort.WarmUp, effort.Time));
        }
        Tell(report, products, limits, share: 20);
        report.Add(Figure.MedianOf(ServerTime, Each(products, r => r.ServerMilliseconds), "ms", Target.Most(0.15)));
        Commits(grounds, effort, report);
    }

    /// <param name="share">At least so many percent of the bare endpoint's requests.</param>
    public static void Tell(Report report, List<Round> products, List<Round> limits, double share)
    {
        report.Add(Figure.MedianOf("bare endpoint", Each(limits, r => r.PerSecond), "requests/s"));
        report.Add(Figure.MedianOf("acknowledged", Each(products, r => r.PerSecond), "messages/s"));
        var shares = products.Zip(limits, (p, l) => 100 * p.PerSecond / l.PerSecond).ToArray();
        report.Add(Figure.MedianOf("acknowledged, share of the bare endpoint", shares, "%", Target.Least(share)));
        report.Add(Figure.MedianOf("server's processor time per request, bare endpoint", Each(limits, r => r.ServerMilliseconds), "ms"));
        report.Add(Figure.MedianOf("until acknowledged, p50", Each(products, r => r.Delays.At(0.50)), "ms"));
        report.Add(Figure.MedianOf("until acknowledged, p99", Each(products, r => r.Delays.At(0.99)), "ms"));
        report.Add(Figure.MedianOf("the load itself, with the product", Each(products, r => 100 * r.OwnProcessor / r.Seconds), "% of a core"));
        report.Add(Figure.MedianOf("the load itself, with the bare endpoint", Each(limits, r => 100 * r.OwnProcessor / r.Seconds), "% of a core"));
        // Beyond a tenth of a core the figures above are a lower bound: measure again on a quiet machine.
        report.Add(Figure.MedianOf("other programs meanwhile, with the product", Each(products, r => 100 * r.Others), "% of a core"));
        report.Add(Figure.MedianOf("other programs meanwhile, with the bare endpoint", Each(limits, r => 100 * r.Others), "% of a core"));
        report.Add(new Figure("not acknowledged", products.Sum(r => r.Failed), "messages", Target.Most(0)));
    }

    private static void Commits(Grounds grounds, Effort effort, Report report)
    {
        Report.Title("bare SQLite group commit: WAL, synchronous = FULL, an event and a client id each");
        foreach (var batch in (int[])[1, 32, 64])
        {
            var folder = Directory.CreateDirectory(grounds.NewData());
            using var commits = new BareCommits(Path.Combine(folder.FullName, "bare.db"));
            report.Add(new Figure($"batches of {batch}", commits.Measure(batch, effort.Time), "events/s"));
        }
    }

    public static double[] Each(List<Round> rounds, Func<Round, double> value) => [.. rounds.Select(value)];
}
