using Beseda.Workplace.Reports.ByCategory;
using Beseda.Workplace.Reports.ByChannel;
using Beseda.Workplace.Reports.ByOperator;
using Beseda.Workplace.Reports.Overview;
using Beseda.Workplace.Reports.Queue;
using Beseda.Workplace.Reports.Satisfaction;
using Beseda.Workplace.Reports.ServiceLevel;
using Beseda.Workplace.Reports.Wall;
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
        new("wall", words => words.Now, typeof(WallPage)),
        new("overview", words => words.Overview, typeof(OverviewPage)),
        new("service", words => words.ServiceLevel, typeof(ServicePage)),
        new("operators", words => words.OperatorsTitle, typeof(OperatorsPage)),
        new("satisfaction", words => words.Satisfaction, typeof(SatisfactionPage)),
        new("channels", words => words.Channels, typeof(ChannelsReportPage)),
        new("queue", words => words.QueueTitle, typeof(QueuePage)),
        new("categories", words => words.Categories, typeof(CategoriesPage)),
    ];

    public static ReportPage Of(string name) => All.FirstOrDefault(page => page.Name == name) ?? All[1];
}
