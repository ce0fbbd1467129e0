namespace Beseda.Server.Reports.Files;

/// <summary>A table of a report, as it goes into a file.</summary>
/// <param name="Columns">The first says what the rows are.</param>
/// <param name="Rows">Of each a text, then numbers; null: there is none.</param>
internal sealed record ReportTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows);
