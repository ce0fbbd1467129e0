using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Beseda.Server.Demo;

/// <summary>Pages embedded in the program, with <c>{{words}}</c> filled in: encoded, unless their name ends with <c>Html</c>.</summary>
internal static partial class SitePages
{
    /// <summary>Nothing inline and nothing from elsewhere: the widget has to live with the strictest of sites.</summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private const string Cookie = "demo-language";

    /// <summary>As asked in the address, as chosen before, or as the browser says.</summary>
    public static string Language(HttpRequest request)
    {
        var chosen = request.Query["lang"].FirstOrDefault() ?? request.Cookies[Cookie];
        return (chosen ?? request.Headers.AcceptLanguage.ToString()).StartsWith("en", StringComparison.OrdinalIgnoreCase) ? "en" : "ru";
    }

    public static IResult Page(HttpContext context, string name, Dictionary<string, string> words)
    {
        var language = Language(context.Request);
        if (context.Request.Query.ContainsKey("lang"))
            context.Response.Cookies.Append(Cookie, language, new CookieOptions { SameSite = SameSiteMode.Lax, IsEssential = true });
        words["lang"] = language;
        (words["other"], words["otherName"]) = language == "en" ? ("ru", "Русский") : ("en", "English");
        context.Response.Headers.ContentSecurityPolicy = Policy;
        context.Response.Headers.CacheControl = "no-store";
        return Results.Content(Word().Replace(Text(name), word => Fill(word.Groups["name"].Value, words)), "text/html; charset=utf-8");
    }

    public static string Text(string name)
    {
        using var stream = typeof(SitePages).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The server was built without {name}.");
        return new StreamReader(stream).ReadToEnd();
    }

    public static string Rubles(int amount) => amount.ToString("#,##0;−#,##0;0", CultureInfo.InvariantCulture).Replace(',', '\u00a0');

    private static string Fill(string name, Dictionary<string, string> words) =>
        name.EndsWith("Html", StringComparison.Ordinal) ? words[name] : WebUtility.HtmlEncode(words[name]);

    [GeneratedRegex(@"\{\{(?<name>\w+)\}\}")]
    private static partial Regex Word();
}
