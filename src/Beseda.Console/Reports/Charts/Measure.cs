using Beseda.Protocol;

namespace Beseda.Workplace.Reports.Charts;

/// <summary>A number of a report, as tables and figures show it.</summary>
/// <param name="Name">As formulas are named.</param>
/// <param name="Value">To sort by; null: there is none.</param>
/// <param name="Show">As it is written.</param>
/// <param name="Which">What its conversations are asked for by, as <c>outcome=abandoned</c>; null: not at all.</param>
public sealed record Measure(string Name, string Title, Func<SummaryReport, double?> Value, Func<SummaryReport, string> Show, string? Which = null)
{
    /// <summary>More is better.</summary>
    public bool Rising { get; init; } = true;

    /// <summary>How a difference is written.</summary>
    public Func<double, string> Differs { get; init; } = _ => "";

    /// <summary>What stands beside the number.</summary>
    public Func<SummaryReport, string?> More { get; init; } = _ => null;
}

/// <param name="Key">What the row is filtered by; null: by nothing.</param>
public sealed record Row(string Label, SummaryReport Summary, string? Key = null);
