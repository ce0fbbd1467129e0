using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Beseda.Server.Channels.Mail;

/// <summary>
/// Writes a page anew from what is known to be harmless: it runs nothing, fetches nothing, sends nothing. Nothing of the
/// original is passed on as it was written, so there is nothing in it that two readers could read in two ways.
/// </summary>
internal sealed partial class SafePage
{
    private const int Deepest = 200;

    private const string Begins = """
        <!DOCTYPE html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'"><meta name="referrer" content="no-referrer"><title>E-mail</title></head><body>
        """;

    /// <summary>Gone with all that is in them.</summary>
    private static readonly HashSet<string> Removed =
    [
        "script", "style", "head", "title", "template", "noscript", "noembed", "noframes", "svg", "math", "iframe", "frame", "frameset", "object", "embed", "applet", "audio", "video",
        "canvas", "select", "textarea", "input", "button", "link", "meta", "base", "xmp", "plaintext", "listing", "portal", "dialog",
    ];

    /// <summary>What else there is loses its mark, not its content.</summary>
    private static readonly HashSet<string> Kept =
    [
        "a", "abbr", "b", "big", "blockquote", "br", "caption", "center", "code", "col", "colgroup", "dd", "del", "div", "dl", "dt", "em", "font", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
        "i", "img", "ins", "li", "ol", "p", "pre", "q", "s", "small", "span", "strike", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul",
    ];

    private static readonly HashSet<string> Empty = ["br", "hr", "img", "col"];

    private static readonly HashSet<string> Plain =
        ["align", "alt", "bgcolor", "border", "cellpadding", "cellspacing", "color", "colspan", "dir", "face", "height", "lang", "rowspan", "size", "start", "title", "valign", "width"];

    private static readonly HashSet<string> Styles =
    [
        "background-color", "border", "border-bottom", "border-collapse", "border-left", "border-right", "border-spacing", "border-top", "color", "font-family", "font-size", "font-style",
        "font-weight", "height", "letter-spacing", "line-height", "list-style-type", "margin", "margin-bottom", "margin-left", "margin-right", "margin-top", "max-width", "padding",
        "padding-bottom", "padding-left", "padding-right", "padding-top", "text-align", "text-decoration", "text-indent", "vertical-align", "white-space", "width", "word-break",
    ];

    private readonly StringBuilder written = new(Begins);
    private readonly IReadOnlyDictionary<string, string> pictures;

    private SafePage(IReadOnlyDictionary<string, string> pictures) => this.pictures = pictures;

    /// <param name="pictures">Of the letter, by their names: each as a <c>data:</c> address.</param>
    public static string Of(string html, IReadOnlyDictionary<string, string> pictures)
    {
        var page = new SafePage(pictures);
        using var original = new HtmlParser().ParseDocument(html);
        if (original.Body is { } body)
            page.Write(body, 0);
        return page.written.Append("</body></html>\n").ToString();
    }

    private void Write(INode node, int depth)
    {
        if (depth > Deepest)
            return;
        foreach (var child in node.ChildNodes)
        {
            if (child is IText text)
                written.Append(WebUtility.HtmlEncode(text.Data));
            else if (child is IElement element && !Removed.Contains(element.LocalName))
                Write(element, depth);
        }
    }

    private void Write(IElement element, int depth)
    {
        var name = element.LocalName;
        if (!Kept.Contains(name) || element.NamespaceUri != "http://www.w3.org/1999/xhtml")
        {
            Write((INode)element, depth + 1);
            return;
        }

        written.Append('<').Append(name);
        foreach (var attribute in element.Attributes)
            if (Value(name, attribute.LocalName, attribute.Value) is { } value)
                written.Append(CultureInfo.InvariantCulture, $" {attribute.LocalName}=\"{WebUtility.HtmlEncode(value)}\"");
        if (name == "a")
            written.Append(" rel=\"noopener noreferrer nofollow\" target=\"_blank\"");
        written.Append('>');
        if (Empty.Contains(name))
            return;
        Write((INode)element, depth + 1);
        written.Append("</").Append(name).Append('>');
    }

    /// <returns>Null: it is left out.</returns>
    private string? Value(string element, string attribute, string value) => (element, attribute) switch
    {
        ("a", "href") => Address().IsMatch(value.Trim()) ? value.Trim() : null,
        ("img", "src") => Picture(value.Trim()),
        (_, "style") => Style(value),
        _ when Plain.Contains(attribute) => value.Length <= 1_000 ? value : null,
        _ => null,
    };

    /// <summary>A picture that lies elsewhere would tell its owner who reads, and when.</summary>
    private string? Picture(string source) => source.StartsWith("cid:", StringComparison.OrdinalIgnoreCase)
        ? pictures.GetValueOrDefault(Uri.UnescapeDataString(source[4..]))
        : Embedded().IsMatch(source) ? source : null;

    private static string? Style(string style)
    {
        var kept = style.Split(';').Select(one => one.Split(':', 2, StringSplitOptions.TrimEntries))
            .Where(one => one is [var name, var value] && Styles.Contains(name.ToLowerInvariant()) && Harmless().IsMatch(value) && !value.Contains("expression", StringComparison.OrdinalIgnoreCase)
                && !value.Contains("url", StringComparison.OrdinalIgnoreCase))
            .Select(one => $"{one[0].ToLowerInvariant()}: {one[1]}");
        return string.Join("; ", kept) is { Length: > 0 } safe ? safe : null;
    }

    [GeneratedRegex(@"\A(https?://|mailto:)[^\s\x00-\x20]+\z", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    [GeneratedRegex(@"\Adata:image/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]+\z", RegexOptions.IgnoreCase)]
    private static partial Regex Embedded();

    [GeneratedRegex(@"\A[A-Za-z0-9#%.,() '!-]{1,200}\z")]
    private static partial Regex Harmless();
}
