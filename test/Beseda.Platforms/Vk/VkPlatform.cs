using System.Text.Json;
using System.Text.Json.Nodes;
using Beseda.Platforms.Calls;
using Beseda.Platforms.Troubles;

namespace Beseda.Platforms.Vk;

/// <summary>
/// The API at <c>/vk/method/{name}</c>; long poll and upload servers are where the API says they are. Addresses of
/// callback servers may be plain http.
/// </summary>
public sealed class VkPlatform : Platform
{
    internal VkPlatform(World world) : base("vk", world)
    {
    }

    public override VkCommunity Open(string name) => Open(name, Identity.New(World));

    public override VkCommunity Reopen(string name) => Open(name, Identity.Of($"vk {name}"));

    private VkCommunity Open(string name, Identity who) => Keep(new VkCommunity(this, $"{who.Number}", name, $"vk1.a.{who.Secret[..64]}"));

    internal override void Map(WebApplication app)
    {
        app.MapMethods("/vk/method/{method}", ["GET", "POST"], ServeAsync);
        app.MapGet("/vk/whp/{group}", PollAsync);
        app.MapPost("/vk/upload/{group}/{ticket}", UploadAsync);
    }

    private Task ServeAsync(HttpContext http, string method)
    {
        VkCommunity? Caller(Arguments arguments)
        {
            var token = Door.Token(http.Request, arguments);
            return Accounts.Cast<VkCommunity>().FirstOrDefault(community => community.Token == token);
        }
        return Door.ServeAsync(http, this, method, new Clerk(
            Caller,
            arguments => Task.FromResult(Answer(Caller(arguments), method, arguments)),
            Refuse,
            () => Failed(8, "Invalid request", null)));
    }

    private static Reply Answer(VkCommunity? community, string method, Arguments arguments)
    {
        try
        {
            if (community is null or { Revoked: true })
                throw new VkRefusal(5, "User authorization failed: invalid access_token (4).");
            if (!arguments.Has("v"))
                throw new VkRefusal(8, "Invalid request: v (version) is required");
            if (!VkMethods.All.TryGetValue(method, out var perform))
                throw new VkRefusal(3, "Unknown method passed");
            var result = perform(community, arguments);
            return Reply.Json(new JsonObject { ["response"] = result.Parent is null ? result : result.DeepClone() });
        }
        catch (JsonException)
        {
            return Failed(100, "One of the parameters specified was missing or invalid: not a JSON", arguments);
        }
        catch (VkRefusal refusal)
        {
            return Failed(refusal.Code, refusal.Message, arguments, method);
        }
    }

    /// <summary>Says what it was asked, without the token.</summary>
    private static Reply Failed(int code, string message, Arguments? arguments, string method = "") => Reply.Json(Wire.Object(new
    {
        error = new
        {
            error_code = code,
            error_msg = message,
            request_params = (arguments?.Names ?? []).Where(name => name != "access_token")
                .Select(name => new { key = name, value = arguments!.Text(name) })
                .Prepend(new { key = "method", value = (string?)method }),
        },
    }));

    private static Reply Refuse(Trouble trouble) => trouble switch
    {
        Trouble.Limited { Flood: true } => Failed(9, "Flood control", null),
        Trouble.Limited => Failed(6, "Too many requests per second", null),
        Trouble.Failing { Status: < 100 and var code } => Failed(code, "Internal server error", null),
        Trouble.Failing { Status: var status } => new Reply(status, "<html><body>Server Error</body></html>", "text/html"),
        _ => throw new InvalidOperationException(),
    };

    /// <summary>These servers know no codes.</summary>
    private static Reply Down(Trouble trouble) => new(trouble is Trouble.Failing { Status: >= 100 and var status } ? status : 503, "", "text/html");

    private Task PollAsync(HttpContext http, string group)
    {
        var community = Accounts.Cast<VkCommunity>().FirstOrDefault(c => c.Id == group);
        return Door.ServeAsync(http, this, "a_check", new Clerk(
            _ => community,
            async arguments => community is null ? new Reply(404, "") : Reply.Json(await community.LongPoll.CheckAsync(arguments, http.RequestAborted)),
            Down,
            () => new Reply(400, "")));
    }

    private Task UploadAsync(HttpContext http, string group, string ticket)
    {
        var community = Accounts.Cast<VkCommunity>().FirstOrDefault(c => c.Id == group);
        return Door.ServeAsync(http, this, "upload", new Clerk(
            _ => community,
            arguments => Task.FromResult(community is null ? new Reply(404, "") : Reply.Json(community.Files.Upload(ticket, arguments))),
            Down,
            () => new Reply(400, "")));
    }
}
