using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Beseda.Platforms.Calls;
using Beseda.Platforms.Troubles;

namespace Beseda.Platforms.Messenger;

/// <summary>
/// The Graph API at <c>/messenger/v25.0/{node}/{edge}</c>, as far as a page's messages go. Every page belongs to an app of
/// its own. Addresses of webhooks and of files may be plain http.
/// </summary>
public sealed class MessengerPlatform : Platform
{
    internal MessengerPlatform(World world) : base("messenger", world)
    {
    }

    public override MessengerPage Open(string name) => Open(name, Identity.New(World));

    public override MessengerPage Reopen(string name) => Open(name, Identity.Of($"messenger {name}"));

    private MessengerPage Open(string name, Identity who) =>
        Keep(new MessengerPage(this, $"1{who.Number}00", name, $"EAA{who.Secret}") { AppSecret = who.Secret[..32] });

    internal override void Map(WebApplication app)
    {
        string[] verbs = ["GET", "POST", "DELETE"];
        app.MapMethods("/messenger/v{version}/{node}", verbs, (HttpContext http, string node) => ServeAsync(http, node, ""));
        app.MapMethods("/messenger/v{version}/{node}/{edge}", verbs, ServeAsync);
    }

    private Task ServeAsync(HttpContext http, string node, string edge)
    {
        MessengerPage? Caller(Arguments arguments)
        {
            var token = Door.Token(http.Request, arguments);
            return Accounts.Cast<MessengerPage>().FirstOrDefault(page => page.Token == token || page.AppToken == token);
        }
        return Door.ServeAsync(http, this, edge.Length > 0 ? edge : "node", new Clerk(
            Caller,
            arguments => AnswerAsync(Caller(arguments), new GraphCall(http.Request.Method, node, edge, Door.Token(http.Request, arguments)?.Contains('|', StringComparison.Ordinal) == true, arguments)),
            Refuse,
            () => Failed(GraphRefusal.Parameter("Invalid JSON"))));
    }

    private static async Task<Reply> AnswerAsync(MessengerPage? page, GraphCall call)
    {
        try
        {
            if (page is null or { Revoked: true })
                throw new GraphRefusal(190, "Invalid OAuth access token - Cannot parse access token");
            if (call.Arguments.Text("appsecret_proof") is { } proof && proof != Proof(page, call))
                throw new GraphRefusal(100, "Invalid appsecret_proof provided in the API argument", type: "GraphMethodException");
            return Reply.Json(await GraphNodes.PerformAsync(page, call));
        }
        catch (JsonException)
        {
            return Failed(GraphRefusal.Parameter("param must be an object"));
        }
        catch (GraphRefusal refusal)
        {
            return Failed(refusal);
        }
    }

    private static string Proof(MessengerPage page, GraphCall call) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(page.AppSecret), Encoding.UTF8.GetBytes(call.ByApp ? page.AppToken : page.Token)));

    private static Reply Failed(GraphRefusal refusal) => Reply.Json(Wire.Object(new
    {
        error = new { message = refusal.Message, type = refusal.Type, code = refusal.Code, error_subcode = refusal.Subcode, fbtrace_id = $"A{World.Secret(11)}" },
    }), refusal.Status);

    private static Reply Refuse(Trouble trouble) => trouble switch
    {
        Trouble.Limited => Failed(new GraphRefusal(613, "Calls to this api have exceeded the rate limit.")),
        Trouble.Failing { Status: < 100 and var code } => Failed(new GraphRefusal(code, "An unexpected error has occurred. Please retry your request later.")),
        Trouble.Failing { Status: var status } => Failed(new GraphRefusal(2, "Service temporarily unavailable", status: status)),
        _ => throw new InvalidOperationException(),
    };
}

/// <param name="ByApp">With the app's token, not the page's.</param>
internal sealed record GraphCall(string Verb, string Node, string Edge, bool ByApp, Arguments Arguments);
