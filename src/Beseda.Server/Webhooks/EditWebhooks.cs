using System.Security.Cryptography;
using System.Text;
using Beseda.Journal;
using Beseda.Server.Consumers;
using Beseda.Server.Doors;
using Beseda.Server.Operators;

namespace Beseda.Server.Webhooks;

/// <summary><c>/api/admin/webhooks</c>: who else is told of what happens.</summary>
internal static class EditWebhooks
{
    private const int MostWebhooks = 20;
    private const int MaxUrl = 2_000;

    private static readonly HashSet<string> Kinds =
        [.. typeof(Wire.Kinds).GetFields().Select(field => (string)field.GetRawConstantValue()!)];

    public static void MapWebhooks(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/webhooks", All);
        admin.MapPost("/webhooks", Add);
        admin.MapPut("/webhooks/{id:long}", Change);
        admin.MapDelete("/webhooks/{id:long}", Remove);
        admin.MapPost("/webhooks/{id:long}/replay", Replay);
    }

    private static async Task<IResult> All(OperatorPrincipal caller, ChatJournal journal) =>
        TypedResults.Ok<IReadOnlyList<Wire.WebhookSettings>>(await journal.Readers.ReadAsync(session =>
            WebhookRows.All(session, caller.Account).ConvertAll(one => Told(session, journal, caller.Account, one))));

    private static async Task<IResult> Add(
        Wire.WebhookSettings request, OperatorPrincipal caller, ChatJournal journal, InstallKey key, Outbound outbound, AllConsumers consumers)
    {
        if (Check(request, outbound) is { } wrong)
            return wrong;
        var secret = $"whsec_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24))}";
        var sealedSecret = key.Encrypt(Webhooks.Purpose, Encoding.UTF8.GetBytes(secret));
        var head = (await journal.StateAsync(caller.Account)).Seq;
        var added = await journal.WriteAsync((session, now) =>
        {
            if (WebhookRows.All(session, caller.Account).Count >= MostWebhooks)
                return null;
            var webhook = new Webhook(RandomNumberGenerator.GetInt32(1, int.MaxValue), request.Url, request.Kinds ?? [], sealedSecret, caller.Id, now);
            WebhookRows.Save(session, caller.Account, webhook);
            ConsumerRows.Add(session, webhook.ConsumerIn(caller.Account), request.From is { } from ? Math.Clamp(from - 1, 0, head) : head);
            return Told(session, journal, caller.Account, webhook);
        });
        if (added is null)
            return Problems.Of(409, "too-many-webhooks", $"An account has at most {MostWebhooks} webhooks.");
        consumers.Look();
        return TypedResults.Ok(added with { Secret = secret });
    }

    private static async Task<IResult> Change(
        long id, Wire.WebhookSettings request, OperatorPrincipal caller, ChatJournal journal, Outbound outbound, AllConsumers consumers)
    {
        if (Check(request, outbound) is { } wrong)
            return wrong;
        return await WriteAsync(id, caller, journal, consumers, (session, webhook) =>
        {
            WebhookRows.Save(session, caller.Account, webhook with { Url = request.Url, Kinds = request.Kinds ?? [] });
            // Whoever runs it lets go, and it is begun anew as it now is.
            ConsumerRows.Pause(session, webhook.ConsumerIn(caller.Account), request.Paused ?? false);
        });
    }

    private static Task<IResult> Remove(long id, OperatorPrincipal caller, ChatJournal journal, AllConsumers consumers) =>
        WriteAsync(id, caller, journal, consumers, (session, webhook) =>
        {
            WebhookRows.Remove(session, caller.Account, id);
            ConsumerRows.Remove(session, webhook.ConsumerIn(caller.Account));
        });

    private static async Task<IResult> Replay(long id, Wire.ReplayRequest request, OperatorPrincipal caller, ChatJournal journal, AllConsumers consumers)
    {
        if (request.From < 1)
            return Problems.Invalid("from", "The seq of an event.");
        var head = (await journal.StateAsync(caller.Account)).Seq;
        return await WriteAsync(id, caller, journal, consumers, (session, webhook) =>
            ConsumerRows.Rewind(session, webhook.ConsumerIn(caller.Account), Math.Min(request.From - 1, head)));
    }

    /// <summary>Changes one that there is, and tells it as it then is.</summary>
    private static async Task<IResult> WriteAsync(
        long id, OperatorPrincipal caller, ChatJournal journal, AllConsumers consumers, Action<Session, Webhook> write)
    {
        var (found, told) = await journal.WriteAsync((session, _) =>
        {
            if (WebhookRows.Find(session, caller.Account, id) is not { } webhook)
                return (false, null);
            write(session, webhook);
            return (true, WebhookRows.Find(session, caller.Account, id) is { } now ? Told(session, journal, caller.Account, now) : null);
        });
        consumers.Look();
        return !found ? Problems.NotFound("webhook-not-found", "There is no such webhook.")
            : told is null ? TypedResults.NoContent() : TypedResults.Ok(told);
    }

    private static Wire.WebhookSettings Told(Session session, ChatJournal journal, AccountId account, Webhook webhook)
    {
        var progress = ConsumerRows.Progress(session, webhook.ConsumerIn(account));
        var head = journal.LoadedState(account)?.Seq ?? 0;
        return new Wire.WebhookSettings(
            webhook.Url, webhook.Kinds, progress?.Paused, Id: webhook.Id, CreatedBy: webhook.Creator.Value, CreatedAt: webhook.CreatedAt,
            Cursor: progress?.Cursor, Lag: progress is null ? null : Math.Max(0, head - progress.Cursor), WaitingConversations: progress?.Waiting,
            FailingSince: progress?.FailingSince, Error: progress?.Error);
    }

    private static IResult? Check(Wire.WebhookSettings request, Outbound outbound)
    {
        if (request.Url.Length > MaxUrl || !Uri.TryCreate(request.Url, UriKind.Absolute, out var url)
            || url.Scheme is not ("http" or "https") || url.UserInfo.Length > 0 || request.Url.Any(char.IsControl))
            return Problems.Invalid("url", "An address that begins with https:// or http://, without a password in it.");
        if (outbound.Refuses(url))
            return Problems.Invalid("url", PrivateAddressException.Says);
        return request.Kinds is { } kinds && !kinds.All(Kinds.Contains) ? Problems.Invalid("kinds", "There is no such kind of event.") : null;
    }
}
