using System.Text.Json;
using System.Text.Json.Nodes;
using Beseda.Platforms.Calls;
using Beseda.Platforms.Troubles;

namespace Beseda.Platforms.Telegram;

/// <summary>
/// The Bot API at <c>/bot{token}/{method}</c> and <c>/file/bot{token}/{path}</c>: at the root, because clients keep only
/// scheme and authority of the address they are given. Addresses of webhooks may be plain http, as on a local API server.
/// </summary>
public sealed class TelegramPlatform : Platform
{
    internal TelegramPlatform(World world) : base("telegram", world)
    {
    }

    public override TelegramBot Open(string name) => Open(name, null);

    public override TelegramBot Reopen(string name)
    {
        var who = Identity.Of($"telegram {name}");
        return Open(name, $"{who.Number}:AA{who.Secret[..32]}");
    }

    /// <param name="token"><c>number:secret</c>; made up when not given.</param>
    public TelegramBot Open(string name, string? token)
    {
        token ??= $"{World.NextNumber()}:AA{World.Secret()}";
        return Keep(new TelegramBot(this, token.Split(':')[0], name, token));
    }

    internal override void Map(WebApplication app)
    {
        app.MapMethods("/bot{token}/{method}", ["GET", "POST"], ServeAsync);
        app.MapGet("/file/bot{token}/{**path}", (string token, string path) =>
            Bot(token)?.Files.At(path) is { } file ? Results.Bytes(file.Media.Bytes, "application/octet-stream") : Results.Json(Error(404, "Not Found"), statusCode: 404));
    }

    internal static async Task<JsonNode> PerformAsync(TelegramBot bot, string method, Arguments arguments)
    {
        if (!TelegramMethods.All.TryGetValue(method, out var perform))
            throw new TelegramRefusal(404, "Not Found");
        try
        {
            return await perform(bot, arguments);
        }
        catch (JsonException)
        {
            throw TelegramRefusal.BadRequest("object expected as one of the parameters");
        }
    }

    private TelegramBot? Bot(string token) => Accounts.Cast<TelegramBot>().FirstOrDefault(bot => bot.Token == token && !bot.Revoked);

    private Task ServeAsync(HttpContext http, string token, string method) =>
        Door.ServeAsync(http, this, method, new Clerk(
            _ => Accounts.FirstOrDefault(bot => bot.Token == token),
            arguments => AnswerAsync(Bot(token), method, arguments, http.RequestAborted),
            Refuse,
            () => Failed(400, "Bad Request: can't parse JSON object")));

    private static async Task<Reply> AnswerAsync(TelegramBot? bot, string method, Arguments arguments, CancellationToken gone)
    {
        try
        {
            if (bot is null)
                throw new TelegramRefusal(401, "Unauthorized");
            if (method.Equals("getUpdates", StringComparison.OrdinalIgnoreCase))
                return Done(await bot.Updates.PollAsync(arguments, gone));
            return method.ToUpperInvariant() switch
            {
                "SETWEBHOOK" => Done(true, bot.Updates.SetWebhook(arguments)),
                "DELETEWEBHOOK" => Done(true, bot.Updates.DeleteWebhook(arguments)),
                _ => Done(await PerformAsync(bot, method, arguments)),
            };
        }
        catch (TelegramRefusal refusal)
        {
            return Failed(refusal.Code, refusal.Message);
        }
    }

    private static Reply Done(JsonNode result, string? description = null)
    {
        var answer = new JsonObject { ["ok"] = true, ["result"] = result.Parent is null ? result : result.DeepClone() };
        return Reply.Json(answer.With("description", description));
    }

    private static Reply Failed(int code, string description) => Reply.Json(Error(code, description), code);

    private static JsonObject Error(int code, string description) => new() { ["ok"] = false, ["error_code"] = code, ["description"] = description };

    private static Reply Refuse(Trouble trouble)
    {
        if (trouble is not Trouble.Limited { RetryAfter: var seconds })
            return Failed(((Trouble.Failing)trouble).Status, "Internal Server Error");
        var error = Error(429, $"Too Many Requests: retry after {seconds}");
        error["parameters"] = new JsonObject { ["retry_after"] = seconds };
        return Reply.Json(error, 429) with { RetryAfter = seconds };
    }
}
