using System.Globalization;

namespace Beseda.House.Tests;

/// <summary>House rule 6. The hard lines fail; what to aim at is printed beside what is.</summary>
public sealed class Sizes(ITestOutputHelper output)
{
    private static readonly string[] Read = [".cs", ".razor", ".ts", ".js", ".css"];

    [Fact]
    public void No_file_is_longer_than_300_lines() => Hold("lines of a file", aim: 130, most: 300,
        from file in House.Files
        where House.InAWing(file) && !House.Generated(file) && Read.Contains(Path.GetExtension(file))
        select new Size(file, file, Lines(file)));

    [Fact]
    public void No_method_is_longer_than_60_lines() => Hold("lines of a method", aim: 20, most: 60,
        from source in House.Sources
        from method in source.Methods
        select new Size(source.File, $"{source.File} {method.Name}", method.Lines));

    [Fact]
    public void No_constructor_asks_for_more_than_6_things() => Hold("parameters of a constructor", aim: 4, most: 6,
        from source in House.Sources
        from constructor in source.Constructors
        select new Size(source.File, $"{source.File} {constructor.Name}", constructor.Parameters));

    [Fact]
    public void The_server_s_start_fits_on_a_screen()
    {
        var lines = Lines("src/Beseda.Server/Program.cs");
        output.WriteLine($"Program.cs: {lines} lines, at most 40");
        Assert.True(lines <= 40, $"Program.cs has {lines} lines: it is a table of contents.");
    }

    private void Hold(string what, int aim, int most, IEnumerable<Size> sizes)
    {
        var all = sizes.ToArray();
        foreach (var wing in all.GroupBy(s => s.File[..s.File.IndexOf('/')]))
        {
            var values = wing.Select(s => s.Value).Order().ToArray();
            var over = values.Count(v => v > aim);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{what,-28} {wing.Key,-8} {values.Length,5} of them, median {values[values.Length / 2],3}, p90 {values[values.Length * 9 / 10],3}, max {values[^1],3}; over the aim of {aim}: {over}"));
        }
        Assert.NotEmpty(all);
        var tooLarge = all.Where(s => s.Value > most).Select(s => $"{s.Name}: {s.Value}").ToArray();
        Assert.True(tooLarge is [], $"More than {most} {what}:\n{string.Join('\n', tooLarge)}");
    }

    private static int Lines(string file) => File.ReadLines(Path.Combine(House.Root, file)).Count();

    private sealed record Size(string File, string Name, int Value);
}
