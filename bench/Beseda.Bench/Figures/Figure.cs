namespace Beseda.Bench.Figures;

/// <summary>One measured number and, where there is one, the target it is held against.</summary>
/// <param name="Samples">What the value is the median of.</param>
internal sealed record Figure(string Name, double Value, string Unit, Target? Target = null, IReadOnlyList<double>? Samples = null)
{
    public bool? Met => Target is null ? null : Target.AtLeast ? Value >= Target.Value : Value <= Target.Value;

    public static Figure MedianOf(string name, IReadOnlyList<double> samples, string unit, Target? target = null) =>
        new(name, Median(samples), unit, target, samples);

    public static double Median(IReadOnlyList<double> samples)
    {
        var sorted = samples.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}

internal sealed record Target(bool AtLeast, double Value)
{
    public static Target Least(double value) => new(true, value);

    public static Target Most(double value) => new(false, value);
}
