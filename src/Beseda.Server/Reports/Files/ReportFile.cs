using System.Globalization;
using System.Text;
using Beseda.Server.Doors;
using Beseda.Server.Reports.Counting;
using MiniExcelLibs;

namespace Beseda.Server.Reports.Files;

/// <summary>
/// A table of a page as a file: <c>format=csv</c> or <c>xlsx</c>, <c>table</c> (rows, series; tags of categories), <c>lang</c>. The numbers are those of the page, to the last digit.
/// </summary>
internal static class ReportFile
{
    private const string Excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>Numbers that cannot be weighed as such: names that begin like a formula would be run as one.</summary>
    private static readonly char[] Formulas = ['=', '+', '-', '@', '\t', '\r'];

    public static bool IsWanted(HttpRequest request) => request.Query.ContainsKey("format");

    /// <param name="name">The page's.</param>
    /// <param name="by">What its rows are.</param>
    public static IResult Of(HttpRequest request, string name, Grouping by, Wire.SummaryReport page, AccountState state)
    {
        var words = ReportWords.Of(request);
        var asked = request.Query["table"].ToString() is { Length: > 0 } table ? table : "rows";
        var found = (asked, page) switch
        {
            ("rows", Wire.PageReport known) => SummaryColumns.Table(words.Dimension(by), Named(known.Rows, by), page, words),
            ("series", Wire.PageReport known) => SummaryColumns.Table(words.Dimension(Grouping.Time), [.. known.Series.Select(one => (one.From, one.Summary))], page, words),
            ("tags", Wire.CategoriesReport known) => SummaryColumns.Table(words.Dimension(Grouping.Tag), Named(known.Tags, Grouping.Tag), null, words),
            _ => null,
        };
        if (found is null)
            return Problems.Invalid("table", "rows, series; tags of categories.");
        return request.Query["format"].ToString() switch
        {
            "csv" => TypedResults.File(Csv(found), "text/csv; charset=utf-8", $"{name}-{asked}.csv"),
            "xlsx" => TypedResults.File(Xlsx(found), Excel, $"{name}-{asked}.xlsx"),
            _ => Problems.Invalid("format", "csv or xlsx."),
        };

        IReadOnlyList<(string, Wire.SummaryReport)> Named(IReadOnlyList<Wire.RowReport> rows, Grouping of) =>
            [.. rows.Select(row => (Name(state, of, row.Key) ?? words.None, row.Summary))];
    }

    private static string? Name(AccountState state, Grouping by, string key) => !long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        ? key.Length > 0 ? key : null
        : by switch
        {
            Grouping.Department => state.Departments.GetValueOrDefault(new DepartmentId(id))?.Name,
            Grouping.Operator => state.Operators.GetValueOrDefault(new OperatorId(id))?.Profile.Name,
            _ => state.Labels.GetValueOrDefault(new LabelId(id))?.Name,
        } ?? $"№ {id}";

    /// <summary>RFC 4180, with a mark by which Excel knows that it is UTF-8.</summary>
    private static byte[] Csv(ReportTable table)
    {
        var text = new StringBuilder();
        foreach (var row in table.Rows.Prepend(table.Columns))
            text.AppendJoin(',', row.Select(Cell)).Append("\r\n");
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    private static string Cell(object? value) => value switch
    {
        null => "",
        string text => $"\"{(text.Length > 0 && Formulas.Contains(text[0]) ? $"'{text}" : text).Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static byte[] Xlsx(ReportTable table)
    {
        using var file = new MemoryStream();
        file.SaveAs(table.Rows.Select(row => table.Columns.Zip(row).ToDictionary(cell => cell.First, cell => cell.Second)), printHeader: true);
        return file.ToArray();
    }
}
