using Beseda.Workplace.Texts;

namespace Beseda.Server.Workplace;

/// <summary>
/// Serves the operators' console: one page at <c>/console</c> and the files it is made of, compressed and fingerprinted.
/// </summary>
public static class ConsoleHosting
{
    public static void AddConsole(this WebApplicationBuilder builder)
    {
        // Without this the files of a build that is run but not published are found in development only.
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddRazorComponents();
        builder.Services.AddScoped(all => Words.For(Language(all.GetRequiredService<IHttpContextAccessor>().HttpContext?.Request)));
    }

    /// <summary>Whoever is signed in gets the desk's frame, others the sign-in form.</summary>
    public static void MapConsole(this WebApplication app)
    {
        // Where it was called already, this changes nothing.
        app.MapStaticAssets();
        // The page has no form that posts to the server, so there is nothing for antiforgery to guard.
        app.MapRazorComponents<ConsolePage>().WithStaticAssets().DisableAntiforgery();
    }

    /// <summary>The operator's choice, or else the browser's first language.</summary>
    private static string? Language(HttpRequest? request) =>
        request?.Cookies["beseda-language"] ?? request?.GetTypedHeaders().AcceptLanguage.MaxBy(one => one.Quality ?? 1)?.Value.Value;
}
