using System.Globalization;

namespace Beseda.Chaos;

/// <param name="Server">Path of the server's program.</param>
/// <param name="Folder">Where the run's folder is made; null: among temporary files.</param>
/// <param name="Keep">Leave logs and diaries behind even when nothing was found.</param>
/// <param name="Postgres">Three nodes on PostgreSQL; else one on SQLite.</param>
internal sealed record Arguments(
    string Server, TimeSpan Length, int Seed, bool Keep = false, bool Postgres = true, int Visitors = 40, int Operators = 8, string? Folder = null)
{
    public const string Usage = "bin/chaos [--minutes N] [--seed S] [--keep] [--sqlite] [--visitors N] [--operators N]";

    private static readonly string[] WithValue = ["--server", "--folder", "--minutes", "--seed", "--visitors", "--operators"];

    /// <exception cref="FormatException">Says what cannot be understood.</exception>
    public static Arguments Read(IReadOnlyList<string> args)
    {
        var options = new Dictionary<string, string>();
        for (var i = 0; i < args.Count; i++)
            if (args[i] is "--keep" or "--sqlite")
                options[args[i]] = "";
            else if (WithValue.Contains(args[i]) && i + 1 < args.Count)
                options[args[i]] = args[++i];
            else
                throw new FormatException($"{args[i]}?");
        return new Arguments(
            options.GetValueOrDefault("--server") ?? throw new FormatException("--server is missing: bin/chaos gives it."),
            TimeSpan.FromMinutes(Number(options, "--minutes", 10)),
            (int)Number(options, "--seed", Environment.TickCount & 0xFFFF),
            options.ContainsKey("--keep"),
            !options.ContainsKey("--sqlite"),
            (int)Number(options, "--visitors", 40),
            (int)Number(options, "--operators", 8),
            options.GetValueOrDefault("--folder"));
    }

    private static double Number(Dictionary<string, string> options, string name, double otherwise) =>
        !options.TryGetValue(name, out var text) ? otherwise
        : double.TryParse(text, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
        : throw new FormatException($"{name} takes a number above 0.");
}
