using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Beseda.Journal;

/// <summary>
/// What can be measured of a journal, as instruments of the meter <c>Beseda.Journal</c> and activities of the source of the
/// same name. Times are seconds.
/// </summary>
internal sealed class JournalMetrics : IDisposable
{
    public const string Name = "Beseda.Journal";

    private static readonly ActivitySource Activities = new(Name);
    private static readonly double[] Seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
    private static readonly int[] Sizes = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];

    private readonly Meter meter = new(Name);
    private readonly Counter<long> commands;
    private readonly Histogram<int> batch;
    private readonly Histogram<double> commit;
    private readonly Counter<long> failures;

    /// <param name="waiting">Commands that are not decided yet.</param>
    /// <param name="feeds">Open feeds.</param>
    /// <param name="accounts">Accounts in memory.</param>
    public JournalMetrics(Func<int> waiting, Func<int> feeds, Func<int> accounts)
    {
        commands = meter.CreateCounter<long>("beseda.commands", "{command}", "Commands answered, by what came of them.");
        batch = meter.CreateHistogram("beseda.commit.commands", "{command}", "Commands in one commit.",
            advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = Sizes });
        commit = meter.CreateHistogram("beseda.commit.duration", "s", "From taking the commands to their being on the disk.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });
        failures = meter.CreateCounter<long>("beseda.commit.failures", "{commit}", "Commits that the database did not carry out; they are tried again.");
        meter.CreateObservableGauge("beseda.commands.waiting", waiting, "{command}", "Commands that wait to be decided.");
        meter.CreateObservableGauge("beseda.feeds", feeds, "{feed}", "Open feeds.");
        meter.CreateObservableGauge("beseda.accounts.loaded", accounts, "{account}", "Accounts in memory.");
    }

    /// <summary>Null while nobody records traces.</summary>
    public static Activity? Begin(int commands) => Activities.StartActivity("commit")?.SetTag("beseda.commands", commands);

    public void Committed(int count, TimeSpan took)
    {
        batch.Record(count);
        commit.Record(took.TotalSeconds);
    }

    public void CommitFailed() => failures.Add(1);

    public void Answered(string outcome, int count)
    {
        if (count > 0)
            commands.Add(count, new KeyValuePair<string, object?>("outcome", outcome));
    }

    public void Dispose() => meter.Dispose();
}
