using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Beseda.Protocol;

namespace Beseda.Bench.Servers;

/// <summary>Visitors and an operator of the demo account, let in through the doors everybody uses.</summary>
internal static class Crowd
{
    /// <summary>Visitors' tokens. They outlive the server's process: the install key signs them.</summary>
    public static Task<IReadOnlyList<string>> VisitorsAsync(IPEndPoint server, int count) =>
        VisitorsAsync(server, [.. Enumerable.Repeat("demo", count)]);

    /// <summary>A visitor of each of these accounts.</summary>
    public static async Task<IReadOnlyList<string>> VisitorsAsync(IPEndPoint server, IReadOnlyList<string> accounts)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://{server}") };
        var tokens = new string[accounts.Count];
        await Parallel.ForAsync(0, tokens.Length, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, stop) =>
        {
            var answer = await http.PostAsJsonAsync("/api/visitor/session", new SessionRequest(accounts[i]),
                ProtocolJson.Default.SessionRequest, stop);
            await RefuseFailureAsync(answer);
            tokens[i] = (await answer.Content.ReadFromJsonAsync<JsonElement>(stop)).GetProperty("token").GetString()!;
        });
        return tokens;
    }

    /// <summary>The cookie of the demo account's administrator, as it stands in a request.</summary>
    public static async Task<string> AdministratorAsync(IPEndPoint server)
    {
        using var handler = new SocketsHttpHandler { UseCookies = false };
        using var http = new HttpClient(handler) { BaseAddress = new Uri($"http://{server}") };
        http.DefaultRequestHeaders.Add("X-Beseda-Client", "bench");
        var answer = await http.PostAsJsonAsync("/api/auth/login", new LoginRequest("admin@demo.example", "beseda-demo"),
            ProtocolJson.Default.LoginRequest);
        await RefuseFailureAsync(answer);
        return string.Join("; ", answer.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));
    }

    private static async Task RefuseFailureAsync(HttpResponseMessage answer)
    {
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException(
                $"{answer.RequestMessage?.RequestUri} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        }
    }
}
