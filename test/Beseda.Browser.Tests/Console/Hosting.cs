using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Beseda.Browser.Tests.Console;

/// <summary>As it is published, not as it is built: what the two do differently leaves a console that does not start.</summary>
public sealed class Hosting(Chromium chromium) : IClassFixture<Chromium>, IDisposable
{
    private const int Large = 20_000, MostEager = 2_600 * 1024;

    private readonly string folder = Directory.CreateTempSubdirectory("beseda-published").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_published_console_starts_and_nothing_large_goes_out_uncompressed()
    {
        await RunAsync("publish", Source(), "--no-build", "-c", Configuration, "--artifacts-path", Artifacts, "-o", folder);
        using var server = Start(out var address);
        try
        {
            using var http = new HttpClient { BaseAddress = address };
            Assert.DoesNotContain("#[", await http.GetStringAsync("/console", Stop), StringComparison.Ordinal);
            http.DefaultRequestHeaders.Add("Accept-Encoding", "br, gzip");
            foreach (var route in await RoutesAsync()) await IsCompressedAsync(http, route);

            await using var person = await chromium.PersonAsync(width: 1440, height: 900);
            long loaded = 0;
            person.Response += (_, response) =>
                Interlocked.Add(ref loaded, response.Headers.TryGetValue("content-length", out var length) ? long.Parse(length, CultureInfo.InvariantCulture) : 0);
            await Desk.SignInAsync(person, address);
            TestContext.Current.TestOutputHelper!.WriteLine($"the console loads {loaded / 1024} KB");
            Assert.InRange(loaded, 1_000_000, MostEager);
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync(Stop);
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>…/bin/Beseda.Server/release/Beseda.Server.dll</summary>
    private static string Built => typeof(Hosting).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "Server").Value!;

    private static string Configuration => Path.GetFileName(Path.GetDirectoryName(Built)!);

    private static string Artifacts => Path.GetFullPath(Path.Combine(Built, "../../../.."));

    private static string Source([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(here, "../../../../src/Beseda.Server"));

    private static async Task RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        var said = await process.StandardOutput.ReadToEndAsync(Stop);
        await process.WaitForExitAsync(Stop);
        Assert.True(process.ExitCode == 0, said);
    }

    private Process Start(out Uri address)
    {
        var server = Process.Start(new ProcessStartInfo(
            "dotnet", [Path.Combine(folder, "Beseda.Server.dll"), "run", "--demo", "--data", Path.Combine(folder, "data"), "--urls", "http://127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
        })!;
        const string says = "Beseda listens on ";
        string? line;
        do line = server.StandardOutput.ReadLine();
        while (line?.StartsWith(says, StringComparison.Ordinal) == false);
        Assert.NotNull(line);
        _ = server.StandardOutput.ReadToEndAsync(Stop);
        address = new Uri(line[says.Length..line.IndexOf(';', StringComparison.Ordinal)]);
        return server;
    }

    private async Task<List<string>> RoutesAsync()
    {
        await using var file = File.OpenRead(Path.Combine(folder, "Beseda.Server.staticwebassets.endpoints.json"));
        using var assets = await JsonDocument.ParseAsync(file, cancellationToken: Stop);
        return [.. assets.RootElement.GetProperty("Endpoints").EnumerateArray().Select(one => one.GetProperty("Route").GetString()!)
            .Where(route => Path.GetExtension(route) is not (".gz" or ".br")).Distinct()];
    }

    private static async Task IsCompressedAsync(HttpClient http, string route)
    {
        using var answer = await http.GetAsync($"/{route}", Stop);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, route);
        var length = (await answer.Content.ReadAsByteArrayAsync(Stop)).Length;
        Assert.True(length <= Large || answer.Content.Headers.ContentEncoding.Count > 0, $"{route}: {length} bytes as they are");
    }
}
