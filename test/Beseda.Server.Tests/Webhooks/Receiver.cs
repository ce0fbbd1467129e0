using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Beseda.Server.Tests.Webhooks;

/// <summary>What came to a webhook.</summary>
internal sealed record Received(string Body, string Signature, string Attempt)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public long Seq => Json.GetProperty("seq").GetInt64();

    public string Kind => Json.GetProperty("kind").GetString()!;
}

/// <summary>Somebody else's server that takes webhooks, and answers as it is told.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication app;

    private Receiver(WebApplication app) => this.app = app;

    public string Url => $"{app.Urls.Single()}/hook";

    public ConcurrentQueue<Received> All { get; } = [];

    public Func<Received, int> Answer { get; set; } = _ => 200;

    public static async Task<Receiver> OpenAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new Receiver(app);
        app.MapPost("/hook", receiver.TakeAsync);
        app.MapPost("/elsewhere", (HttpContext _) => throw new InvalidOperationException("A redirect was followed."));
        await app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var received = new Received(await reader.ReadToEndAsync(), http.Request.Headers["X-Beseda-Signature"]!, http.Request.Headers["X-Beseda-Attempt"]!);
        All.Enqueue(received);
        http.Response.StatusCode = Answer(received);
        if (http.Response.StatusCode == (int)HttpStatusCode.Redirect)
            http.Response.Headers.Location = "/elsewhere";
    }
}
