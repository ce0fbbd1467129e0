using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Beseda.Platforms.Calls;

namespace Beseda.Platforms.Telegram;

/// <summary>Texts and the entities in them. Offsets count UTF-16 units, as ours do.</summary>
internal static partial class Markup
{
    private static readonly Dictionary<string, string> Tags = new(StringComparer.OrdinalIgnoreCase)
    {
        ["b"] = "bold",
        ["strong"] = "bold",
        ["i"] = "italic",
        ["em"] = "italic",
        ["u"] = "underline",
        ["s"] = "strikethrough",
        ["code"] = "code",
        ["pre"] = "pre",
        ["a"] = "text_link",
        ["blockquote"] = "blockquote",
    };

    /// <summary>What the platform finds by itself: commands and addresses; null when there is nothing.</summary>
    public static JsonArray? Find(string text)
    {
        var found = new JsonArray();
        foreach (Match match in Automatic().Matches(text))
            found.Add(Wire.Object(new { offset = match.Index, length = match.Length, type = match.Value[0] == '/' ? "bot_command" : match.Value.Contains("://", StringComparison.Ordinal) ? "url" : "email" }));
        return found.Count > 0 ? found : null;
    }

    /// <summary>The text a call means, and its entities.</summary>
    public static (string Text, JsonArray? Entities) Read(Arguments arguments, string text, string entities)
    {
        var written = arguments.Text(text) ?? "";
        return (arguments.Text("parse_mode") ?? "").ToUpperInvariant() switch
        {
            "" => (written, arguments.Json(entities) as JsonArray ?? Find(written)),
            "HTML" => Html(written),
            // Marked-down texts are not played: nobody here sends them.
            _ => throw TelegramRefusal.BadRequest("unsupported parse_mode"),
        };
    }

    private static (string Text, JsonArray? Entities) Html(string html)
    {
        var text = new StringBuilder();
        var open = new Stack<(string Tag, int At, string Attributes)>();
        var entities = new JsonArray();
        var at = 0;
        foreach (Match match in Tag().Matches(html))
        {
            text.Append(WebUtility.HtmlDecode(html[at..match.Index]));
            at = match.Index + match.Length;
            var (tag, closing) = (match.Groups[2].Value, match.Groups[1].Length > 0);
            if (!Tags.TryGetValue(tag, out var type))
                throw TelegramRefusal.BadRequest($"can't parse entities: Unsupported start tag \"{tag}\" at byte offset {match.Index}");
            if (!closing)
            {
                open.Push((tag, text.Length, match.Groups[3].Value));
                continue;
            }
            if (!open.TryPop(out var start) || start.Tag != tag)
                throw TelegramRefusal.BadRequest($"can't parse entities: Unexpected end tag at byte offset {match.Index}");
            if (text.Length > start.At)
                entities.Add(Wire.Object(new { offset = start.At, length = text.Length - start.At, type, url = Link().Match(start.Attributes) is { Success: true } link ? WebUtility.HtmlDecode(link.Groups[1].Value) : null }));
        }
        if (open.TryPeek(out var left))
            throw TelegramRefusal.BadRequest($"can't parse entities: Can't find end tag corresponding to start tag \"{left.Tag}\"");
        text.Append(WebUtility.HtmlDecode(html[at..]));
        return (text.ToString(), entities.Count > 0 ? entities : null);
    }

    [GeneratedRegex(@"(?<=^|\s)/[a-zA-Z0-9_]{1,32}\b|https?://\S+|[\w.+-]+@[\w-]+\.[\w.-]+")]
    private static partial Regex Automatic();

    [GeneratedRegex(@"<(/?)([a-zA-Z]+)([^>]*)>")]
    private static partial Regex Tag();

    [GeneratedRegex("href=\"([^\"]*)\"")]
    private static partial Regex Link();
}
