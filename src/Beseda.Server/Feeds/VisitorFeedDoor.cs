using Beseda.Journal;
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
        await (await AnswerAsync(http)).ExecuteAsync(http);
    }

    private async Task<IResult> AnswerAsync(HttpContext http)
    {
        if (VisitorToken.OfRequest(http.Request, key) is not { } token)
            return VisitorAuthentication.Challenge();
        try
        {
            return Origins.Allows(http.Request, (await journal.StateAsync(token.Account)).Account)
                ? await ReadFeed.OfVisitor(token, http, journal)
                : Origins.Refuse();
        }
        catch (DatabaseException) when (!http.Response.HasStarted)
        {
            return Problems.Unavailable(http.Response, TimeSpan.FromSeconds(2));
        }
    }
}
