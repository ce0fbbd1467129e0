using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Beseda.Platforms.Calls;
using Beseda.Platforms.Deliveries;
using Beseda.Platforms.Troubles;

namespace Beseda.Platforms.Telegram;

/// <summary>Delivery as telegram-bot-api's WebhookActor does it.</summary>
internal sealed class TelegramPost(TelegramBot bot, Faults faults) : Post(bot.World, faults)
{
    private static readonly string[] NotInAnswers = ["setwebhook", "deletewebhook", "close", "logout"];

    /// <summary>Comes back in a header of every delivery; none when empty.</summary>
    public string Secret { get; set; } = "";

    public (DateTimeOffset At, string What)? LastError { get; private set; }

    protected override bool StopsBehindFailure => true;

    protected override TimeSpan Patience => TimeSpan.FromSeconds(60);

    protected override HttpRequestMessage Compose(Uri target, Parcel parcel, int attempt)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = new StringContent(parcel.Body, Encoding.UTF8) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (Secret.Length > 0)
            request.Headers.Add("X-Telegram-Bot-Api-Secret-Token", Secret);
        if (target.UserInfo.Length > 0)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(target.UserInfo))));
        return request;
    }

    /// <summary>A second, doubling up to a chance time of one to two minutes; about a thousand of those are a day, when updates expire.</summary>
    protected override TimeSpan? Wait(int attempt) =>
        attempt > 1000 ? null : TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Math.Min(attempt - 1, 10)), 60 + World.Chance(60)));

    protected override async Task TriedAsync(Parcel parcel, Delivery delivery)
    {
        if (delivery.Accepted)
            await PerformAsync(delivery.Answer);
        else
            LastError = (World.Now, delivery.Status == 0 ? delivery.Answer : $"Wrong response from the webhook: {delivery.Status} {(HttpStatusCode)delivery.Status}");
    }

    /// <summary>The answer may itself be a call; what comes of it nobody is told.</summary>
    private async Task PerformAsync(string answer)
    {
        try
        {
            if (!answer.StartsWith('{') || JsonNode.Parse(answer) is not JsonObject call || call["method"]?.ToString() is not { } method)
                return;
            if (method.StartsWith("get", StringComparison.OrdinalIgnoreCase) || NotInAnswers.Contains(method, StringComparer.OrdinalIgnoreCase))
                return;
            var arguments = Arguments.Of(call);
            bot.Calls.Add(new ApiCall(World.Now, method, arguments.Everything(), 200, "", Lost: true));
            await TelegramPlatform.PerformAsync(bot, method, arguments);
        }
        catch (Exception refused) when (refused is JsonException or TelegramRefusal)
        {
            // As on the platform: the webhook was answered, and that was all.
        }
    }
}
