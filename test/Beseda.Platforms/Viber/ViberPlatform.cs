using System.Text.Json.Nodes;
using Beseda.Platforms.Calls;
using Beseda.Platforms.Troubles;

namespace Beseda.Platforms.Viber;

/// <summary>The bot API at <c>/viber/pa/{endpoint}</c>. Addresses of webhooks and of files may be plain http.</summary>
public sealed class ViberPlatform : Platform
{
    internal ViberPlatform(World world) : base("viber", world)
    {
    }

    public override ViberBot Open(string name) => Open(name, Identity.New(World));

    public override ViberBot Reopen(string name) => Open(name, Identity.Of($"viber {name}"));

    internal override void Map(WebApplication app) => app.MapPost("/viber/pa/{endpoint}", ServeAsync);

    private ViberBot Open(string name, Identity who) =>
        Keep(new ViberBot(this, $"pa:{who.Number}", name, $"{who.Secret[..16]}-{who.Secret[16..32]}-{who.Secret[32..48]}"));

    private Task ServeAsync(HttpContext http, string endpoint)
    {
        var token = http.Request.Headers["X-Viber-Auth-Token"].ToString();
        var bot = Accounts.Cast<ViberBot>().FirstOrDefault(b => b.Token == token);
        return Door.ServeAsync(http, this, endpoint, new Clerk(
            _ => bot,
            arguments => AnswerAsync(bot, endpoint, arguments),
            Refuse,
            () => Failed(3, "failed to parse json")));
    }

    private static async Task<Reply> AnswerAsync(ViberBot? bot, string endpoint, Arguments arguments)
    {
        try
        {
            if (bot is null or { Revoked: true })
                throw new ViberRefusal(2);
            if (!ViberEndpoints.All.TryGetValue(endpoint, out var perform))
                return new Reply(404, "Not Found", "text/plain");
            var answer = new JsonObject { ["status"] = 0, ["status_message"] = "ok" };
            foreach (var (name, value) in await perform(bot, arguments))
                answer[name] = value?.DeepClone();
            answer["chat_hostname"] = "SN-CALLBACK-05_";
            return Reply.Json(answer);
        }
        catch (ViberRefusal refusal)
        {
            return Failed(refusal.Status, refusal.Message);
        }
    }

    private static Reply Failed(int status, string message) => Reply.Json(Wire.Object(new { status, status_message = message, chat_hostname = "SN-CALLBACK-05_" }));

    private static Reply Refuse(Trouble trouble) => trouble switch
    {
        Trouble.Limited => Failed(12, ViberRefusal.Name(12)),
        Trouble.Failing { Status: < 100 and var code } => Failed(code, ViberRefusal.Name(code)),
        Trouble.Failing { Status: var status } => new Reply(status, "", "text/plain"),
        _ => throw new InvalidOperationException(),
    };
}
