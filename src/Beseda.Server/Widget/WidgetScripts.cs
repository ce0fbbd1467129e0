using Beseda.Widget;

namespace Beseda.Server.Widget;

/// <summary>
/// <c>/widget.js</c>, the loader that sites carry, and the chat it fetches when somebody wants to talk. The chat's address
/// names its contents, so it is kept for ever; the loader is asked for again after five minutes.
/// </summary>
public static class WidgetScripts
{
    private const string ChatAddress = "/widget/chat.js";
    private const string Brief = "public, max-age=300, stale-while-revalidate=86400";
    private const string Forever = "public, max-age=31536000, immutable";

    private static readonly Lazy<PackedScript> Chat = new(() => new(ScriptBundle.Chat()));
    private static readonly Lazy<PackedScript> Loader = new(() => new(ScriptBundle.Loader().Replace(ChatAddress, ChatFile(Chat.Value), StringComparison.Ordinal)));

    public static void MapWidget(this IEndpointRouteBuilder app)
    {
        string[] reads = [HttpMethods.Get, HttpMethods.Head];
        // Making them small takes half a second, which the first visitor need not wait.
        app.ServiceProvider.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(() => Task.Run(() => Loader.Value));
        app.MapMethods("/widget.js", reads, context => Loader.Value.Answer(context, Brief)).ExcludeFromDescription();
        app.MapMethods("/widget/{file}", reads, AnswerChat).ExcludeFromDescription();
    }

    /// <summary>A loader from before an upgrade asks for the chat of its day: it gets today's, but may not keep it under that name.</summary>
    private static Task AnswerChat(HttpContext context)
    {
        var file = "/widget/" + context.GetRouteValue("file");
        if (file == ChatFile(Chat.Value))
            return Chat.Value.Answer(context, Forever);
        if (file.StartsWith("/widget/chat", StringComparison.Ordinal) && file.EndsWith(".js", StringComparison.Ordinal))
            return Chat.Value.Answer(context, "no-cache");
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static string ChatFile(PackedScript chat) => $"/widget/chat-{chat.Hash}.js";
}
