using Beseda.Protocol;

namespace Beseda.Workplace.Reports.Charts;

/// <summary>What a map of hours shows of each.</summary>
public sealed record HeatLens(string Name, Func<HourReport, double?> Value, Func<HourReport, string> Show);
