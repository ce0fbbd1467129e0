using System.Diagnostics;
using Beseda.Bench.Figures;
using Beseda.Bench.Loads;
using Beseda.Bench.Servers;
using Beseda.Cluster;
using Npgsql;

namespace Beseda.Bench.Measures;

/// <summary>
/// The database is killed, or freezes, while messages come: everybody is told so in time, feeds stay, and all goes on when
/// it is back.
/// </summary>
internal static class DatabaseAway
{
    private const int Visitors = 64;
    private const int Listeners = 200;
    private const int PerSecond = 200;

    public static async Task RunAsync(Grounds grounds, Effort effort, Report report)
    {
        using var cluster = PostgresCluster.Start(durable: true);
        var database = cluster.AddDatabase();
        using var product = grounds.Product(grounds.NewData(), "--database", cluster.UrlOf(database));
        var tokens = await Crowd.VisitorsAsync(product.Address, Visitors + Listeners);
        var cookie = await Crowd.AdministratorAsync(product.Address);
        var time = TimeSpan.FromSeconds(effort.Quick ? 5 : 15);

        Run("killed", () => cluster.Stop("immediate"), cluster.Resume);
        Run("frozen", cluster.Freeze, cluster.Thaw);

        void Run(string how, Action leave, Action comeBack)
        {
            Report.Title($"the database {how} for {time.TotalSeconds} s, {PerSecond} messages/s in open loop, {Listeners} visitors' feeds and an operator's");
            var absence = new Absence(cluster.ConnectionOf(database), leave, comeBack, time);
            using var feed = new OperatorFeed(product.Address, cookie);
            using var audience = new Audience(product.Address);
            audience.Listen(tokens.Skip(Visitors), TimeSpan.FromSeconds(1));
            // No answer later than two seconds is hoped for: with so many connections none waits for another.
            var pressure = new Pressure(product.Address, [.. tokens.Take(Visitors)], PerSecond * 3, feed);
            var told = pressure.Run(
                new Phase(PerSecond, effort.WarmUp),
                new Phase(PerSecond, time * 2 + TimeSpan.FromSeconds(10), absence.Begin));
            audience.Idle(TimeSpan.FromSeconds(1));
            Tell(report, absence, told);
            report.Add(new Figure("visitors' feeds that ended", audience.Lost, "feeds", Target.Most(0)));
            report.Add(new Figure("operators' feeds that ended", pressure.FeedEnded ? 1 : 0, "feeds", Target.Most(0)));
            report.Add(new Figure("acknowledged, and never on the operator's feed", pressure.Missing, "messages", Target.Most(0)));
            report.Add(new Figure("connections that the server ended", pressure.HungUp, "connections", Target.Most(0)));
        }
    }

    private static void Tell(Report report, Absence absence, IReadOnlyList<Told> told)
    {
        var (left, back) = absence.Wait();
        var during = told.Where(t => t.Due >= left && t.Due < back).ToList();
        var refused = during.Where(t => t.Status == 503).ToList();
        report.Add(new Figure("posts while it was away", during.Count, "messages"));
        report.Add(new Figure("… answered 503", 100.0 * refused.Count / during.Count, "%"));
        report.Add(new Figure("… answered 200: came when it was back", during.Count(t => t.Accepted), "messages"));
        report.Add(new Figure("… answered otherwise, or never", during.Count(t => t.Status is not (200 or 503)), "messages", Target.Most(0)));
        report.Add(new Figure("until answered, p50", Delays.Of(during).At(0.50), "ms"));
        report.Add(new Figure("until answered, at the most", Delays.Of(during).At(1), "ms", Target.Most(2000)));
        report.Add(new Figure("503 without Retry-After", refused.Count(t => t.RetryAfter < 0), "messages", Target.Most(0)));
        var first = told.Where(t => t.Accepted && t.Answered >= back).Min(t => t.Answered);
        var last = told.LastOrDefault(t => t.Due >= back && !t.Accepted);
        report.Add(new Figure("back: until the first message is acknowledged", Seconds(first - back), "s", Target.Most(5)));
        report.Add(new Figure("back: until the last message that is refused", last.Due == 0 ? 0 : Seconds(last.Due - back), "s"));
    }

    private static double Seconds(long ticks) => ticks / (double)Stopwatch.Frequency;

    /// <summary>Takes the database away and brings it back, beside the load, and notes when a client of its own is served again.</summary>
    private sealed class Absence(string connection, Action leave, Action comeBack, TimeSpan time)
    {
        private Task<(long Left, long Back)>? _running;

        public void Begin() => _running = Task.Factory.StartNew(() =>
        {
            leave();
            var left = Stopwatch.GetTimestamp();
            Thread.Sleep(time);
            var probing = Task.Factory.StartNew(Probe, default, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            comeBack();
            return (left, probing.Result);
        }, default, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        public (long Left, long Back) Wait() => _running!.Result;

        private long Probe()
        {
            while (true)
            {
                try
                {
                    using var session = new NpgsqlConnection(connection + ";Timeout=1;Command Timeout=1");
                    session.Open();
                    using var command = new NpgsqlCommand("select 1", session);
                    command.ExecuteScalar();
                    return Stopwatch.GetTimestamp();
                }
                catch (NpgsqlException)
                {
                    Thread.Sleep(5);
                }
            }
        }
    }
}
