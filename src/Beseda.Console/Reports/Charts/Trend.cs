namespace Beseda.Workplace.Reports.Charts;

/// <summary>One line of a chart, or one part of its columns.</summary>
/// <param name="Tone">Which of the chart's colours: 1 to 8.</param>
/// <param name="Values">One for each bucket; null: there is none.</param>
public sealed record Trend(string Name, int Tone, IReadOnlyList<double?> Values);

/// <summary>Whole, round numbers for an axis.</summary>
public static class Axis
{
    private static readonly double[] Steps = [1, 2, 2.5, 5, 10];

    /// <summary>A round number that is not less, so that quarters of it are round, too.</summary>
    public static double Top(double most)
    {
        if (most <= 0) return 1;
        var scale = Math.Pow(10, Math.Floor(Math.Log10(most)));
        return Steps.Select(step => step * scale).First(top => top >= most * 0.9999);
    }

    /// <summary>Of times: round in minutes and hours.</summary>
    public static double TopOfTime(double seconds)
    {
        double[] round = [10, 20, 40, 60, 120, 240, 300, 600, 1_200, 2_400, 3_600, 7_200, 14_400, 21_600, 43_200, 86_400];
        return round.FirstOrDefault(top => top >= seconds) is > 0 and var found ? found : Top(seconds / 86_400) * 86_400;
    }
}
