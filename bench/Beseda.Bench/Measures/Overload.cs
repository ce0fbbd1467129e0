using System.Diagnostics;
using Beseda.Bench.Figures;
using Beseda.Bench.Loads;
using Beseda.Bench.Servers;

namespace Beseda.Bench.Measures;

/// <summary>
/// Three times as much as a server on a slow disk can take: what it accepts is to stay fast, the rest is to be told to come
/// later, memory is not to grow, and afterwards all is to be well by itself.
/// </summary>
internal static class Overload
{
    private const int Visitors = 1_000;
    private const int Callers = 512;
    private const double Fast = 0.5;

    /// <summary>So many seconds may an answer take before further messages have to wait for a connection.</summary>
    private const int LongestAnswer = 2;
    private const int MostConnections = 16_000;

    public static async Task RunAsync(Grounds grounds, Effort effort, Report report)
    {
        foreach (var open in Engine.Both)
        {
            using var engine = open(grounds);
            using var server = engine.Start(grounds, "--test-commit-delay", "20");
            var tokens = await Crowd.VisitorsAsync(server.Address, Visitors);
            var time = TimeSpan.FromSeconds(effort.Quick ? 10 : 30);
            Report.Title($"overload on {engine.Name}: commits slowed by 20 ms, three times the accepted load for {time.TotalSeconds} s");
            var accepted = new ClosedLoop(server, tokens, Callers).Run(effort.WarmUp, effort.Time);
            report.Add(new Figure($"accepted of {Callers} callers in closed loop", accepted.PerSecond, "messages/s"));
            report.Add(new Figure("… until acknowledged, p99", accepted.Delays.At(0.99), "ms"));
            Storm(server, tokens, (int)accepted.PerSecond, time, report);
        }
    }

    private static void Storm(RunningServer server, IReadOnlyList<string> tokens, int accepted, TimeSpan time, Report report)
    {
        var (began, ended, own) = (0L, 0L, 0.0);
        IReadOnlyList<Told> told;
        Pressure pressure;
        var watch = new Watch(server);
        using (watch)
        {
            pressure = new Pressure(server.Address, tokens, Math.Min(MostConnections, 3 * accepted * LongestAnswer));
            told = pressure.Run(
                new Phase(3 * accepted, time, () => (began, own) = (Stopwatch.GetTimestamp(), Own())),
                new Phase(accepted / 2, TimeSpan.FromSeconds(10), () => (ended, own) = (Stopwatch.GetTimestamp(), Own() - own), Afresh: true));
        }

        var during = told.Take(3 * accepted * (int)time.TotalSeconds).ToList();
        Tell(report, during, accepted, time);
        var middle = began + (ended - began) / 2;
        report.Add(new Figure("resident at the most, first half", watch.Peak(began, middle), "MiB"));
        report.Add(new Figure("resident at the most, second half", watch.Peak(middle, ended), "MiB"));
        report.Add(new Figure("… second half, of the first", 100 * watch.Peak(middle, ended) / watch.Peak(began, middle), "%", Target.Most(115)));
        report.Add(new Figure("until all is accepted within 500 ms again", Recovery(told.Skip(during.Count).ToList()), "s", Target.Most(5)));
        report.Add(new Figure("the load itself", 100 * own / time.TotalSeconds, "% of a core"));
        report.Add(new Figure("connections that the server ended", pressure.HungUp, "connections", Target.Most(0)));
    }

    private static void Tell(Report report, List<Told> due, int accepted, TimeSpan time)
    {
        var told = due.Where(t => t.Sent > 0).ToList();
        var (good, refused) = (told.Where(t => t.Accepted).ToList(), told.Where(t => t.Status is 429 or 503).ToList());
        report.Add(new Figure("offered", told.Count / time.TotalSeconds, "messages/s"));
        // Every visitor has a connection of their own; the load has not so many. Answers are counted from the sending.
        report.Add(new Figure("not offered: every connection waited for an answer", 100.0 * (due.Count - told.Count) / due.Count, "%"));
        report.Add(new Figure("accepted, of what the closed loop reached", 100 * good.Count / time.TotalSeconds / accepted, "%"));
        report.Add(new Figure("accepted: until acknowledged, p50", Delays.Of(good.Select(t => t.Taken)).At(0.50), "ms"));
        report.Add(new Figure("accepted: until acknowledged, p99", Delays.Of(good.Select(t => t.Taken)).At(0.99), "ms", Target.Most(Fast * 1000)));
        report.Add(new Figure("refused with 503 or 429", 100.0 * refused.Count / told.Count, "%"));
        report.Add(new Figure("refused: until told, p99", Delays.Of(refused.Select(t => t.Taken)).At(0.99), "ms"));
        report.Add(new Figure("refused without Retry-After", refused.Count(t => t.RetryAfter < 0), "messages", Target.Most(0)));
        report.Add(new Figure("answered otherwise, or never", told.Count - good.Count - refused.Count, "messages", Target.Most(0)));
    }

    /// <summary>From the end of the storm to the message from which on every one was accepted in time.</summary>
    private static double Recovery(List<Told> told)
    {
        var last = told.FindLastIndex(t => !t.Accepted || t.Delay > Fast);
        return last < 0 ? 0 : (told[last].Due - told[0].Due) / (double)Stopwatch.Frequency;
    }

    private static double Own() => Environment.CpuUsage.TotalTime.TotalSeconds;
}
