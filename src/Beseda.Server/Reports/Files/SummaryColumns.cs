namespace Beseda.Server.Reports.Files;

/// <summary>The numbers of a summary side by side: those that any of the rows has.</summary>
internal static class SummaryColumns
{
    private static readonly (string Name, Func<Wire.SummaryReport, Wire.TimesReport> Of)[] Times =
    [
        ("firstResponse", one => one.FirstResponse), ("queueWait", one => one.QueueWait), ("reaction", one => one.Reaction),
        ("response", one => one.Response), ("handling", one => one.Handling), ("duration", one => one.Duration),
    ];

    private static readonly (string Name, Func<Wire.SummaryReport, object?> Of)[] Counts =
    [
        ("conversations", one => one.Conversations), ("handled", one => one.Outcomes.Handled), ("abandoned", one => one.Outcomes.Abandoned),
        ("unanswered", one => one.Outcomes.Unanswered), ("offHours", one => one.Outcomes.OffHours), ("contained", one => one.Outcomes.Contained),
        ("silent", one => one.Outcomes.Silent), ("shortAbandons", one => one.Outcomes.ShortAbandons), ("missedShare", one => one.MissedShare),
    ];

    private static readonly (string Name, Func<Wire.SummaryReport, object?> Of)[] Ratings =
    [
        ("csi.mean", one => one.Csi.Mean), ("csi.share5", one => one.Csi.Share5), ("csi.share45", one => one.Csi.Share45), ("csi.n", one => one.Csi.N),
        ("csi.asked", one => one.Csi.Asked), ("csi.responseRate", one => one.Csi.ResponseRate), ("nps.score", one => one.Nps.Score), ("nps.low", one => one.Nps.Low),
        ("nps.high", one => one.Nps.High), ("nps.n", one => one.Nps.N), ("nps.asked", one => one.Nps.Asked), ("nps.responseRate", one => one.Nps.ResponseRate),
    ];

    /// <param name="what">What the rows are.</param>
    /// <param name="sum">The last row; null: there is none.</param>
    public static ReportTable Table(string what, IReadOnlyList<(string Label, Wire.SummaryReport Summary)> rows, Wire.SummaryReport? sum, ReportWords words)
    {
        var all = sum is null ? rows : [.. rows, (words.All, sum)];
        var columns = Columns(words).Where(column => all.Any(row => column.Of(row.Summary) is not (null or 0L))).ToList();
        return new ReportTable(
            [what, .. columns.Select(column => column.Title)], [.. all.Select(row => (IReadOnlyList<object?>)[row.Label, .. columns.Select(column => column.Of(row.Summary))])]);
    }

    private static IEnumerable<(string Title, Func<Wire.SummaryReport, object?> Of)> Columns(ReportWords words)
    {
        foreach (var (name, of) in Counts)
            yield return (words.Number(name), of);
        foreach (var (name, of) in Times)
            foreach (var column in OfTimes(words.Number(name), of, words).Concat(OfTimes($"{words.Number(name)} {words.InHours}", one => of(one).InHours ?? Wire.TimesReport.None, words)))
                yield return column;
        foreach (var (name, of) in Ratings)
            yield return (words.Number(name), of);
    }

    private static IEnumerable<(string Title, Func<Wire.SummaryReport, object?> Of)> OfTimes(string title, Func<Wire.SummaryReport, Wire.TimesReport> of, ReportWords words) =>
    [
        ($"{title}: {words.Mean}", one => of(one).Mean), ($"{title}: {words.Median}", one => of(one).Median), ($"{title}: {words.P90}", one => of(one).P90),
        ($"{title}: {ReportWords.Count}", one => of(one).N),
    ];
}
