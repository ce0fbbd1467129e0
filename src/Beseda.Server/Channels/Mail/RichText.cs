using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Beseda.Server.Channels.Mail;

/// <summary>What an HTML page says, as text: links with their addresses, tables as lines; what mail programs mark as quoted apart.</summary>
internal sealed partial class RichText
{
    /// <summary>Deeper than any person's letter; a page that is nothing but depth would end the process.</summary>
    private const int Deepest = 200;

    private static readonly HashSet<string> Silent =
    [
        "script", "style", "head", "title", "template", "noscript", "svg", "math", "iframe", "object", "embed", "audio", "video", "canvas", "select", "textarea", "button",
    ];

    private static readonly HashSet<string> Blocks =
    [
        "p", "div", "section", "article", "header", "footer", "table", "tr", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "form", "center", "dl", "dt", "dd", "hr",
    ];

    private static readonly HashSet<string> Spaced = ["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "pre"];

    private readonly StringBuilder said = new();
    private readonly StringBuilder quoted = new();
    private readonly HashSet<string> pictures = new(StringComparer.Ordinal);
    private bool hasForm;
    private bool inRest;

    private RichText()
    {
    }

    public string Text => Tidy(said);

    public string Quoted => Tidy(quoted);

    /// <summary>By the names that the letter's parts have.</summary>
    public IReadOnlySet<string> Pictures => pictures;

    public bool HasForm => hasForm;

    public static RichText Read(string html)
    {
        var text = new RichText();
        using var page = new HtmlParser().ParseDocument(html);
        if (page.Body is { } body)
            text.Walk(body, text.said, 0, kept: false);
        return text;
    }

    private void Walk(INode node, StringBuilder into, int depth, bool kept)
    {
        if (depth > Deepest)
            return;
        foreach (var child in node.ChildNodes)
        {
            if (child is IText text)
                Say(inRest ? quoted : into, text.Data, kept);
            else if (child is IElement element)
                Walk(element, inRest ? quoted : into, depth, kept);
        }
    }

    private void Walk(IElement element, StringBuilder into, int depth, bool kept)
    {
        var name = element.LocalName;
        if (Silent.Contains(name) || IsHidden(element))
            return;
        if (into == said && IsQuote(element))
            into = quoted;
        // Outlook marks where it begins, not what it is: the rest of the letter.
        if (element.Id is "divRplyFwdMsg" or "appendonsend")
        {
            inRest = true;
            into = quoted;
        }

        var isBlock = Blocks.Contains(name);
        if (isBlock)
            Break(into, Spaced.Contains(name) ? 2 : 1);
        switch (name)
        {
            case "br":
                into.Append('\n');
                break;
            case "img":
                Show(element, into);
                break;
            case "a":
                Link(element, into, depth, kept);
                break;
            default:
                if (name == "li")
                    into.Append("• ");
                else if (name is "td" or "th" && element.PreviousElementSibling is not null)
                    into.Append("  ");
                hasForm |= into == said && name == "tr" && element.ChildElementCount > 1 && element.ParentElement?.ChildElementCount > 1;
                Walk((INode)element, into, depth + 1, kept || name == "pre");
                break;
        }

        if (isBlock)
            Break(inRest ? quoted : into, Spaced.Contains(name) ? 2 : 1);
    }

    private void Link(IElement element, StringBuilder into, int depth, bool kept)
    {
        var before = into.Length;
        Walk((INode)element, into, depth + 1, kept);
        var address = element.GetAttribute("href")?.Trim() ?? "";
        if (before > into.Length || !(address.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || address.StartsWith("https://", StringComparison.OrdinalIgnoreCase)))
            return;
        var shown = into.ToString(before, into.Length - before).Trim();
        if (shown.Length == 0)
            into.Append(address);
        else if (!address.TrimEnd('/').Equals(shown.TrimEnd('/'), StringComparison.OrdinalIgnoreCase) && !address.EndsWith($"//{shown.TrimEnd('/')}", StringComparison.OrdinalIgnoreCase))
            into.Append($" ({address})");
    }

    private void Show(IElement picture, StringBuilder into)
    {
        if (into != said)
            return;
        var source = picture.GetAttribute("src")?.Trim() ?? "";
        if (source.StartsWith("cid:", StringComparison.OrdinalIgnoreCase))
            pictures.Add(Uri.UnescapeDataString(source[4..]));
        hasForm |= source.StartsWith("data:", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>White space means nothing in HTML, unless it is to be kept.</summary>
    private static void Say(StringBuilder into, string text, bool kept)
    {
        if (kept)
        {
            into.Append(text);
            return;
        }

        var one = White().Replace(text, " ");
        into.Append(into.Length == 0 || char.IsWhiteSpace(into[^1]) ? one.TrimStart(' ') : one);
    }

    private static void Break(StringBuilder into, int lines)
    {
        while (into.Length > 0 && into[^1] == ' ')
            into.Length--;
        if (into.Length == 0)
            return;
        var there = 0;
        while (there < lines && into.Length > there && into[^(there + 1)] == '\n')
            there++;
        into.Append('\n', lines - there);
    }

    private static bool IsQuote(IElement element)
    {
        var marked = element.ClassName ?? "";
        var isQuote = (element.LocalName == "blockquote" && (element.GetAttribute("type") == "cite" || marked.Contains("quote", StringComparison.OrdinalIgnoreCase)))
            || element.ClassList.Any(name => name is "gmail_quote" or "gmail_extra" or "gmail_signature" or "gmail_attr" or "moz-cite-prefix" or "moz-signature" or "yahoo_quoted" or "protonmail_quote" or "mail_quote")
            || element.Id is "mail-app-auto-quote" or "Signature";
        return isQuote && !PassedOn().IsMatch(element.TextContent.Length > 300 ? element.TextContent[..300] : element.TextContent);
    }

    private static bool IsHidden(IElement element) =>
        element.HasAttribute("hidden") || element.GetAttribute("style") is { } style && Hidden().IsMatch(style);

    private static string Tidy(StringBuilder text) => Gaps().Replace(text.ToString().Replace('\u00A0', ' '), "\n\n").Trim();

    [GeneratedRegex(@"(Forwarded message|Пересылаемое сообщение|Пересланное сообщение)", RegexOptions.IgnoreCase)]
    private static partial Regex PassedOn();

    [GeneratedRegex(@"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(px)?\s*(;|$)", RegexOptions.IgnoreCase)]
    private static partial Regex Hidden();

    [GeneratedRegex(@"[ \t\r\n\f]+")]
    private static partial Regex White();

    [GeneratedRegex(@"[ \t]*\n([ \t]*\n)+[ \t]*")]
    private static partial Regex Gaps();
}
