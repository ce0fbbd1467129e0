using Beseda.Bench.Figures;
using Beseda.Bench.Loads;
using Beseda.Bench.Servers;

namespace Beseda.Bench.Measures;

/// <summary>What ten thousand visitors who only listen cost, beside a bare endpoint that holds as many connections.</summary>
internal static class IdleFeeds
{
    private const int Count = 10_000;

    public static async Task RunAsync(Grounds grounds, Effort effort, Report report)
    {
        Report.Title($"idle feeds: {Count} visitors' feeds after {(effort.Settling + effort.Watching).TotalSeconds} s of idleness, median of {effort.Rounds}");
        var data = grounds.NewData();
        // Let in by a server that then stops: the memory their sessions cost it must not hide what their feeds cost.
        var tokens = await LetInAsync(grounds, data);
        var (products, limits) = (new List<Idleness>(), new List<Idleness>());
        for (var i = 0; i < effort.Rounds; i++)
        {
            limits.Add(Measure(() => grounds.Limit(), tokens, effort));
            products.Add(Measure(() => grounds.Product(data), tokens, effort));
        }
        Tell(report, "bare SSE endpoint", limits);
        Tell(report, "product", products);
        report.Add(new Figure("memory per feed, product ÷ bare",
            Figure.Median([.. products.Select(m => m.Bytes)]) / Figure.Median([.. limits.Select(m => m.Bytes)]), "times", Target.Most(1.5)));
        report.Add(Figure.MedianOf("processor use, product", [.. products.Select(m => m.ProcessorShare)], "% of a core", Target.Most(2)));
        report.Add(new Figure("feeds that broke off", products.Sum(m => m.Lost), "feeds", Target.Most(0)));
    }

    private static async Task<IReadOnlyList<string>> LetInAsync(Grounds grounds, string data)
    {
        using var server = grounds.Product(data);
        return await Crowd.VisitorsAsync(server.Address, Count);
    }

    private static Idleness Measure(Func<RunningServer> start, IReadOnlyList<string> tokens, Effort effort)
    {
        using var server = start();
        // The first feeds pay for what is compiled and allocated once.
        using (var first = new Audience(server.Address))
            first.Listen(tokens.Take(200), TimeSpan.FromSeconds(5));
        using var audience = new Audience(server.Address);
        var before = server.Resident();
        audience.Listen(tokens, effort.Settling);
        var processor = server.Processor();
        audience.Idle(effort.Watching);
        var share = 100 * (server.Processor() - processor) / effort.Watching.TotalSeconds;
        return new Idleness((server.Resident() - before) / (double)tokens.Count, share, audience.Lost);
    }

    private static void Tell(Report report, string who, List<Idleness> samples)
    {
        report.Add(Figure.MedianOf($"{who}: memory per feed", [.. samples.Select(m => m.Bytes / 1024)], "KiB"));
        if (who.StartsWith("bare", StringComparison.Ordinal))
            report.Add(Figure.MedianOf($"{who}: processor use", [.. samples.Select(m => m.ProcessorShare)], "% of a core"));
    }

    private sealed record Idleness(double Bytes, double ProcessorShare, int Lost);
}
