using System.Globalization;
using Beseda.Bench.Figures;
using Beseda.Bench.Measures;
using Beseda.Bench.Servers;

namespace Beseda.Bench;

/// <param name="Server">Folder of the published server.</param>
/// <param name="Folder">Where data folders are made: on a real disk.</param>
internal sealed record Arguments(
    IReadOnlyList<string> Measures, string Server, string Folder, int Seconds, bool Quick, string? Json)
{
    private const string Usage = "bin/bench [all|post|latency|feeds|start]… [--seconds N] [--json FILE] [--quick]";

    public static readonly IReadOnlyDictionary<string, Func<Grounds, Effort, Report, Task>> Known =
        new Dictionary<string, Func<Grounds, Effort, Report, Task>>
        {
            ["start"] = StartUp.RunAsync,
            ["post"] = Posting.RunAsync,
            ["latency"] = Latency.RunAsync,
            ["feeds"] = IdleFeeds.RunAsync,
        };

    public static Arguments? TryRead(string[] args, out string wrong)
    {
        var (measures, options) = (new List<string>(), new Dictionary<string, string>());
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--quick")
                options["--quick"] = "";
            else if (args[i] is "--server" or "--folder" or "--seconds" or "--json" && i + 1 < args.Length)
                options[args[i]] = args[++i];
            else if (args[i] == "all")
                measures.AddRange(Known.Keys);
            else if (Known.ContainsKey(args[i]))
                measures.Add(args[i]);
            else
                return Refused($"{args[i]}?\n{Usage}", out wrong);
        }
        if (!int.TryParse(options.GetValueOrDefault("--seconds", "8"), CultureInfo.InvariantCulture, out var seconds) || seconds < 1)
            return Refused($"--seconds takes a whole number of seconds.\n{Usage}", out wrong);
        if (!options.TryGetValue("--server", out var server) || !options.TryGetValue("--folder", out var folder))
            return Refused($"--server and --folder are missing: bin/bench gives them.\n{Usage}", out wrong);

        wrong = "";
        return new Arguments(measures is [] ? [.. Known.Keys] : measures, server, folder, seconds,
            options.ContainsKey("--quick"), options.GetValueOrDefault("--json"));
    }

    private static Arguments? Refused(string why, out string wrong)
    {
        wrong = why;
        return null;
    }
}
