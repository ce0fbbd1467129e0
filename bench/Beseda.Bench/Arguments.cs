using System.Globalization;
using Beseda.Bench.Figures;
using Beseda.Bench.Measures;
using Beseda.Bench.Servers;

namespace Beseda.Bench;

/// <param name="Server">Folder of the published server.</param>
/// <param name="Folder">Where data folders are made: on a real disk.</param>
internal sealed record Arguments(
    IReadOnlyList<string> Measures, string Server, string Folder, int Seconds, bool Quick, int Events, string? Json)
{
    private const string Usage = """
        bin/bench [all|MEASURE]… [--seconds N] [--events N] [--json FILE] [--quick]

        start       how long the first start takes, and the second
        post        64 visitors in closed loop, on SQLite, beside a bare endpoint and bare SQLite commits
        latency     a visitor's message until an operator's feed has it, 1,000 a second, beside a bare endpoint
        feeds       what 10,000 idle feeds cost, beside a bare endpoint
        postgres    as post, on PostgreSQL with fsync, beside a bare endpoint and bare PostgreSQL commits
        snapshot    posting while a snapshot is held for long, and while pg_dump runs, beside posting without
        nodes       a message posted on one node until the other's operator has it, 500 a second, beside a bare hop
        accounts    1,000 accounts with a message a second each, on both engines; what memory they take and give back
        overload    commits slowed to 20 ms and three times what is then accepted offered for 30 s, on both engines
        away        the database killed, and frozen, under load, and back
        growth      time per batch in a database of 10 million events (--events) beside one of 10,000; takes some
                    GB of disk and some minutes, so all leaves it out

        --seconds   of a round; 8 unless said otherwise      --quick   one round, short phases
        """;

    /// <summary>Takes too long to be part of all.</summary>
    private const string Long = "growth";

    public static readonly IReadOnlyDictionary<string, Func<Grounds, Effort, Report, Task>> Known =
        new Dictionary<string, Func<Grounds, Effort, Report, Task>>
        {
            ["start"] = StartUp.RunAsync,
            ["post"] = Posting.RunAsync,
            ["latency"] = Latency.RunAsync,
            ["feeds"] = IdleFeeds.RunAsync,
            ["postgres"] = PostgresPosting.RunAsync,
            ["snapshot"] = Snapshots.RunAsync,
            ["nodes"] = Nodes.RunAsync,
            ["accounts"] = ManyAccounts.RunAsync,
            ["overload"] = Overload.RunAsync,
            ["away"] = DatabaseAway.RunAsync,
            [Long] = Growth.RunAsync,
        };

    private static IEnumerable<string> All => Known.Keys.Where(name => name != Long);

    public static Arguments? TryRead(string[] args, out string wrong)
    {
        var (measures, options) = (new List<string>(), new Dictionary<string, string>());
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--quick")
                options["--quick"] = "";
            else if (args[i] is "--server" or "--folder" or "--seconds" or "--events" or "--json" && i + 1 < args.Length)
                options[args[i]] = args[++i];
            else if (args[i] == "all")
                measures.AddRange(All);
            else if (Known.ContainsKey(args[i]))
                measures.Add(args[i]);
            else
                return Refused($"{args[i]}?\n{Usage}", out wrong);
        }
        if (!TryWhole(options, "--seconds", 8, least: 1, out var seconds) || !TryWhole(options, "--events", 10_000_000, least: 20_000, out var events))
            return Refused($"--seconds takes a whole number of seconds, --events one of at least 20,000.\n{Usage}", out wrong);
        if (!options.TryGetValue("--server", out var server) || !options.TryGetValue("--folder", out var folder))
            return Refused($"--server and --folder are missing: bin/bench gives them.\n{Usage}", out wrong);

        wrong = "";
        return new Arguments(measures is [] ? [.. All] : measures, server, folder, seconds,
            options.ContainsKey("--quick"), events, options.GetValueOrDefault("--json"));
    }

    private static bool TryWhole(Dictionary<string, string> options, string name, int otherwise, int least, out int number)
    {
        number = otherwise;
        return !options.TryGetValue(name, out var text)
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= least);
    }

    private static Arguments? Refused(string why, out string wrong)
    {
        wrong = why;
        return null;
    }
}
