using Beseda.Protocol;
using Beseda.Workplace.Reports.Charts;
using Beseda.Workplace.Texts;

namespace Beseda.Workplace.Reports;

/// <summary>Every number that reports show, once.</summary>
public sealed class Measures(Words words, Reporting reporting)
{
    public Measure Conversations => new("conversations", words.Dialogues, one => one.Conversations, one => words.Number(one.Conversations), "")
    {
        Differs = difference => words.Number((long)difference),
    };

    public Measure Handled => Outcome("handled", one => one.Outcomes.Handled);

    public Measure Missed => new("missed", words.Missed, one => one.MissedShare, one => words.Percent(one.MissedShare), "outcome=abandoned")
    {
        Rising = false,
        Differs = Points,
        More = one => words.Number(one.Outcomes.Abandoned + one.Outcomes.Unanswered),
    };

    public Measure FirstResponse => Median("firstResponse", words.FirstResponse, one => one.FirstResponse);

    public Measure FirstResponseP90 => P90("firstResponse", words.FirstResponse, one => one.FirstResponse);

    public Measure QueueWait => Median("queueWait", words.QueueWait, one => one.QueueWait);

    public Measure QueueWaitP90 => P90("queueWait", words.QueueWait, one => one.QueueWait);

    public Measure Reaction => Median("reaction", words.Reaction, one => one.Reaction);

    public Measure Response => Median("response", words.Response, one => one.Response);

    public Measure Handling => Median("handling", words.Handling, one => one.Handling);

    public Measure Duration => Median("duration", words.Duration, one => one.Duration);

    public Measure Csi => new("csi", Words.Csi, one => one.Csi.Mean, one => one.Csi.Mean is { } mean ? words.Number(mean, 2) : "—", "scale=5")
    {
        Differs = difference => words.Number(difference, 2),
        More = one => $"n = {words.Number(one.Csi.N)} · {words.Answered.ToLowerInvariant()} {words.Percent(one.Csi.ResponseRate)}",
    };

    public Measure Fives => Share("fives", words.Fives, one => one.Csi.Share5, "scale=5&score=5") with { More = one => $"4–5: {words.Percent(one.Csi.Share45)}" };

    public Measure Rated => new("rated", words.Rated, one => one.Csi.N + one.Nps.N, one => words.Number(one.Csi.N + one.Nps.N));

    public Measure Answered => Share("answered", words.Answered, one => one.Csi.ResponseRate, null) with
    {
        More = one => $"{words.Number(one.Csi.Answered)} / {words.Number(one.Csi.Asked)}",
    };

    public Measure Nps => new("nps", Words.Nps, one => one.Nps.Score, one => one.Nps.Score is { } score ? words.Number(score, 0) : "—", "scale=10")
    {
        Differs = difference => words.Number(difference, 1),
        More = one => one.Nps is { Low: { } low, High: { } high } ? $"{words.Number(low, 0)}…{words.Number(high, 0)} · n = {words.Number(one.Nps.N)}" : null,
    };

    /// <summary>As they passed, or within working hours, as is chosen.</summary>
    public TimesReport Of(TimesReport times) => reporting.InHours ? times.InHours ?? times : times;

    private Measure Outcome(string name, Func<SummaryReport, long> count) =>
        new(name, words.Outcome(name), one => count(one), one => words.Number(count(one)), $"outcome={name}") { Differs = difference => words.Number((long)difference) };

    private Measure Median(string name, string title, Func<SummaryReport, TimesReport> times) =>
        new(name, title, one => Of(times(one)).Median, one => words.Span(Of(times(one)).Median), $"time={name}")
        {
            Rising = false,
            Differs = difference => words.Span((long)difference),
            More = one => $"{words.Mean} {words.Span(Of(times(one)).Mean)} · p90 {words.Span(Of(times(one)).P90)}",
        };

    private Measure P90(string name, string title, Func<SummaryReport, TimesReport> times) =>
        new(name, $"{title}, p90", one => Of(times(one)).P90, one => words.Span(Of(times(one)).P90), $"time={name}") { Rising = false };

    private Measure Share(string name, string title, Func<SummaryReport, double?> share, string? which) =>
        new(name, title, share, one => words.Percent(share(one)), which) { Differs = Points };

    private string Points(double difference) => $"{words.Number(difference * 100, 1)} {words.PointsOf}";
}
