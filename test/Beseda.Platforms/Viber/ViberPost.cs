using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Beseda.Platforms.Calls;
using Beseda.Platforms.Deliveries;

namespace Beseda.Platforms.Viber;

/// <summary>Delivery with a signature, several times within about an hour; the times between are not published, these are ours.</summary>
internal sealed class ViberPost(ViberBot bot) : Post(bot.World, bot.Platform.Faults)
{
    private static readonly int[] Waits = [5, 30, 60, 300, 600, 1200, 1200];

    protected override bool StopsBehindFailure => false;

    protected override TimeSpan Patience => TimeSpan.FromSeconds(10);

    public async Task<bool> GreetAsync(Uri url)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            var hello = Wire.Object(new { @event = "webhook", timestamp = World.Now.Milliseconds(), chat_hostname = "SN-CHAT-05_", message_token = bot.NextToken() });
            using var request = Compose(url, new Parcel(0, "", "webhook", Wire.Text(hello)), 1);
            using var response = await World.Http.SendAsync(request, patience.Token);
            return (int)response.StatusCode == 200;
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>The signature stands in a header, and as of old in the query too.</summary>
    protected override HttpRequestMessage Compose(Uri target, Parcel parcel, int attempt)
    {
        var body = Encoding.UTF8.GetBytes(parcel.Body);
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(bot.Token), body));
        var address = new UriBuilder(target);
        address.Query = address.Query.Length > 1 ? $"{address.Query[1..]}&sig={signature}" : $"sig={signature}";
        var request = new HttpRequestMessage(HttpMethod.Post, address.Uri) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-Viber-Content-Signature", signature);
        return request;
    }

    protected override bool Accepts(int status, string answer) => status == 200;

    protected override TimeSpan? Wait(int attempt) => attempt > Waits.Length ? null : TimeSpan.FromSeconds(Waits[attempt - 1]);

    /// <summary>A chat that was opened may be answered in place, before anything else may be sent.</summary>
    protected override async Task TriedAsync(Parcel parcel, Delivery delivery)
    {
        if (parcel.Kind != "conversation_started" || !delivery.Accepted || !delivery.Answer.StartsWith('{'))
            return;
        try
        {
            if (JsonNode.Parse(delivery.Answer) is JsonObject welcome && welcome["type"] is not null && bot.Find(parcel.Queue) is { } customer)
                await ViberMessages.ShowAsync(bot, customer, Arguments.Of(welcome));
        }
        catch (Exception bad) when (bad is JsonException or ViberRefusal)
        {
            // As on the platform: no welcome.
        }
    }
}
