using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Beseda.Platforms.Deliveries;

namespace Beseda.Platforms.Messenger;

/// <summary>Delivery with a signature of the very bytes: at once, then more and more seldom; after an hour without success the page is unsubscribed.</summary>
internal sealed partial class MessengerPost(MessengerPage page) : Post(page.World, page.Platform.Faults)
{
    private static readonly int[] Waits = [1, 5, 15, 60, 180, 600, 1800, 3600];
    private DateTimeOffset? failingSince;

    protected override bool StopsBehindFailure => false;

    protected override TimeSpan Patience => TimeSpan.FromSeconds(20);

    /// <summary>As Meta writes JSON: outside ASCII escaped with small letters, and slashes escaped too.</summary>
    public static string Escaped(string json)
    {
        var text = new StringBuilder(json.Length + 16);
        foreach (var letter in json)
            _ = letter switch
            {
                '/' => text.Append("\\/"),
                > '\x7e' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
                _ => text.Append(letter),
            };
        // Pairs of surrogates were escaped before, with capitals.
        return Surrogates().Replace(text.ToString(), match => match.Value.ToLowerInvariant());
    }

    public async Task<bool> ChallengeAsync(Uri url, string verifyToken)
    {
        var challenge = $"{World.Chance(int.MaxValue)}";
        var address = new UriBuilder(url);
        address.Query = $"{address.Query.TrimStart('?')}{(address.Query.Length > 1 ? "&" : "")}hub.mode=subscribe&hub.challenge={challenge}&hub.verify_token={Uri.EscapeDataString(verifyToken)}";
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            using var answer = await World.Http.GetAsync(address.Uri, patience.Token);
            return answer.IsSuccessStatusCode && await answer.Content.ReadAsStringAsync(patience.Token) == challenge;
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    protected override HttpRequestMessage Compose(Uri target, Parcel parcel, int attempt)
    {
        var body = Encoding.UTF8.GetBytes(parcel.Body);
        var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-Hub-Signature-256", $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(page.AppSecret), body))}");
        return request;
    }

    protected override bool Accepts(int status, string answer) => status == 200;

    /// <summary>For about a day and a half.</summary>
    protected override TimeSpan? Wait(int attempt) => attempt > 40 ? null : TimeSpan.FromSeconds(Waits[Math.Min(attempt, Waits.Length) - 1]);

    protected override Task TriedAsync(Parcel parcel, Delivery delivery)
    {
        failingSince = delivery.Accepted ? null : failingSince ?? DateTimeOffset.UtcNow;
        if (DateTimeOffset.UtcNow - failingSince > World.Paced(TimeSpan.FromHours(1)))
            page.DropWebhook();
        return Task.CompletedTask;
    }

    [GeneratedRegex(@"(?<=(?<!\\)(?:\\\\)*)\\uD[89A-F][0-9A-F]{2}")]
    private static partial Regex Surrogates();
}
