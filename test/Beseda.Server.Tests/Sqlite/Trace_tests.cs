using System.Diagnostics;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Beseda.Server.Tests.Durability;

/// <summary>
/// A kill proves little: the kernel keeps written pages. So the server runs under strace, and the order of its system calls shows
/// that no message is acknowledged before the disk has it.
/// </summary>
public sealed partial class Trace_tests
{
    private const int Messages = 24;
    private static readonly string Program = typeof(Trace_tests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(one => one.Key == "Server").Value!;

    [Fact]
    public async Task No_200_leaves_before_the_log_that_holds_the_message_is_on_the_disk()
    {
        var folder = Directory.CreateTempSubdirectory("beseda-trace-").FullName;
        try
        {
            var trace = Path.Combine(folder, "trace");
            var acknowledged = await PostUnderTraceAsync(trace, Path.Combine(folder, "data"));
            var calls = Calls.Read(trace);
            Assert.Equal(Messages, acknowledged.Count);
            foreach (var (marker, seq) in acknowledged)
            {
                var written = calls.FindIndex(call => call.Name == "pwrite64" && call.IsOnLog && call.Text.Contains(marker, StringComparison.Ordinal));
                var sent = calls.FindIndex(call => call.Name is ("sendmsg" or "sendto") && call.Text.Contains($"{{\\\"seq\\\":{seq},", StringComparison.Ordinal));
                Assert.True(written >= 0, $"{marker} was never written to the log.");
                Assert.True(sent >= 0, $"The answer to {marker} was never sent.");
                Assert.True(sent > written, $"{marker} was acknowledged before it was written.");
                var synced = calls.FindIndex(written, call => call.Name is ("fdatasync" or "fsync") && call.IsOnLog && call.Began > calls[written].Ended);
                Assert.True(synced >= 0 && calls[synced].Ended < calls[sent].Began, $"{marker} was acknowledged before the log was synced.");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<List<(string Marker, long Seq)>> PostUnderTraceAsync(string trace, string data)
    {
        using var strace = Process.Start(new ProcessStartInfo("strace",
        [
            "-f", "-y", "-s", "100000", "-e", "trace=pwrite64,fdatasync,fsync,sendmsg,sendto", "-e", "signal=none", "-o", trace,
            "dotnet", Program, "run", "--demo", "--data", data, "--urls", "http://127.0.0.1:0", "--limits", "off",
        ])
        { RedirectStandardOutput = true })!;
        var address = await AddressAsync(strace);
        using var http = new HttpClient { BaseAddress = address };
        var tokens = new List<string>();
        for (var i = 0; i < 8; i++)
            tokens.Add(await SessionAsync(http));

        var acknowledged = new List<(string, long)>();
        for (var i = 0; i < Messages / 2; i++)
            acknowledged.Add(await PostAsync(http, tokens[0], $"alone-{i:000}-marker"));
        acknowledged.AddRange(await Task.WhenAll(
            Enumerable.Range(0, Messages / 2).Select(i => PostAsync(http, tokens[i % tokens.Count], $"together-{i:000}-marker"))));

        // strace passes the signal on to nobody: the server is its child.
        using var stop = Process.Start("pkill", ["-TERM", "-P", $"{strace.Id}"]);
        await stop.WaitForExitAsync();
        await strace.WaitForExitAsync();
        return acknowledged;
    }

    private static async Task<Uri> AddressAsync(Process server)
    {
        while (await server.StandardOutput.ReadLineAsync() is { } line)
            if (Listens().Match(line) is { Success: true } match)
            {
                _ = server.StandardOutput.ReadToEndAsync();
                return new Uri(match.Groups[1].Value);
            }

        throw new InvalidOperationException("The server did not start under strace.");
    }

    private static async Task<string> SessionAsync(HttpClient http)
    {
        var answer = await http.PostAsJsonAsync("/api/visitor/session", new { account = "demo" });
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
    }

    private static async Task<(string, long)> PostAsync(HttpClient http, string token, string marker)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/visitor/messages");
        request.Headers.Add("Authorization", $"Bearer {token}");
        request.Content = JsonContent.Create(new { clientId = marker, text = marker });
        using var answer = await http.SendAsync(request);
        return (marker, (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("seq").GetInt64());
    }

    [GeneratedRegex("^Beseda listens on ([^;,]+)")]
    private static partial Regex Listens();
}
