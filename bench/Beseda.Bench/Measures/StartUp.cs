using Beseda.Bench.Figures;
using Beseda.Bench.Servers;

namespace Beseda.Bench.Measures;

/// <summary>How long an administrator waits for the first start, on an empty data folder, and for the next.</summary>
internal static class StartUp
{
    public static Task RunAsync(Grounds grounds, Effort effort, Report report)
    {
        Report.Title($"start-up: from the process's start until /health/ready answers 200, median of {effort.Rounds}");
        var (first, second) = (new List<double>(), new List<double>());
        for (var i = 0; i < effort.Rounds; i++)
        {
            var data = grounds.NewData();
            first.Add(Start());
            second.Add(Start());

            double Start()
            {
                using var server = grounds.Product(data);
                return server.ReadyAfter.TotalSeconds;
            }
        }
        report.Add(Figure.MedianOf("first start", first, "s", Target.Most(10)));
        report.Add(Figure.MedianOf("second start", second, "s", Target.Most(3)));
        return Task.CompletedTask;
    }
}
