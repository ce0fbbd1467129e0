namespace Beseda.Platforms.Playground;

internal static class Page
{
    public static void Map(WebApplication app, Town town) => app.MapGet("/", () => town.Address.AbsoluteUri);
}
