using Beseda.Protocol;

namespace Beseda.Client;

/// <summary>The reports, for supervisors and administrators. Signed in as <see cref="OperatorClient"/> is, over the same <see cref="HttpClient"/>.</summary>
/// <remarks>Every call throws <see cref="BesedaException"/> when refused (422 names the fields) and
/// <see cref="HttpRequestException"/> when the server cannot be reached.</remarks>
public sealed class ReportClient(HttpClient http, string name = "dotnet")
{
    private readonly Wire wire = new(http, request => request.Headers.Add("X-Beseda-Client", name));

    /// <param name="page"><c>overview</c>, <c>service</c>, <c>operators</c>, <c>satisfaction</c>, <c>channels</c>, <c>queue</c> or <c>categories</c>.</param>
    /// <param name="query">Period and filters, as an address has them: <c>from=2026-01-01&amp;to=2026-02-01&amp;channel=vk</c>.</param>
    public Task<T> GetAsync<T>(string page, string query, CancellationToken stop = default)
        where T : SummaryReport => wire.Get<T>($"/api/reports/{page}?{query}", stop);

    /// <summary>The conversations behind a number of a report of the same period and filters, newest first.</summary>
    public Task<ConversationPage> ConversationsAsync(string query, CancellationToken stop = default) =>
        wire.Get<ConversationPage>($"/api/reports/conversations?{query}", stop);
}
