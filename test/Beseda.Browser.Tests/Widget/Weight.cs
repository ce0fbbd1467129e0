using System.Net;
using System.Net.Http.Headers;
using static Microsoft.Playwright.Assertions;

namespace Beseda.Browser.Tests.Widget;

/// <summary>What the widget costs a site, as it is served.</summary>
[Collection(nameof(OnTheSite))]
public sealed class Weight(WidgetSite site, ITestOutputHelper output)
{
    private const int LoaderBudget = 3_000;
    private const int ChatBudget = 25_000;

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task The_loader_and_an_open_chat_stay_within_their_budgets(string encoding)
    {
        using var http = Client(encoding);
        var loader = await http.GetByteArrayAsync("/widget.js", TestContext.Current.CancellationToken);
        await using var visitor = await site.VisitorAsync(new() { ExtraHTTPHeaders = [new("Accept-Encoding", encoding)] });
        var loaded = new List<string>();
        visitor.Response += (_, response) =>
        {
            if (response.Request.ResourceType is not ("document" or "fetch" or "xhr") && !response.Url.StartsWith("data:", StringComparison.Ordinal))
                loaded.Add(new Uri(response.Url).AbsolutePath);
        };
        await ChatWindow.OpenAsync(visitor);

        var scripts = loaded.Where(path => path != "/demo/site.css").ToArray();
        Assert.Equal("/widget.js", scripts[0]);
        Assert.Equal(2, scripts.Length);
        var chat = await http.GetByteArrayAsync(scripts[1], TestContext.Current.CancellationToken);
        output.WriteLine($"{encoding}: loader {loader.Length:N0} of {LoaderBudget:N0} bytes, everything for an open chat {loader.Length + chat.Length:N0} of {ChatBudget:N0}");
        Assert.InRange(loader.Length, 1, LoaderBudget);
        Assert.InRange(loader.Length + chat.Length, loader.Length, ChatBudget);
    }

    [Fact]
    public async Task A_page_that_nobody_chats_on_loads_the_loader_only()
    {
        await using var visitor = await site.VisitorAsync();
        var page = await visitor.NewPageAsync();
        var asked = new List<string>();
        page.Request += (_, request) => asked.Add(new Uri(request.Url).AbsolutePath);
        await page.GotoAsync("/demo/");
        await Expect(page.Locator("beseda-chat .launcher")).ToBeVisibleAsync();
        Assert.DoesNotContain(asked, path => path.StartsWith("/widget/", StringComparison.Ordinal) || path.StartsWith("/api/", StringComparison.Ordinal) || path == "/demo/identity");
    }

    [Fact]
    public async Task Scripts_are_cached_by_name_and_open_to_any_site()
    {
        using var http = Client("br");
        var loader = await http.GetAsync("/widget.js", TestContext.Current.CancellationToken);
        Assert.Equal("br", Assert.Single(loader.Content.Headers.ContentEncoding));
        Assert.Equal("text/javascript", loader.Content.Headers.ContentType?.MediaType);
        Assert.Equal("*", Assert.Single(loader.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Equal("cross-origin", Assert.Single(loader.Headers.GetValues("Cross-Origin-Resource-Policy")));
        Assert.InRange(loader.Headers.CacheControl!.MaxAge!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(10));

        http.DefaultRequestHeaders.IfNoneMatch.Add(loader.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await http.GetAsync("/widget.js", TestContext.Current.CancellationToken)).StatusCode);

        // A loader cached before an upgrade asks for a chat that is no more: it gets today's, for once.
        var old = await http.GetAsync("/widget/chat-0123456789abcdef.js", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, old.StatusCode);
        Assert.True(old.Headers.CacheControl!.NoCache);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/widget/other.js", TestContext.Current.CancellationToken)).StatusCode);
    }

    private HttpClient Client(string encoding)
    {
        var http = new HttpClient { BaseAddress = new Uri(site.Address) };
        http.DefaultRequestHeaders.AcceptEncoding.Add(new StringWithQualityHeaderValue(encoding));
        return http;
    }
}
