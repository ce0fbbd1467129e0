using System.Diagnostics;
using Beseda.Bench.Figures;
using Beseda.Bench.Limits;
using Beseda.Bench.Loads;
using Beseda.Bench.Servers;
using Beseda.Cluster;

namespace Beseda.Bench.Measures;

/// <summary>Whether a batch takes longer where much has been written before: two nodes on two databases, turn and turn about.</summary>
internal static class Growth
{
    private const int Few = 10_000;

    /// <summary>In closed loop half of the callers make a batch while the other half's is being committed.</summary>
    private const int Callers = 200;
    private const double Gibibyte = 1024.0 * 1024 * 1024;
    private const double BytesPerEvent = 1_500;

    public static async Task RunAsync(Grounds grounds, Effort effort, Report report)
    {
        Report.Title($"growth: {Callers} connections in closed loop on PostgreSQL, one account with {Few:N0} and with {effort.Events:N0} events, {Math.Max(3, effort.Rounds)} rounds of {effort.Seconds} s");
        var free = new DriveInfo(Path.GetTempPath()).AvailableFreeSpace;
        if (free < effort.Events * BytesPerEvent)
            throw new InvalidOperationException($"{effort.Events:N0} events take up to {effort.Events * BytesPerEvent / Gibibyte:N1} GiB, and {Path.GetTempPath()} has {free / Gibibyte:N1} GiB left.");
        using var cluster = PostgresCluster.Start(durable: true);
        var (small, large) = (await GrownAsync(grounds, cluster, Few), await GrownAsync(grounds, cluster, effort.Events));
        report.Add(new Figure("events, large", large.Ledger.Head, "events"));
        report.Add(new Figure("filled in", large.Filled.TotalSeconds, "s"));
        report.Add(new Figure("size of the large database", large.Ledger.Number("select pg_database_size(current_database())") / Gibibyte, "GiB"));

        using var few = grounds.Product(small.Folder, "--database", small.Url);
        using var many = grounds.Product(large.Folder, "--database", large.Url);
        var fews = new Rounds(few, await Crowd.VisitorsAsync(few.Address, Callers), small.Ledger, cluster);
        var manys = new Rounds(many, await Crowd.VisitorsAsync(many.Address, Callers), large.Ledger, cluster);
        for (var i = 0; i < Math.Max(3, effort.Rounds); i++)
        {
            fews.Run(effort);
            manys.Run(effort);
        }
        using var bare = new BarePostgres(cluster.ConnectionOf(cluster.AddDatabase()));
        bare.Measure(100, effort.WarmUp);
        report.Add(new Figure("bare commit loop: a batch of 100", 100_000 / bare.Measure(100, effort.Time), "ms"));
        fews.Tell(report, "small");
        manys.Tell(report, "large");
        report.Add(new Figure("a batch of 100, large ÷ small", manys.Milliseconds / fews.Milliseconds, "times", Target.Most(1.2)));
    }

    private static async Task<Grown> GrownAsync(Grounds grounds, PostgresCluster cluster, int events)
    {
        var (folder, database) = (grounds.NewData(), cluster.AddDatabase());
        using (var server = grounds.Product(folder, "--database", cluster.UrlOf(database)))
        {
            var tokens = await Crowd.VisitorsAsync(server.Address, 8);
            new Pressure(server.Address, tokens, tokens.Count).Run(new Phase(40, TimeSpan.FromSeconds(1)));
        }
        var (ledger, start) = (new Ledger(cluster.ConnectionOf(database)), Stopwatch.GetTimestamp());
        new Filling(ledger).Add(events - (int)ledger.Head);
        return new Grown(folder, cluster.UrlOf(database), ledger, Stopwatch.GetElapsedTime(start));
    }

    private sealed record Grown(string Folder, string Url, Ledger Ledger, TimeSpan Filled);

    private sealed class Rounds(RunningServer server, IReadOnlyList<string> tokens, Ledger ledger, PostgresCluster cluster)
    {
        private readonly ClosedLoop _loop = new(server, tokens, Callers, () => Machine.Processor(cluster));
        private readonly List<(Round Round, double Batch)> _rounds = [];

        /// <summary>Of a hundred messages, at the batches that came about.</summary>
        public double Milliseconds => Figure.Median([.. _rounds.Select(r => 100_000 / r.Round.PerSecond)]);

        public void Run(Effort effort)
        {
            var head = ledger.Head;
            var round = _loop.Run(effort.WarmUp, effort.Time);
            _rounds.Add((round, ledger.PerTransaction(head)));
        }

        public void Tell(Report report, string which)
        {
            report.Add(Figure.MedianOf($"{which}: a batch of 100", [.. _rounds.Select(r => 100_000 / r.Round.PerSecond)], "ms"));
            report.Add(Figure.MedianOf($"{which}: messages per transaction", [.. _rounds.Select(r => r.Batch)], "messages"));
            report.Add(Figure.MedianOf($"{which}: server's processor time per message", [.. _rounds.Select(r => r.Round.ServerMilliseconds)], "ms"));
            report.Add(Figure.MedianOf($"{which}: PostgreSQL's per message", [.. _rounds.Select(r => r.Round.DatabaseMilliseconds)], "ms"));
            report.Add(new Figure($"{which}: not acknowledged", _rounds.Sum(r => r.Round.Failed), "messages", Target.Most(0)));
        }
    }
}
