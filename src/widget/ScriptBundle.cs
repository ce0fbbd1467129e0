using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using NUglify;
using NUglify.JavaScript;

namespace Beseda.Widget;

/// <summary>
/// Joins compiled modules into one script. The compiler's output is regular — one-line named imports, <c>export</c>
/// in front of declarations — and our modules share one set of top-level names, so joining is leaving those words out.
/// A name used twice would be a syntax error in the browser, and is an error here.
/// </summary>
public sealed partial class ScriptBundle
{
    private readonly Assembly assembly = typeof(ScriptBundle).Assembly;
    private readonly HashSet<string> taken = [];
    private readonly HashSet<string> names = [];
    private readonly StringBuilder script = new();

    private ScriptBundle()
    {
    }

    /// <summary>The loader: a classic script that keeps its names to itself.</summary>
    public static string Loader() => Small($"(()=>{{{Join("loader/loader.js")}}})();");

    /// <summary>The chat: a module that exports <c>mount</c>.</summary>
    public static string Chat() => Small($"{Join("chat/chat.js")}export{{mount}};");

    private static string Join(string entry)
    {
        var bundle = new ScriptBundle();
        bundle.Take(entry);
        return bundle.script.ToString();
    }

    private static string Small(string script)
    {
        var small = Uglify.Js(script, Settings);
        return small.HasErrors ? throw new InvalidOperationException($"{small.Errors[0]}") : small.Code;
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
                Put(Export().Replace(line, ""), module);
    }

    private void Put(string line, string module)
    {
        if (Declaration().Match(line) is { Success: true } declared && !names.Add(declared.Groups["name"].Value))
            throw new InvalidOperationException($"{module} declares {declared.Groups["name"].Value}, and so does another module.");
        script.Append(line).Append('\n');
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

    private static readonly CodeSettings Settings = new() { ScriptVersion = ScriptVersion.None, LocalRenaming = LocalRenaming.CrunchAll };

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [GeneratedRegex("""^import (?:\{[^}]*\}|(?<name>\w+)) from "(?<from>[^"]+)";$""")]
    private static partial Regex Import();

    [GeneratedRegex("^export (?!default)")]
    private static partial Regex Export();

    [GeneratedRegex(@"^(?:const|let|class|(?:async )?function\*?) (?<name>[\w$]+)")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();

    [GeneratedRegex(" ?([{};,]) ?")]
    private static partial Regex Around();
}
