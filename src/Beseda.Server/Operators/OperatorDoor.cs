using Beseda.Domain.Operators;
using Beseda.Server.Conversations;
using Beseda.Server.Users;
using Beseda.Server.Doors;
using Beseda.Server.Feeds;
using Beseda.Server.Files;
using Microsoft.AspNetCore.Authorization;

namespace Beseda.Server.Operators;

/// <summary>Everything an operator can call.</summary>
internal static class OperatorDoor
{
    public const string Policy = "Operator";

    public static void AddPolicy(AuthorizationOptions options) => options.AddPolicy(
        Policy, policy => policy.AddAuthenticationSchemes(SignIns.Scheme).RequireAuthenticatedUser());

    public static void MapOperatorDoor(this IEndpointRouteBuilder app)
    {
        var auth = app.MapGroup("/api/auth").WithTags("Sign-in");
        auth.MapPost("/login", SignIn.In).RequireRateLimiting(Limits.SignInsPerAddress);
        auth.MapPost("/logout", (Delegate)SignIn.Out).AddEndpointFilter(ClientHeader.CheckAsync);

        var door = app.MapGroup("/api/operator").WithTags("Operator").RequireAuthorization(Policy).AddEndpointFilter(ClientHeader.CheckAsync);
        door.MapGet("/desk", ReadDesk.Get);
        door.MapGet("/feed", ReadFeed.OfOperator);
        door.MapPost("/alive", () => TypedResults.NoContent());
        door.MapPut("/status", ChangeStatus);
        door.MapGet("/conversations", ReadDesk.History);
        door.MapUpload(Upload.ByOperator);

        var one = door.MapGroup("/conversations/{id:long}");
        one.MapGet("/timeline", OperatorConversation.Timeline);
        one.MapGet("/person", OperatorPerson.Get);
        one.MapPost("/merge", OperatorPerson.Merge);
        one.MapPost("/separate", OperatorPerson.Separate);
        one.MapPost("/take", OperatorConversation.Take);
        one.MapPost("/messages", OperatorConversation.Post);
        one.MapPut("/messages/{message:long}", OperatorConversation.Edit);
        one.MapDelete("/messages/{message:long}", OperatorConversation.Delete);
        one.MapPost("/messages/{message:long}/resend", OperatorConversation.Resend);
        one.MapPost("/transfer", OperatorConversation.Transfer);
        one.MapPut("/labels", OperatorConversation.Label);
        one.MapPost("/close", OperatorConversation.Close);
        one.MapPost("/typing", Typing.ByOperator);
        one.MapPost("/read", OperatorConversation.Read);
    }

    private static Task<IResult> ChangeStatus(Wire.StatusRequest request, OperatorPrincipal caller, HttpContext http, ChatJournal journal) =>
        journal.SubmitAsync(http, caller.Account, caller.Actor, new SetStatus(Names.From(request.Status)));
}

/// <summary>
/// A cookie travels with whatever a browser is made to send; a header of ours does not. Whoever sends it is there, too.
/// </summary>
internal static class ClientHeader
{
    public static async ValueTask<object?> CheckAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (HttpMethods.IsGet(http.Request.Method))
            return await next(context);
        if (http.Request.Headers["X-Beseda-Client"].Count == 0)
            return Problems.Of(403, "client-header-missing", "Send the header X-Beseda-Client with your client's name.");
        if (http.Features.Get<OperatorPrincipal>() is { } caller)
            await http.RequestServices.GetRequiredService<Presence>().SeenAsync(caller.Account, caller.Id);
        return await next(context);
    }
}
