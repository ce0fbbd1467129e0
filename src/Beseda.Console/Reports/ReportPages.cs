using Beseda.Workplace.Reports.Overview;
using Beseda.Workplace.Texts;

namespace Beseda.Workplace.Reports;

/// <param name="Name">In the address, and of the server.</param>
/// <param name="View">Draws it; asks the server by itself.</param>
internal sealed record ReportPage(string Name, Func<Words, string> Title, Type View);

/// <summary>The pages there are: each is a folder, and a line here.</summary>
internal static class ReportPages
{
    public static readonly IReadOnlyList<ReportPage> All =
    [
        new("overview", words => words.Overview, typeof(OverviewPage)),
    ];

    public static ReportPage Of(string name) => All.FirstOrDefault(page => page.Name == name) ?? All[0];
}
