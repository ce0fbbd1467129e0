using System.Globalization;
using Beseda.Bench.Figures;
using Beseda.Bench.Limits;
using Beseda.Bench.Loads;
using Beseda.Bench.Servers;
using Beseda.Cluster;

namespace Beseda.Bench.Measures;

/// <summary>A thousand companies that each write a little: every one has transactions of its own on PostgreSQL, and shares them on SQLite.</summary>
internal static class ManyAccounts
{
    private const int Count = 1_000;

    /// <summary>As many as a node writes with.</summary>
    private const int Connections = 8;
    private const double Mebibyte = 1024 * 1024;

    /// <summary>At the least, of what the accounts took: the runtime keeps some for what comes next.</summary>
    private const double GivenBack = 50;

    public static async Task RunAsync(Grounds grounds, Effort effort, Report report)
    {
        foreach (var open in Engine.Both)
        {
            using var engine = open(grounds);
            Report.Title($"{Count} accounts on {engine.Name}, a message a second each, {(effort.WarmUp + effort.Time).TotalSeconds} s in open loop, from the scheduled time");
            using (engine.Start(grounds))
            {
                // Makes the demo account, which the others copy.
            }
            var keys = await Companies.AddAsync(Count, ["--data", engine.Data, .. engine.Arguments]);
            await MeasureAsync(grounds, engine, keys, effort, report);
            report.Add(engine.Cluster is { } cluster
                ? new Figure($"bare PostgreSQL, {Connections} connections: batches of 1", Commits(cluster, effort), "events/s")
                : new Figure("bare SQLite: batches of 8", Commits(grounds, effort), "events/s"));
        }
    }

    private static async Task MeasureAsync(Grounds grounds, Engine engine, IReadOnlyList<string> keys, Effort effort, Report report)
    {
        IReadOnlyList<string> tokens, quiet;
        using (var first = engine.Start(grounds))
            (tokens, quiet) = (await Crowd.VisitorsAsync(first.Address, keys), await Crowd.VisitorsAsync(first.Address, 20));

        var idle = TimeSpan.FromSeconds(effort.Quick ? 5 : 15);
        using var server = engine.Start(grounds, "--idle-accounts", idle.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        // The same load, all of it on one account: what connections cost, and what is compiled and allocated once, is paid for before.
        new Pressure(server.Address, quiet, Count).Run(new Phase(Count, effort.WarmUp + effort.Time));
        var before = server.ResidentInUse() / Mebibyte;
        var (processor, stored, everybody, own) = (0.0, 0.0, 0.0, 0.0);
        var told = new Pressure(server.Address, tokens, tokens.Count).Run(
            new Phase(Count, effort.WarmUp),
            new Phase(Count, effort.Time, () => (processor, stored, everybody, own) = Spent()),
            new Phase(0, TimeSpan.Zero, () =>
            {
                var (p, s, e, o) = Spent();
                (processor, stored, everybody, own) = (p - processor, s - stored, e - everybody, o - own);
            }));
        var (peak, held) = (server.Resident() / Mebibyte, server.ResidentInUse() / Mebibyte);
        Thread.Sleep(idle * 2.5);
        var after = server.ResidentInUse() / Mebibyte;

        var measured = told.Skip((int)(effort.WarmUp.TotalSeconds * Count)).ToList();
        Tell(report, engine.Name == "SQLite" ? 250 : 100, measured);
        report.Add(new Figure("server's processor use", 100 * processor / effort.Seconds, "% of a core"));
        report.Add(new Figure("database's processor use", 100 * stored / effort.Seconds, "% of a core"));
        report.Add(new Figure("other programs meanwhile", 100 * Math.Max(0, everybody - processor - stored - own) / effort.Seconds, "% of a core"));
        report.Add(new Figure("resident at the end of the load", peak, "MiB"));
        report.Add(new Figure("resident and in use, one account in memory", before, "MiB"));
        report.Add(new Figure("resident and in use, a thousand more", held, "MiB"));
        report.Add(new Figure($"resident and in use, those idle for {idle.TotalSeconds} s", after, "MiB"));
        report.Add(new Figure("given back, of what the thousand took", 100 * (held - after) / Math.Max(0.1, held - before), "%", Target.Least(GivenBack)));

        (double, double, double, double) Spent() =>
            (server.Processor(), engine.Processor(), Machine.Processor(), Environment.CpuUsage.TotalTime.TotalSeconds);
    }

    /// <summary>Each on a database of its own: they share the log and its syncs, and nothing else.</summary>
    private static double Commits(PostgresCluster cluster, Effort effort)
    {
        var writers = Enumerable.Range(0, Connections).Select(_ => new BarePostgres(cluster.ConnectionOf(cluster.AddDatabase()))).ToList();
        var rates = new double[Connections];
        var threads = writers.Select((writer, i) => new Thread(() => rates[i] = writer.Measure(1, effort.Time))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        writers.ForEach(writer => writer.Dispose());
        return rates.Sum();
    }

    private static double Commits(Grounds grounds, Effort effort)
    {
        using var commits = new BareCommits(Path.Combine(Directory.CreateDirectory(grounds.NewData()).FullName, "bare.db"));
        return commits.Measure(8, effort.Time);
    }

    private static void Tell(Report report, double most, List<Told> told)
    {
        var delays = Delays.Of(told.Where(t => t.Accepted));
        report.Add(new Figure("acknowledged, p50", delays.At(0.50), "ms"));
        report.Add(new Figure("acknowledged, p99", delays.At(0.99), "ms", Target.Most(most)));
        report.Add(new Figure("not acknowledged", told.Count(t => !t.Accepted), "messages", Target.Most(0)));
    }
}
