using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Beseda.Server.Tests.Durability;

/// <summary>A visitor who sends one message after the other, each again and again until it is acknowledged.</summary>
internal sealed class Writer
{
    private readonly HttpClient http;
    private readonly int number;
    private volatile bool finished;

    private Writer(HttpClient http, int number, string token, string visitor)
    {
        this.http = http;
        this.number = number;
        Token = token;
        Visitor = visitor;
    }

    public string Token { get; }

    public string Visitor { get; }

    /// <summary>In the order they were sent.</summary>
    public List<(string ClientId, long Seq)> Acknowledged { get; } = [];

    public static async Task<Writer> StartAsync(HttpClient http, int number)
    {
        var answer = await http.PostAsJsonAsync("/api/visitor/session", new { account = "demo" });
        var session = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        return new Writer(http, number, session.GetProperty("token").GetString()!, session.GetProperty("visitor").GetProperty("id").GetString()!);
    }

    public void Finish() => finished = true;

    public async Task RunAsync(CancellationToken stop)
    {
        for (var i = 0; !finished && !stop.IsCancellationRequested; i++)
        {
            var clientId = $"v{number}-{i}";
            long? seq;
            while ((seq = await TryPostAsync(clientId)) is null)
                await Task.Delay(20, CancellationToken.None);
            Acknowledged.Add((clientId, seq.Value));
        }
    }

    private async Task<long?> TryPostAsync(string clientId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/visitor/messages");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        request.Content = JsonContent.Create(new { clientId, text = $"Сообщение {clientId}" });
        try
        {
            using var answer = await http.SendAsync(request);
            return answer.IsSuccessStatusCode ? (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("seq").GetInt64() : null;
        }
        catch (Exception cut) when (cut is HttpRequestException or TaskCanceledException or IOException or JsonException)
        {
            return null;
        }
    }
}
