using System.Net.Http.Json;
using System.Text.Json;

namespace Beseda.Server.Tests.Durability;

/// <summary>The administrator, who reads the raw journal.</summary>
internal sealed class Office(HttpClient http, string cookie) : IDisposable
{
    public string Cookie => cookie;

    public static async Task<Office> SignInAsync(Uri address)
    {
        var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = address };
        http.DefaultRequestHeaders.Add("X-Beseda-Client", "test");
        var answer = await http.PostAsJsonAsync("/api/auth/login", new { email = "admin@demo.example", password = "beseda-demo" });
        var cookie = answer.EnsureSuccessStatusCode().Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        http.DefaultRequestHeaders.Add("Cookie", cookie);
        return new Office(http, cookie);
    }

    public async Task<List<JournalEntry>> JournalAsync()
    {
        var all = new List<JournalEntry>();
        while (true)
        {
            var since = all.Count == 0 ? 0 : all[^1].Seq;
            var page = await http.GetFromJsonAsync<JsonElement>($"/api/admin/journal?since={since}&limit=1000");
            var events = page.GetProperty("events").EnumerateArray().Select(JournalEntry.Of).ToList();
            if (events.Count == 0)
                return all;
            all.AddRange(events);
        }
    }

    public void Dispose() => http.Dispose();
}

internal sealed record JournalEntry(long Seq, string Kind, string? Visitor, string? ClientId, string? Text)
{
    public static JournalEntry Of(JsonElement e) => new(
        e.GetProperty("seq").GetInt64(), e.GetProperty("kind").GetString()!, Optional(e, "visitor"),
        Optional(e.GetProperty("body"), "clientId"), e.TryGetProperty("words", out var words) ? Optional(words, "text") : null);

    private static string? Optional(JsonElement e, string name) => e.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

internal static class Until
{
    /// <summary>Looks again and again; gives up after a minute.</summary>
    public static async Task TrueAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!condition())
            await Task.Delay(10, patience.Token);
    }

    /// <inheritdoc cref="TrueAsync(Func{bool})"/>
    public static async Task TrueAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await condition())
            await Task.Delay(20, patience.Token);
    }
}
