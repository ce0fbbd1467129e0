using System.Security.Claims;
using System.Text.Encodings.Web;
using Beseda.Server.Doors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Beseda.Server.Visitors;

/// <summary><c>Authorization: Bearer</c> with a visitor token.</summary>
internal sealed class VisitorAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, InstallKey key)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string Name = "Visitor";

    public static IResult Challenge() => Problems.Of(401, "token-invalid", "Start a session: POST /api/visitor/session.");

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
        VisitorToken.OfRequest(Request, key) is { } token
            ? AuthenticateResult.Success(new AuthenticationTicket(new VisitorPrincipal(token), Name))
            : AuthenticateResult.NoResult());

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Challenge().ExecuteAsync(Context);
}

/// <summary>A visitor who has proved it. <see cref="BindAsync"/> lets endpoints ask for one.</summary>
internal sealed class VisitorPrincipal(VisitorToken token) : ClaimsPrincipal(Authenticated)
{
    private static readonly ClaimsIdentity Authenticated = new("Visitor");

    public VisitorToken Token => token;

    public Actor.Visitor Actor { get; } = new(token.Visitor);

    public static ValueTask<VisitorPrincipal?> BindAsync(HttpContext http) => ValueTask.FromResult(http.User as VisitorPrincipal);
}
