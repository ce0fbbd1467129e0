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
    private static readonly string[] Alone = ["--keep", "--sqlite"];

    /// <exception cref="FormatException">Says what cannot be understood.</exception>
    public static Arguments Read(IReadOnlyList<string> args)
    {
        var options = new Options(args, WithValue, Alone);
        return new Arguments(
            options.Server,
            TimeSpan.FromMinutes(options.Number("--minutes", 10)),
            (int)options.Number("--seed", Environment.TickCount & 0xFFFF),
            options.Has("--keep"),
            !options.Has("--sqlite"),
            (int)options.Number("--visitors", 40),
            (int)options.Number("--operators", 8),
            options.Text("--folder"));
    }
}
