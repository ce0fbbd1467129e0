namespace Beseda.Server.Doors;

internal static class Cors
{
    public const string AnySite = "any-site";

    /// <summary>
    /// The visitor's door opens to any site, never with credentials; which sites may carry an account's widget is checked
    /// call by call, since a preflight does not say whose account it is about.
    /// </summary>
    public static void AddVisitorCors(this IServiceCollection services) =>
        services.AddCors(cors => cors.AddPolicy(AnySite, policy => policy
            .AllowAnyOrigin()
            .WithMethods("GET", "POST")
            .WithHeaders("Authorization", "Content-Type", "Last-Event-ID", "X-Beseda-Client")
            .WithExposedHeaders("Retry-After")
            .SetPreflightMaxAge(TimeSpan.FromHours(2))));
}
