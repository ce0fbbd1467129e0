using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Beseda.Journal;
using Beseda.Server.Doors;
using Beseda.Server.Feeds;

namespace Beseda.Server.Webhooks;

/// <summary>
/// Sends events to a webhook: one POST each, its JSON as operators' feeds have it and the journal's id beside it. The
/// header <c>X-Beseda-Signature: t=SECONDS,v1=HEX</c> is HMAC-SHA-256 of <c>SECONDS.BODY</c> under the webhook's secret, where
/// SECONDS is Unix time. Anything but 2xx, a redirect included, is a failure.
/// </summary>
internal sealed class WebhookSender(ChatJournal journal, AccountId account, Webhook webhook, byte[] secret, HttpClient http, TimeProvider clock)
    : IConsumer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public bool Wants(Frame frame) => frame is ChatFrame;

    public async Task<Delivery> DeliverAsync(Frame frame, int attempt, CancellationToken stop)
    {
        var state = await journal.StateAsync(account);
        if (state.Operators.GetValueOrDefault(webhook.Creator) is not { Enabled: true } creator)
            return new Delivery.Later("Whoever made this webhook is no operator any more.");
        if (((ChatFrame)frame).TellTo(creator) is not { } told)
            return Delivery.Nothing.ToSay;
        var entry = JsonSerializer.SerializeToUtf8Bytes(told, WireJson.Options);
        if (webhook.Kinds.Count > 0 && !webhook.Kinds.Contains(EventStream.Kind(entry)))
            return Delivery.Nothing.ToSay;
        using var request = Request([.. Encoding.UTF8.GetBytes($"{{\"journal\":\"{journal.Id}\","), .. entry.AsSpan(1)], attempt);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        enough.CancelAfter(Patience);
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, enough.Token);
            return answer.IsSuccessStatusCode ? Delivery.Done.It : new Delivery.Later($"HTTP {(int)answer.StatusCode}");
        }
        catch (OperationCanceledException)
        {
            return new Delivery.Later("no answer in time");
        }
        catch (HttpRequestException failure)
        {
            return new Delivery.Later(failure.InnerException is PrivateAddressException ? PrivateAddressException.Says : $"{failure.HttpRequestError}");
        }
    }

    private HttpRequestMessage Request(byte[] body, int attempt)
    {
        var seconds = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url)
        {
            Version = HttpVersion.Version11,
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        request.Headers.UserAgent.ParseAdd("Beseda");
        request.Headers.Add("X-Beseda-Webhook", webhook.Id.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("X-Beseda-Attempt", attempt.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("X-Beseda-Signature", $"t={seconds},v1={Sign(secret, seconds, body)}");
        return request;
    }

    private static string Sign(byte[] secret, string seconds, byte[] body)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        mac.AppendData(Encoding.ASCII.GetBytes($"{seconds}."));
        mac.AppendData(body);
        return Convert.ToHexStringLower(mac.GetHashAndReset());
    }
}
