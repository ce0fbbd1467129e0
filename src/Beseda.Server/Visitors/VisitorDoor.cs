using Beseda.Server.Conversations;
using Beseda.Server.Doors;
using Beseda.Server.Feeds;
using Beseda.Server.Files;

namespace Beseda.Server.Visitors;

/// <summary>Everything a visitor can call.</summary>
internal static class VisitorDoor
{
    public static void MapVisitorDoor(this IEndpointRouteBuilder app)
    {
        var door = app.MapGroup("/api/visitor").WithTags("Visitor").RequireCors(Cors.AnySite);
        door.MapPost("/session", OpenSession.Post).RequireRateLimiting(Limits.PerAddress);

        var known = door.MapGroup("").RequireAuthorization(VisitorAuthentication.Name).AddEndpointFilter(Origins.CheckAsync);
        // Answered by VisitorFeedDoor before it comes here; mapped for the preflight and the API's description.
        known.MapGet("/feed", (VisitorPrincipal visitor, HttpContext http, ChatJournal journal) => ReadFeed.OfVisitor(visitor.Token, http, journal));
        known.MapGet("/timeline", VisitorConversation.Timeline);
        known.MapGet("/channels", Invitations.Get);
        known.MapPost("/messages", PostVisitorMessage.Post).RequireRateLimiting(Limits.PerVisitor);
        known.MapUpload(Upload.ByVisitor).RequireRateLimiting(Limits.PerVisitor);
        known.MapPost("/typing", Typing.ByVisitor).RequireRateLimiting(Limits.SignalsPerVisitor);
        known.MapPost("/read", VisitorConversation.Read).RequireRateLimiting(Limits.SignalsPerVisitor);
        known.MapPost("/close", VisitorConversation.Close).RequireRateLimiting(Limits.PerVisitor);
        known.MapPost("/rating", VisitorConversation.Rate).RequireRateLimiting(Limits.PerVisitor);
    }
}
