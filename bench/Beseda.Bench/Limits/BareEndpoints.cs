using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Beseda.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Beseda.Bench.Limits;

/// <summary>
/// What Kestrel does where there is no product: a post parses the product's JSON and answers the product's JSON; a feed
/// holds a connection, speaks every 20 s and passes on what was posted. No store, no rules, no identity.
/// </summary>
internal static class BareEndpoints
{
    private static readonly byte[] Heartbeat = ":\n\n"u8.ToArray();

    private static Channel<byte[]>? _operator;
    private static long _seq;

    public static Task RunAsync(string[] arguments)
    {
        var builder = WebApplication.CreateSlimBuilder(arguments);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapGet("/health/ready", static (HttpContext _) => Task.CompletedTask);
        app.MapPost("/api/visitor/messages", PostAsync);
        app.MapGet("/api/visitor/feed", VisitorFeedAsync);
        app.MapGet("/api/operator/feed", OperatorFeedAsync);
        return app.RunAsync();
    }

    private static async Task PostAsync(HttpContext context)
    {
        var message = await JsonSerializer.DeserializeAsync(context.Request.BodyReader, ProtocolJson.Default.VisitorMessage);
        var accepted = new MessageAccepted(Interlocked.Increment(ref _seq), 1, DateTimeOffset.UtcNow);
        _operator?.Writer.TryWrite(Frame(message!, accepted));
        var answer = JsonSerializer.SerializeToUtf8Bytes(accepted, ProtocolJson.Default.MessageAccepted);
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = answer.Length;
        await context.Response.BodyWriter.WriteAsync(answer);
    }

    private static async Task VisitorFeedAsync(HttpContext context)
    {
        await OpenAsync(context);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(20));
        while (await timer.WaitForNextTickAsync(context.RequestAborted))
            await context.Response.BodyWriter.WriteAsync(Heartbeat);
    }

    private static async Task OperatorFeedAsync(HttpContext context)
    {
        var frames = _operator = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
        await OpenAsync(context);
        await foreach (var frame in frames.Reader.ReadAllAsync(context.RequestAborted))
            await context.Response.BodyWriter.WriteAsync(frame);
    }

    private static async Task OpenAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.BodyWriter.WriteAsync(Heartbeat);
    }

    private static byte[] Frame(VisitorMessage message, MessageAccepted accepted)
    {
        var entry = new MessagePosted
        {
            Seq = accepted.Seq,
            At = accepted.At,
            Conversation = accepted.Conversation,
            ClientId = message.ClientId,
            Author = new Author(AuthorKind.Visitor),
            Text = message.Text,
        };
        return Encoding.UTF8.GetBytes(
            $"id: {accepted.Seq}\nevent: {Kinds.MessagePosted}\ndata: {JsonSerializer.Serialize(entry, ProtocolJson.Default.Entry)}\n\n");
    }
}
