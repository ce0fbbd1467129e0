using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Beseda.Widget;

/// <summary>
/// Joins compiled modules into one script. The compiler's output is regular — one-line named imports, <c>export</c>
/// in front of declarations — and our modules share one set of top-level names, so joining is leaving those words out,
/// and the indentation: no template literal of ours goes over several lines.
/// A name used twice is a syntax error in the browser, which every browser test would show.
/// </summary>
public sealed partial class ScriptBundle
{
    private readonly Assembly assembly = typeof(ScriptBundle).Assembly;
    private readonly HashSet<string> taken = [];
    private readonly StringBuilder script = new();

    private ScriptBundle()
    {
    }

    /// <summary>The loader: a classic script that keeps its names to itself.</summary>
    public static string Loader() => $"(()=>{{{Join("loader/loader.js")}}})();\n";

    /// <summary>The chat: a module that exports <c>mount</c>.</summary>
    public static string Chat() => $"{Join("chat/chat.js")}export{{mount}};\n";

    private static string Join(string entry)
    {
        var bundle = new ScriptBundle();
        bundle.Take(entry);
        return bundle.script.ToString();
    }

    /// <summary>What a module imports comes before it.</summary>
    private void Take(string module)
    {
        if (!taken.Add(module))
            return;
        foreach (var line in Read(module).Split('\n'))
            if (Import().Match(line) is { Success: true } import)
                Take(import.Groups["name"].Value, Beside(module, import.Groups["from"].Value));
            else if (!line.StartsWith("export {", StringComparison.Ordinal))
                script.Append(Export().Replace(line, "").TrimStart()).Append('\n');
    }

    private void Take(string name, string module)
    {
        if (module.EndsWith(".css", StringComparison.Ordinal))
            script.Append("const ").Append(name).Append('=').Append(JsonSerializer.Serialize(Tidy(Read(module)), Plain)).Append(";\n");
        else
            Take(module);
    }

    private string Read(string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The widget was built without {name}.");
        return new StreamReader(stream).ReadToEnd().ReplaceLineEndings("\n");
    }

    private static string Beside(string module, string relative) =>
        new Uri(new Uri($"file:///{module}"), relative).AbsolutePath.TrimStart('/');

    /// <summary>Blanks mean nothing around these four; our sheets have no strings that hold them.</summary>
    private static string Tidy(string css) => Around().Replace(Blank().Replace(Comment().Replace(css, ""), " "), "$1").Trim();

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [GeneratedRegex("""^import (?:\{[^}]*\}|(?<name>\w+)) from "(?<from>[^"]+)";$""")]
    private static partial Regex Import();

    [GeneratedRegex("^export (?!default)")]
    private static partial Regex Export();

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();

    [GeneratedRegex(" ?([{};,]) ?")]
    private static partial Regex Around();
}
