using Beseda.Server.Doors;
using Beseda.Server.Visitors;

namespace Beseda.Server.Feeds;

/// <summary>
/// <c>GET /api/visitor/feed</c>, before everything else: ten thousand quiet feeds should not each hold the whole pipeline that
/// led to them. What that pipeline does for other calls is done here: token, origin, CORS.
/// </summary>
internal sealed class VisitorFeedDoor(RequestDelegate next, ChatJournal journal, InstallKey key)
{
    public Task InvokeAsync(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method) && http.Request.Path == "/api/visitor/feed" ? OpenAsync(http) : next(http);

    private async Task OpenAsync(HttpContext http)
    {
        http.Response.Headers.AccessControlAllowOrigin = "*";
        var token = VisitorToken.OfRequest(http.Request, key);
        var answer = token is null
            ? VisitorAuthentication.Challenge()
            : Origins.Allows(http.Request, (await journal.StateAsync(token.Account)).Account)
                ? await ReadFeed.OfVisitor(token, http, journal)
                : Origins.Refuse();
        await answer.ExecuteAsync(http);
    }
}
