using System.Reflection;

namespace Beseda.House.Tests;

/// <summary>The repository these tests were built from, without what is built, fetched or run in it.</summary>
internal static class House
{
    private static readonly string[] NotOurs = [".git", ".vs", ".idea", "artifacts", "data", "node_modules", "obj", "TestResults"];

    /// <summary>Where code lies. Each is measured apart.</summary>
    public static readonly string[] Wings = ["src", "test", "bench", "samples"];

    public static readonly string Root = typeof(House).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(m => m.Key == "Root").Value!;

    /// <summary>Paths relative to the root, with slashes.</summary>
    public static readonly IReadOnlyList<string> Files =
        [.. Walk(new DirectoryInfo(Root)).Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    /// <summary>Every C# file of ours, parsed once. What a tool generated and nobody reads is left out.</summary>
    public static readonly IReadOnlyList<Source> Sources =
        [.. Files.Where(f => f.EndsWith(".cs", StringComparison.Ordinal) && InAWing(f) && !Generated(f)).Select(Source.Read)];

    public static bool InAWing(string file) => Wings.Any(w => file.StartsWith(w + "/", StringComparison.Ordinal));

    public static bool Generated(string file) => file.Contains("/Migrations/", StringComparison.Ordinal);

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    /// <summary>Fails with every breach on a line of its own: <c>Assert.Empty</c> would cut the list short.</summary>
    public static void Upholds(IEnumerable<string> breaches)
    {
        var all = breaches.ToArray();
        Assert.True(all is [], string.Join('\n', all));
    }

    private static IEnumerable<string> Walk(DirectoryInfo folder) =>
        folder.EnumerateFiles().Select(f => f.FullName)
            .Concat(folder.EnumerateDirectories().Where(d => !NotOurs.Contains(d.Name)).SelectMany(Walk));
}
