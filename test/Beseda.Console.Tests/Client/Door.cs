using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Beseda.Console.Tests.Client;

/// <summary>A real Kestrel on a real port that answers whatever the test says.</summary>
internal sealed class Door : IAsyncDisposable
{
    private readonly WebApplication app;

    private Door(WebApplication app, HttpClient http) => (this.app, Http) = (app, http);

    public HttpClient Http { get; }

    public static async Task<Door> Open(Action<WebApplication> routes)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        // Connections that a test leaves hanging are cut at its end, not waited for.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(100));
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        routes(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new Door(app, new HttpClient { BaseAddress = new Uri(address) });
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
    }
}

internal static class Answers
{
    public static Task Problem(this HttpResponse response, int status, string code)
    {
        response.StatusCode = status;
        response.ContentType = "application/problem+json";
        return response.WriteAsync($$"""{"status":{{status}},"code":"{{code}}","title":"No.","errors":{"text":"too long"} }""");
    }

    public static Task Json(this HttpResponse response, string json)
    {
        response.ContentType = "application/json";
        return response.WriteAsync(json);
    }

    /// <summary>Cuts the connection as a broken network does: no last chunk, no goodbye.</summary>
    public static void Cut(this HttpContext context) => context.Abort();
}
