using System.Text.Json;
using System.Text.Json.Nodes;

namespace Beseda.Server.Tests.Hardness;

/// <summary>The fields of a body, one by one.</summary>
internal static class Fields
{
    /// <summary>Paths of all values that are no objects, such as <c>page.url</c>, and of elements, such as <c>origins.0</c>.</summary>
    public static List<string> Of(string body) => body.Length == 0 ? [] : [.. Walk(Parse(body)!, "")];

    public static bool IsText(string body, string path) => Get(Parse(body)!, path) is JsonValue value && value.GetValueKind() == JsonValueKind.String;

    /// <summary>The body with this written in that place, as it is: it may be no JSON.</summary>
    public static string With(string body, string path, string raw)
    {
        const string mark = "\"@@here@@\"";
        var root = Parse(body)!;
        var last = path.LastIndexOf('.');
        var parent = last < 0 ? root : Get(root, path[..last])!;
        var name = path[(last + 1)..];
        if (parent is JsonArray array)
            array[int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)] = "@@here@@";
        else
            parent[name] = "@@here@@";
        return root.ToJsonString().Replace(mark, raw, StringComparison.Ordinal);
    }

    /// <summary>A text as JSON with every unit beyond ASCII escaped, so that cut surrogates travel too.</summary>
    public static string Quoted(string text) =>
        $"\"{string.Concat(text.Select(c => c is >= ' ' and <= '~' and not ('"' or '\\') ? $"{c}" : $"\\u{(int)c:x4}"))}\"";

    private static JsonNode? Parse(string body) => JsonNode.Parse(body
        .Replace("{department}", "11110001", StringComparison.Ordinal).Replace("{message}", "11110002", StringComparison.Ordinal)
        .Replace("{conversation}", "11110003", StringComparison.Ordinal).Replace("{operator}", "11110004", StringComparison.Ordinal)
        .Replace("{rated}", "11110005", StringComparison.Ordinal));

    /// <summary>Undoes what <see cref="Parse"/> did to names that stand where numbers do.</summary>
    public static string Named(string body) => body
        .Replace("11110001", "{department}", StringComparison.Ordinal).Replace("11110002", "{message}", StringComparison.Ordinal)
        .Replace("11110003", "{conversation}", StringComparison.Ordinal).Replace("11110004", "{operator}", StringComparison.Ordinal)
        .Replace("11110005", "{rated}", StringComparison.Ordinal);

    private static JsonNode? Get(JsonNode root, string path) => path.Split('.').Aggregate<string, JsonNode?>(root, (node, name) =>
        node is JsonArray array ? array[int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)] : node![name]);

    private static IEnumerable<string> Walk(JsonNode node, string prefix)
    {
        if (node is JsonObject all)
            foreach (var (name, value) in all)
            {
                yield return prefix + name;
                if (value is JsonObject or JsonArray)
                    foreach (var path in Walk(value, $"{prefix}{name}."))
                        yield return path;
            }
        else if (node is JsonArray array)
            for (var i = 0; i < array.Count; i++)
                yield return $"{prefix}{i}";
    }
}
