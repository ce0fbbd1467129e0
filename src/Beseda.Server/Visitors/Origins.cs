using Beseda.Domain.Accounts;
using Beseda.Server.Doors;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Beseda.Server.Visitors;

/// <summary>Which sites may carry an account's widget.</summary>
internal static class Origins
{
    public static bool Allows(HttpRequest request, Account account)
    {
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || account.Origins.IsEmpty || account.Origins.Contains(origin, StringComparer.OrdinalIgnoreCase);
    }

    public static ProblemHttpResult Refuse() => Problems.Of(403, "origin-not-allowed", "This site is not on the account's list.");

    /// <summary>Checks every call of a visitor who has a token.</summary>
    public static async ValueTask<object?> CheckAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.Request.Headers.Origin.Count > 0 && http.User is VisitorPrincipal visitor)
        {
            var state = await http.RequestServices.GetRequiredService<ChatJournal>().StateAsync(visitor.Token.Account);
            if (!Allows(http.Request, state.Account))
                return Refuse();
        }

        return await next(context);
    }
}
