namespace Beseda.Server.Demo;

/// <summary><c>GET /</c>: where everything is, and in a demonstration how to get in.</summary>
public static class FrontPage
{
    private const string Site = """
        <a href="/demo/"><b><span lang="ru">Сайт провайдера</span><span lang="en">A provider's site</span></b><span lang="ru">Виджет на сайте и в личном кабинете</span><span lang="en">The widget on a site and in a customer's account</span></a>
        """;

    private const string SignIns = """
        <h2><span lang="ru">Вход для показа</span><span lang="en">Demo sign-ins</span></h2>
        <table>
          <tr><td><code>admin@demo.example</code></td><td><span lang="ru">администратор</span><span lang="en">administrator</span></td></tr>
          <tr><td><code>anna@demo.example</code></td><td><span lang="ru">оператор</span><span lang="en">operator</span></td></tr>
          <tr><td><code>nikolay@demo.example</code></td><td><span lang="ru">оператор</span><span lang="en">operator</span></td></tr>
        </table>
        <p class="note"><span lang="ru">Пароль у всех один:</span><span lang="en">One password for all:</span> <code>beseda-demo</code></p>
        """;

    /// <param name="demo">Whether the demo site and its sign-ins exist.</param>
    public static void MapFrontPage(this IEndpointRouteBuilder app, bool demo)
    {
        app.MapGet("/", (HttpContext context) => Show(context, demo)).ExcludeFromDescription();
        app.MapGet("/front.css", () => Results.Text(SitePages.Text("front.css"), "text/css; charset=utf-8")).ExcludeFromDescription();
    }

    private static IResult Show(HttpContext context, bool demo) => SitePages.Page(context, "front.html", new()
    {
        ["demoHtml"] = demo ? Site : "",
        ["signInsHtml"] = demo ? SignIns : "",
    });
}
