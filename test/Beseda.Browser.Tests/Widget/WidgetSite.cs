using System.Net.Http.Json;
using Beseda.Client;
using Beseda.Protocol;

namespace Beseda.Browser.Tests.Widget;

/// <summary>The demo provider's site on a real server, in a real browser, and the people on the other side.</summary>
public sealed class WidgetSite : IAsyncLifetime
{
    private readonly Chromium chromium = new();
    private RunningServer? server;

    public string Address => Server.Address.GetLeftPart(UriPartial.Authority);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private RunningServer Server => server ?? throw new InvalidOperationException("The server has not been started.");

    public async ValueTask InitializeAsync()
    {
        server = await RunningServer.StartAsync("--limits", "off");
        await chromium.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await chromium.DisposeAsync();
        await Server.DisposeAsync();
    }

    internal Task KillServerAsync() => Server.KillAsync();

    internal Task StartServerAsync() => Server.RestartAsync();

    /// <summary>A visitor's own browser, speaking Russian: nothing is shared with other tests but the server.</summary>
    internal Task<IBrowserContext> VisitorAsync(BrowserNewContextOptions? options = null)
    {
        options ??= new();
        options.BaseURL = Address;
        options.Locale ??= "ru-RU";
        options.ReducedMotion = ReducedMotion.Reduce;
        return chromium.PersonAsync(options);
    }

    internal Task<Colleague> OperatorAsync(string name = "anna") => Colleague.OnDutyAsync(Server.Address, name);

    /// <summary>The whole journal, as an administrator reads it.</summary>
    internal async Task<IReadOnlyList<RawEvent>> JournalAsync()
    {
        using var http = new HttpClient { BaseAddress = Server.Address };
        await new OperatorClient(http).LoginAsync(new LoginRequest("admin@demo.example", "beseda-demo"), Stop);
        var events = new List<RawEvent>();
        while (true)
        {
            var page = (await http.GetFromJsonAsync<JournalPage>($"/api/admin/journal?since={events.LastOrDefault()?.Seq ?? 0}&limit=500", Stop))!;
            events.AddRange(page.Events);
            if (page.Events.Count == 0 || page.Events[^1].Seq == page.Head)
                return events;
        }
    }

    /// <summary>Texts in the journal that begin so, in its order.</summary>
    internal async Task<string[]> PostedAsync(string start) =>
    [
        .. from entry in await JournalAsync()
           where entry.Kind == Kinds.MessagePosted
           let text = entry.Words!.Value.GetProperty("text").GetString()!
           where text.StartsWith(start, StringComparison.Ordinal)
           select text,
    ];
}

/// <summary>One after another: some of these tests kill the server that all of them use.</summary>
[CollectionDefinition(nameof(OnTheSite))]
public sealed class OnTheSite : ICollectionFixture<WidgetSite>;
