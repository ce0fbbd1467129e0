using System.Net;
using Beseda.Server.Accounts;
using Beseda.Server.Channels;
using Beseda.Server.Consumers;
using Beseda.Server.Demo;
using Beseda.Server.Users;
using Beseda.Server.Doors;
using Beseda.Server.Feeds;
using Beseda.Server.Files;
using Beseda.Server.Operators;
using Beseda.Server.Reports;
using Beseda.Server.Routing;
using Beseda.Server.Visitors;
using Beseda.Server.Widget;
using Beseda.Server.Workplace;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.HttpOverrides;
using Scalar.AspNetCore;

namespace Beseda.Server;

/// <summary>What the server is made of, and which doors it opens.</summary>
internal static class Composition
{
    /// <summary>The longest message, escaped in the worst way, is 60 KB.</summary>
    private const long MostBodyBytes = 1024 * 1024;

    public static void AddBeseda(this WebApplicationBuilder builder, CommandLine line)
    {
        var services = builder.Services;
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MostBodyBytes;
        });
        // Who sends a bad token writes no line of ours each time.
        builder.Logging.AddFilter(typeof(VisitorAuthentication).FullName, LogLevel.Warning);
        // It would tell the whole path, and a file's opens the file.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Routing.Matching.DfaMatcher", LogLevel.Information);
        // Logs nothing that is not logged elsewhere, but as long as it might, each request carries an activity and a scope.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        services.AddStorage(line);
        services.AddSingleton<AccountKeys>().AddSingleton<Sessions>().AddSingleton<VisitorLinks>().AddSingleton<Recognition>().AddSingleton<Presence>();
        services.AddHostedService(provider => provider.GetRequiredService<Presence>());
        services.AddHostedService<WaitingSignals>();
        builder.AddFiles(line);
        var outbound = new Outbound(builder.Configuration);
        services.AddSingleton(_ => outbound).AddSingleton<IConsumerKind, Webhooks.Webhooks>().AddSingleton<AllConsumers>();
        services.AddHostedService(provider => provider.GetRequiredService<AllConsumers>());
        builder.AddChannels(line);
        services.AddReports();

        services.AddAuthentication().AddOperatorCookie()
            .AddScheme<AuthenticationSchemeOptions, VisitorAuthentication>(VisitorAuthentication.Name, null);
        services.AddAuthorization(options =>
        {
            OperatorDoor.AddPolicy(options);
            options.AddPolicy(VisitorAuthentication.Name, policy => policy
                .AddAuthenticationSchemes(VisitorAuthentication.Name).RequireAuthenticatedUser());
        });
        services.ConfigureHttpJsonOptions(json => WireJson.Configure(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddResponseCompression(compression => compression.EnableForHttps = true);
        services.AddVisitorCors();
        services.AddLimits();
        services.AddProblemDetails();
        services.AddOpenApi();
        builder.AddConsole();
        builder.AddTelemetry();
        var proxies = Proxies(builder.Configuration);
        services.Configure<ForwardedHeadersOptions>(forwarded => Trust(forwarded, proxies));
    }

    public static void MapBeseda(this WebApplication app, CommandLine line)
    {
        app.UseForwardedHeaders();
        app.UseMiddleware<VisitorFeedDoor>();
        app.UseExceptionHandler(Faults.Handling);
        app.MapTelemetry();
        app.UseStatusCodePages(Faults.AnswerEmptyAsync);
        app.Use(Faults.CheckCharsetAsync);
        app.UseWhen(IsPage, pages => pages.UseResponseCompression());
        app.UseCors();
        app.UseMiddleware<Backlog>();
        app.UseAuthentication();
        app.UseAuthorization();
        // Only here is it known who calls: visitors behind one address must not share a limit.
        if (line.LimitsOn)
            app.UseRateLimiter();

        app.MapVisitorDoor();
        app.MapOperatorDoor();
        app.MapAdministration();
        app.MapReports();
        app.MapChannels();
        app.MapFiles();
        app.MapHealth();
        app.MapFrontPage(line.Demo);
        app.MapWidget();
        app.MapStaticAssets();
        app.MapConsole();
        if (line.Demo)
            app.MapDemo(() => DemoAccount.IdentityKeyAsync(app.Services));
        app.MapOpenApi("/api/openapi.json");
        app.MapScalarApiReference("/api/docs", docs => docs.WithTitle("Beseda API").WithOpenApiRoutePattern("/api/openapi.json"));
    }

    /// <summary>Compressed on the fly: large answers of the API, never feeds.</summary>
    private static bool IsPage(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method)
        && http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
        && !http.Request.Path.Value!.EndsWith("/feed", StringComparison.Ordinal);

    /// <exception cref="InvalidOperationException">One is no address.</exception>
    private static List<IPAddress> Proxies(IConfiguration configuration) =>
        [.. (configuration.GetSection("Proxies").Get<string[]>() ?? []).Select(proxy =>
            IPAddress.TryParse(proxy, out var address) ? address : throw new InvalidOperationException($"Proxies: {proxy} is no IP address."))];

    /// <summary>A client may write what it likes into <c>X-Forwarded-For</c>: only configured proxies are believed.</summary>
    private static void Trust(ForwardedHeadersOptions forwarded, List<IPAddress> proxies)
    {
        forwarded.ForwardedHeaders = proxies.Count > 0 ? ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto : ForwardedHeaders.None;
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        proxies.ForEach(forwarded.KnownProxies.Add);
    }
}
