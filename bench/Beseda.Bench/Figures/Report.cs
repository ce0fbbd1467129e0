using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Beseda.Bench.Figures;

/// <summary>Says each figure as soon as it is known, and all of them at the end as JSON.</summary>
internal sealed class Report
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly List<Figure> _figures = [];
    private readonly DateTimeOffset _startedAt = DateTimeOffset.UtcNow;

    public bool Met => _figures.All(f => f.Met != false);

    public static void Title(string title) => Console.WriteLine($"\n{title}");

    public void Add(Figure figure)
    {
        _figures.Add(figure);
        var target = figure.Target is not { } t
            ? ""
            : $"{(t.AtLeast ? "at least" : "at most")} {Number(t.Value)}: {(figure.Met == true ? "met" : "MISSED")}";
        Console.WriteLine($"  {figure.Name,-52} {Number(figure.Value),9} {figure.Unit,-14} {target}".TrimEnd());
    }

    public void Close(string? file)
    {
        var missed = _figures.Count(f => f.Met == false);
        Console.WriteLine($"\n{_figures.Count(f => f.Met == true)} targets met, {missed} missed");
        if (file is null)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        File.WriteAllText(file, JsonSerializer.Serialize(new
        {
            startedAt = _startedAt,
            processors = Environment.ProcessorCount,
            runtime = RuntimeInformation.FrameworkDescription,
            system = RuntimeInformation.OSDescription,
            figures = _figures,
            missed,
        }, Json));
        Console.WriteLine($"as JSON: {file}");
    }

    private static string Number(double value) =>
        value.ToString(Math.Abs(value) >= 100 ? "N0" : Math.Abs(value) >= 10 ? "N1" : "0.###", CultureInfo.InvariantCulture);
}
