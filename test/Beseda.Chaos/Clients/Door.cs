using System.Net.Http.Json;
using System.Text.Json;

namespace Beseda.Chaos.Clients;

/// <summary>One client's way to the server: plain HTTP through the balancer, asked again until there is an answer.</summary>
internal sealed class Door : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(4);
    private readonly HttpClient http;
    private readonly HttpClient feeds;
    private readonly Diary diary;

    public Door(Uri address, Diary diary)
    {
        http = new HttpClient(Handler()) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(8) };
        feeds = new HttpClient(Handler()) { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
        this.diary = diary;
    }

    /// <summary>Headers that say who speaks; may change at any time.</summary>
    public IReadOnlyDictionary<string, string> Identity { get; set; } = new Dictionary<string, string>();

    /// <summary>Until it is answered for good: 2xx or a refusal. The same body again is the same command.</summary>
    /// <exception cref="OperationCanceledException">There was no answer until <paramref name="patience"/> ended.</exception>
    public async Task<Answer> AskAsync(HttpMethod method, string path, object? body, CancellationToken patience)
    {
        for (var attempt = 0; ; attempt++)
        {
            var answer = await TryAsync(method, path, body, patience);
            if (answer.IsFinal)
                return answer;
            diary.Notes("retry", new { path, answer.Status });
            var backOff = TimeSpan.FromMilliseconds(100 << Math.Min(attempt, 6));
            var wait = answer.RetryAfter ?? (backOff < Longest ? backOff : Longest);
            await Task.Delay(wait * (0.5 + Random.Shared.NextDouble()), patience);
        }
    }

    /// <summary>Once.</summary>
    public async Task<Answer> TryAsync(HttpMethod method, string path, object? body, CancellationToken patience)
    {
        try
        {
            using var request = Request(method, path);
            if (body is not null)
                request.Content = JsonContent.Create(body);
            using var answer = await http.SendAsync(request, patience);
            return await Answer.OfAsync(answer);
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException or JsonException || (cut is TaskCanceledException && !patience.IsCancellationRequested))
        {
            return Answer.None;
        }
    }

    /// <summary>A stream; the caller reads and disposes it.</summary>
    public async Task<HttpResponseMessage> OpenFeedAsync(string path, long? after, CancellationToken stop)
    {
        using var request = Request(HttpMethod.Get, path);
        if (after is { } position)
            request.Headers.Add("Last-Event-ID", $"{position}");
        return await feeds.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
    }

    public void Dispose()
    {
        http.Dispose();
        feeds.Dispose();
    }

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in Identity)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private static SocketsHttpHandler Handler() => new() { UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(3) };
}

/// <param name="Status">0: there was none.</param>
internal sealed record Answer(int Status, JsonElement Body, TimeSpan? RetryAfter = null, string? Cookie = null)
{
    public static readonly Answer None = new(0, default);

    /// <summary>Asking again would not change it.</summary>
    public bool IsFinal => Status is > 0 and < 500 and not 408 and not 429;

    public bool IsGood => Status is >= 200 and < 300;

    /// <summary>Of a refusal.</summary>
    public string Code => Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty("code", out var code) ? code.GetString()! : "";

    public static async Task<Answer> OfAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        var body = text.StartsWith('{') || text.StartsWith('[') ? JsonElement.Parse(text) : default;
        var cookie = answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? string.Join("; ", cookies.Select(one => one.Split(';')[0])) : null;
        return new Answer((int)answer.StatusCode, body, answer.Headers.RetryAfter?.Delta, cookie);
    }
}
