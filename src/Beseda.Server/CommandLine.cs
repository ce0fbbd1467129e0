using System.Globalization;
using System.Net;
using Beseda.Journal.Postgres;

namespace Beseda.Server;

/// <summary>What was typed after <c>beseda</c>.</summary>
/// <param name="Rest">Passed on to ASP.NET Core's configuration, such as <c>--Logging:LogLevel:Default=Debug</c>.</param>
public sealed record CommandLine(string Command, IReadOnlyList<string> Words, IReadOnlyDictionary<string, string> Options, IReadOnlyList<string> Rest)
{
    public const string Usage = """
        beseda run [--urls URL] [--data DIR] [--files DIR] [--database sqlite|postgres://…] [--public-url URL] [--limits off] [--idle-accounts SECONDS] [--demo [--demo-anyway]]
        beseda demo …                     the same as run --demo; with a history: --days 365 --conversations 300000
        beseda account add KEY --name NAME --admin EMAIL [--data DIR] [--database …]
        beseda rebuild [--check] [--data DIR] [--database …]
        beseda backup DIR [--data DIR] [--files DIR]
        beseda restore DIR [--data DIR] [--files DIR]     restore --database postgres://… after its own tools did
        beseda move --to postgres://… [--data DIR]
        beseda config check|defaults
        """;

    private const string Sqlite = "sqlite";

    private static readonly string[] WithValue =
        ["--urls", "--data", "--files", "--database", "--limits", "--idle-accounts", "--test-commit-delay", "--name", "--admin", "--to", "--public-url", "--days", "--conversations"];

    private static readonly string[] Switches = ["--demo", "--demo-anyway", "--check"];

    public string Urls => Options.GetValueOrDefault("--urls", "http://127.0.0.1:8080");

    /// <summary>Where the public reaches this installation; null: nobody outside does.</summary>
    public Uri? PublicUrl => Options.GetValueOrDefault("--public-url") is not { } set ? null
        : Uri.TryCreate(set, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https") && url.PathAndQuery == "/" ? url
        : throw new FormatException($"--public-url: {set} is no address such as https://chat.example.com.");

    public string Data => Options.GetValueOrDefault("--data", "data");

    /// <summary>Where what people attach lies.</summary>
    public string Files => Options.GetValueOrDefault("--files") ?? Path.Combine(Data, "files");

    /// <summary>The address of a PostgreSQL database; null: SQLite, in the data folder.</summary>
    public string? Postgres => Options.GetValueOrDefault("--database", Sqlite) is var database && database == Sqlite ? null : database;

    public bool Demo => Command == "demo" || Options.ContainsKey("--demo");

    /// <summary>After so long without use an account is dropped from memory.</summary>
    public TimeSpan IdleFor => TimeSpan.FromSeconds(Whole("--idle-accounts", 600, least: 1));

    /// <summary>Makes every commit so much slower, to try out what an overloaded disk does.</summary>
    public TimeSpan TestCommitDelay => TimeSpan.FromMilliseconds(Whole("--test-commit-delay", 0, least: 0));

    /// <summary>Of the demo account's history; 0: it has none.</summary>
    public int Days => Whole("--days", 0, least: 1);

    /// <summary>In the demo account's history.</summary>
    public int Conversations => Whole("--conversations", 800 * Days, least: 1);

    public bool LimitsOn => Options.GetValueOrDefault("--limits", "on") != "off";

    /// <exception cref="FormatException">Says what cannot be understood.</exception>
    public static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        var words = new List<string>();
        var options = new Dictionary<string, string>();
        var rest = new List<string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            var (name, value) = Split(arguments[i]);
            if (Switches.Contains(name))
                options[name] = "";
            else if (WithValue.Contains(name))
                options[name] = value ?? (++i < arguments.Count && !IsOption(arguments[i]) ? arguments[i] : throw new FormatException($"{name} needs a value."));
            else if (IsOption(name))
                rest.Add(arguments[i]);
            else if (rest.Count > 0 && IsOption(rest[^1]) && !rest[^1].Contains('=', StringComparison.Ordinal))
                rest.Add(arguments[i]);
            else
                words.Add(arguments[i]);
        }

        var parsed = new CommandLine(words.FirstOrDefault("run"), [.. words.Skip(1)], options, rest);
        parsed.Check();
        return parsed;
    }

    private void Check()
    {
        _ = (IdleFor, TestCommitDelay, PublicUrl, Days, Conversations);
        if (Postgres is { } url)
            PostgresServer.Of(url).Dispose();
        if (Options.GetValueOrDefault("--limits", "on") is not ("on" or "off"))
            throw new FormatException("--limits is on or off.");
        if (Days > 0 && !Demo)
            throw new FormatException("--days is for a demo's history.");
        if (!Urls.Split(';').All(url => Uri.TryCreate(url, UriKind.Absolute, out _)))
            throw new FormatException($"--urls: {Urls} is no address such as http://127.0.0.1:8080.");
        if (Demo && !Options.ContainsKey("--demo-anyway") && !Urls.Split(';').All(IsLoopback))
            throw new FormatException("--demo has passwords that everybody knows, so it listens on loopback addresses only; --demo-anyway if you mean it.");
    }

    private int Whole(string option, int otherwise, int least) =>
        !Options.TryGetValue(option, out var text) ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least ? number
        : throw new FormatException($"{option} is a whole number, at least {least}.");

    private static bool IsLoopback(string url)
    {
        var host = new Uri(url).Host.Trim('[', ']');
        return host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
    }

    private static bool IsOption(string argument) => argument.StartsWith("--", StringComparison.Ordinal);

    private static (string Name, string? Value) Split(string argument)
    {
        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 || !IsOption(argument) ? (argument, null) : (argument[..equals], argument[(equals + 1)..]);
    }
}
