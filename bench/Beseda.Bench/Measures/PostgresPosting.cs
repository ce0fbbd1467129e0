using Beseda.Bench.Figures;
using Beseda.Bench.Limits;
using Beseda.Bench.Loads;
using Beseda.Bench.Servers;
using Beseda.Cluster;

namespace Beseda.Bench.Measures;

/// <summary>How many messages one node acknowledges on PostgreSQL, beside a bare endpoint and a bare group-commit loop.</summary>
internal static class PostgresPosting
{
    public static async Task RunAsync(Grounds grounds, Effort effort, Report report)
    {
        Report.Title($"posting on PostgreSQL, fsync on: {Posting.Connections} connections in closed loop, median of {effort.Rounds} rounds of {effort.Seconds} s");
        using var cluster = PostgresCluster.Start(durable: true);
        var database = cluster.AddDatabase();
        using (var product = grounds.Product(grounds.NewData(), "--database", cluster.UrlOf(database)))
        using (var limit = grounds.Limit())
        {
            var tokens = await Crowd.VisitorsAsync(product.Address, Posting.Connections);
            var ledger = new Ledger(cluster.ConnectionOf(database));
            var ours = new ClosedLoop(product, tokens, Posting.Connections, () => Machine.Processor(cluster));
            var bare = new ClosedLoop(limit, tokens, Posting.Connections);
            var (products, limits, batches) = (new List<Round>(), new List<Round>(), new List<double>());
            for (var i = 0; i < effort.Rounds; i++)
            {
                limits.Add(bare.Run(effort.WarmUp, effort.Time));
                var head = ledger.Head;
                products.Add(ours.Run(effort.WarmUp, effort.Time));
                batches.Add(ledger.PerTransaction(head));
            }
            Posting.Tell(report, products, limits, share: 12);
            report.Add(Figure.MedianOf(Posting.ServerTime, Posting.Each(products, r => r.ServerMilliseconds), "ms"));
            report.Add(Figure.MedianOf("PostgreSQL's processor time per message", Posting.Each(products, r => r.DatabaseMilliseconds), "ms"));
            report.Add(Figure.MedianOf("messages per transaction", batches, "messages"));
        }
        Commits(cluster, effort, report);
    }

    private static void Commits(PostgresCluster cluster, Effort effort, Report report)
    {
        Report.Title("bare PostgreSQL group commit: one connection, two round trips a batch, an event with a client id each");
        foreach (var batch in (int[])[1, 32, 64, 100])
        {
            using var commits = new BarePostgres(cluster.ConnectionOf(cluster.AddDatabase()));
            commits.Measure(batch, effort.WarmUp / 2);
            report.Add(new Figure($"batches of {batch}", commits.Measure(batch, effort.Time), "events/s"));
        }
    }
}
