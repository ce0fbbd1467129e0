using System.Globalization;
using Beseda.Domain.Operators;
using Beseda.Journal;
using Beseda.Server.Doors;
using Beseda.Server.Operators;
using Beseda.Server.Visitors;

namespace Beseda.Server.Feeds;

/// <summary><c>GET …/feed</c>: everything after a position, in order, as it happens.</summary>
internal static class ReadFeed
{
    public static async Task<IResult> OfVisitor(VisitorToken token, HttpContext http, ChatJournal journal)
    {
        if (!Position(http.Request, journal, out var after, out var wrong))
            return wrong!;
        FeedKey[] keys = [FeedKeys.Of(token.Visitor), FeedKeys.OfToken(token.Nonce), FeedKeys.Lobby];
        using var feed = await journal.OpenFeedAsync(token.Account, keys, after);
        await RunAsync(http, feed, new VisitorFeed(journal, token));
        return TypedResults.Empty;
    }

    public static async Task<IResult> OfOperator(OperatorPrincipal caller, HttpContext http, ChatJournal journal)
    {
        if (!Position(http.Request, journal, out var after, out var wrong))
            return wrong!;
        using var feed = await journal.OpenFeedAsync(caller.Account, FeedKeys.Of(caller.Person), after);
        await RunAsync(http, feed, new OperatorFeed(journal, caller));
        return TypedResults.Empty;
    }

    private static Task RunAsync(HttpContext http, Feed feed, FeedWriter writer)
    {
        http.Response.ContentType = "text/event-stream; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        return writer.RunAsync(http, feed);
    }

    /// <summary>The header wins; none: from now; another journal's numbers do not count here, which a reset will say.</summary>
    private static bool Position(HttpRequest request, ChatJournal journal, out long? after, out IResult? wrong)
    {
        (after, wrong) = (null, null);
        var text = request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } header ? header : request.Query["since"].ToString();
        if (text.Length == 0)
            return true;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position))
        {
            wrong = Problems.Of(400, "position-malformed", "since and Last-Event-ID are whole numbers.");
            return false;
        }

        var other = request.Query["journal"].ToString() is { Length: > 0 } id && id != journal.Id;
        after = other ? long.MaxValue - 1 : position;
        return true;
    }

    private sealed class VisitorFeed(ChatJournal journal, VisitorToken token) : FeedWriter(journal, token.Account)
    {
        protected override ReadOnlyMemory<byte> BytesOf(FeedFrame frame) => frame.For(token.Visitor);
    }

    private sealed class OperatorFeed(ChatJournal journal, OperatorPrincipal caller) : FeedWriter(journal, caller.Account)
    {
        private readonly Operator person = caller.Person;

        protected override ReadOnlyMemory<byte> Beat => EventStream.Ping;

        protected override ReadOnlyMemory<byte> BytesOf(FeedFrame frame) => frame.For(person);

        protected override bool ResetsAt(FeedFrame frame) => frame.Resets(person.Id);
    }
}
