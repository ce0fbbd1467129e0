using Beseda.Bench.Figures;
using Beseda.Bench.Loads;
using Beseda.Bench.Servers;
using Beseda.Cluster;
using Npgsql;

namespace Beseda.Bench.Measures;

/// <summary>
/// What posting loses while somebody reads for long: as long as a snapshot is open, no dead row goes. Messages of few visitors
/// leave many dead rows of the same conversations, those of many visitors few of each.
/// </summary>
internal static class Snapshots
{
    private const int Quarters = 4;

    /// <summary>Bytes a second: a dump that goes over a network, or is compressed. One that takes all it can is a load of its own.</summary>
    private const int Slowly = 10_000_000;

    public static async Task RunAsync(Grounds grounds, Effort effort, Report report)
    {
        var quarter = TimeSpan.FromSeconds(effort.Quick ? 5 : 15);
        using var cluster = PostgresCluster.Start(durable: true);
        foreach (var visitors in (int[])[Posting.Connections, 5_000])
        {
            Report.Title($"posting beside a long snapshot: {Posting.Connections} connections in closed loop on PostgreSQL, {visitors} visitors, the snapshot open for {(quarter * Quarters).TotalSeconds} s");
            var database = cluster.AddDatabase();
            using var product = grounds.Product(grounds.NewData(), "--database", cluster.UrlOf(database));
            var tokens = await Crowd.VisitorsAsync(product.Address, visitors);
            var loop = new ClosedLoop(product, tokens, Posting.Connections, () => Machine.Processor(cluster));
            // Everybody's conversation begins before.
            loop.Run(effort.WarmUp, effort.WarmUp);

            var before = loop.Run(effort.WarmUp, quarter);
            var (held, dead) = Hold(cluster, database, () =>
                Enumerable.Range(0, Quarters).Select(_ => loop.Run(TimeSpan.FromSeconds(0.2), quarter)).ToList());
            var between = loop.Run(effort.WarmUp, quarter);
            var dumping = Dump(cluster, database, Slowly, () => loop.Run(TimeSpan.FromSeconds(0.2), quarter));
            var after = loop.Run(effort.WarmUp, quarter);
            var rushing = Dump(cluster, database, int.MaxValue, () => loop.Run(TimeSpan.FromSeconds(0.2), quarter));

            report.Add(new Figure("without, before", before.PerSecond, "messages/s"));
            report.Add(new Figure("snapshot open, first quarter", held[0].PerSecond, "messages/s"));
            report.Add(new Figure("snapshot open, last quarter", held[^1].PerSecond, "messages/s"));
            report.Add(new Figure("dead rows of conversations when it ended", dead, "rows"));
            report.Add(new Figure("without, between", between.PerSecond, "messages/s"));
            report.Add(new Figure($"pg_dump at {Slowly / 1_000_000} MB/s running", dumping.PerSecond, "messages/s"));
            report.Add(new Figure("without, after", after.PerSecond, "messages/s"));
            report.Add(new Figure("loss, last quarter of the snapshot", Loss(held[^1], before, between), "%", Target.Most(20)));
            report.Add(new Figure("loss, pg_dump", Loss(dumping, between, after), "%", Target.Most(20)));
            report.Add(new Figure("loss, one pg_dump after the other at full speed, on these processors too", Loss(rushing, after, after), "%"));
            // What is not the machine's noise shows here.
            report.Add(new Figure("PostgreSQL's processor time per message, without", before.DatabaseMilliseconds, "ms"));
            report.Add(new Figure("… last quarter of the snapshot", held[^1].DatabaseMilliseconds, "ms"));
            report.Add(new Figure("other programs meanwhile, without", 50 * (before.Others + between.Others), "% of a core"));
            report.Add(new Figure("other programs meanwhile, last quarter", 100 * held[^1].Others, "% of a core"));
            report.Add(new Figure("not acknowledged", held.Sum(r => r.Failed) + dumping.Failed, "messages", Target.Most(0)));
        }
    }

    /// <returns>What came of it, and how many dead rows the snapshot kept.</returns>
    private static (T Result, long Dead) Hold<T>(PostgresCluster cluster, string database, Func<T> act)
    {
        using var reader = new NpgsqlConnection(cluster.ConnectionOf(database));
        reader.Open();
        Run("begin isolation level repeatable read");
        Run("select count(*) from events");
        var result = act();
        var dead = new Ledger(cluster.ConnectionOf(database)).Number("select n_dead_tup from pg_stat_user_tables where relname = 'conversations'");
        Run("commit");
        return (result, dead);

        void Run(string sql)
        {
            using var command = new NpgsqlCommand(sql, reader);
            command.ExecuteNonQuery();
        }
    }

    /// <summary>One dump, and further ones for as long as the round goes on.</summary>
    private static Round Dump(PostgresCluster cluster, string database, int perSecond, Func<Round> act)
    {
        using var end = new CancellationTokenSource();
        var dumping = Task.Run(() =>
        {
            while (cluster.Dump(database, perSecond, end.Token))
            {
            }
        });
        var round = act();
        end.Cancel();
        dumping.Wait();
        return round;
    }

    /// <summary>Beside the mean of the rounds before and after: what else changes with time falls on both sides.</summary>
    private static double Loss(Round round, Round before, Round after) => 100 * (1 - 2 * round.PerSecond / (before.PerSecond + after.PerSecond));
}
