namespace Beseda.Platforms.Playground;

/// <summary>The page on which a person plays the customer: three files out of the assembly.</summary>
internal static class Page
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/", () => File("page.html", "text/html; charset=utf-8"));
        app.MapGet("/page.css", () => File("page.css", "text/css; charset=utf-8"));
        app.MapGet("/page.js", () => File("page.js", "text/javascript; charset=utf-8"));
    }

    private static IResult File(string name, string type) => Results.Stream(typeof(Page).Assembly.GetManifestResourceStream(name)!, type);
}
