using System.Globalization;

namespace Beseda.Chaos;

/// <summary>What stands on the command line.</summary>
internal sealed class Options
{
    private readonly Dictionary<string, string> given = [];

    /// <exception cref="FormatException">Says what cannot be understood.</exception>
    public Options(IReadOnlyList<string> args, IReadOnlyCollection<string> withValue, IReadOnlyCollection<string> alone)
    {
        for (var i = 0; i < args.Count; i++)
            if (alone.Contains(args[i]))
                given[args[i]] = "";
            else if (withValue.Contains(args[i]) && i + 1 < args.Count)
                given[args[i]] = args[++i];
            else
                throw new FormatException($"{args[i]}?");
    }

    public string Server => Text("--server") ?? throw new FormatException("--server is missing: bin/chaos gives it.");

    public bool Has(string name) => given.ContainsKey(name);

    public string? Text(string name) => given.GetValueOrDefault(name);

    public double Number(string name, double otherwise) =>
        !given.TryGetValue(name, out var text) ? otherwise
        : double.TryParse(text, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
        : throw new FormatException($"{name} takes a number above 0.");
}
