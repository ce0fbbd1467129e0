using System.Net;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Beseda.Server.Doors;

/// <summary>
/// <c>GET /metrics</c> for Prometheus, from the networks in <c>Metrics:Allow</c> (none: this machine). Where the environment
/// names a collector (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>), metrics and traces are sent there too; without one no request
/// carries a trace.
/// </summary>
internal static class Telemetry
{
    private const string Collector = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private static readonly string[] Meters = ["Beseda.Journal", "Beseda.Server", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql"];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        Allowed(builder.Configuration);
        builder.Services.AddSingleton<Gauges>();
        var isCollected = builder.Configuration[Collector] is { Length: > 0 };
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("beseda", serviceInstanceId: Environment.MachineName))
            .WithMetrics(metrics => metrics.AddMeter(Meters).AddRuntimeInstrumentation().AddPrometheusExporter());
        if (isCollected)
            telemetry.WithTracing(traces => traces.AddSource("Beseda.Journal").AddAspNetCoreInstrumentation()).UseOtlpExporter();
    }

    public static void MapTelemetry(this WebApplication app)
    {
        var allowed = Allowed(app.Configuration);
        app.Services.GetRequiredService<Gauges>();
        app.UseWhen(http => http.Request.Path == "/metrics", metrics =>
        {
            metrics.Use((http, next) => http.Connection.RemoteIpAddress is { } from && Allows(allowed, from)
                ? next(http)
                : Problems.Of(403, "not-allowed", "Metrics are not for you.").ExecuteAsync(http));
            metrics.UseOpenTelemetryPrometheusScrapingEndpoint();
        });
    }

    private static bool Allows(IPNetwork[] allowed, IPAddress from)
    {
        var address = from.IsIPv4MappedToIPv6 ? from.MapToIPv4() : from;
        return allowed.Length == 0 ? IPAddress.IsLoopback(address) : allowed.Any(network => network.Contains(address));
    }

    /// <exception cref="InvalidOperationException">One is no network.</exception>
    private static IPNetwork[] Allowed(IConfiguration configuration) =>
        [.. (configuration.GetSection("Metrics:Allow").Get<string[]>() ?? []).Select(text =>
            IPNetwork.TryParse(text, out var network) ? network : throw new InvalidOperationException($"Metrics:Allow: {text} is no network such as 10.1.0.0/16."))];
}
