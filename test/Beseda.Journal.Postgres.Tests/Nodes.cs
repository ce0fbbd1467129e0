using Beseda.Journal.Postgres;
using Microsoft.Extensions.Logging.Abstractions;

namespace Beseda.Journal.Tests;

/// <summary>Several processes on one database, as far as they can be told apart: each with its own journal.</summary>
internal sealed class Nodes : IAsyncDisposable
{
    private readonly string url;
    private readonly HashSet<int> stopped = [];
    private readonly List<(PostgresServer Server, TallyJournal Journal)> all = [];

    private Nodes(string url) => this.url = url;

    public string Url => url;

    /// <summary>Of all nodes.</summary>
    public TallyFrames Frames { get; } = new();

    public TallyJournal this[int node] => all[node].Journal;

    public static async Task<Nodes> OpenAsync(int count, string? url = null)
    {
        var nodes = new Nodes(url ?? Engine.UrlOf(Guid.NewGuid().ToString()));
        for (var i = 0; i < count; i++)
            await nodes.AddAsync();
        return nodes;
    }

    public async Task<TallyJournal> AddAsync()
    {
        var server = PostgresServer.Of(url);
        var subject = new Subject<Board, Ask, Fact>(new TallyRules(), new TallyCodec(), new TallyTable(), Frames);
        var journal = new TallyJournal(server, subject, TimeProvider.System, NullLogger.Instance);
        all.Add((server, journal));
        await journal.StartAsync();
        return journal;
    }

    public void Stop(int node)
    {
        if (!stopped.Add(node))
            return;
        all[node].Journal.Dispose();
        all[node].Server.Dispose();
    }

    public ValueTask DisposeAsync()
    {
        for (var node = 0; node < all.Count; node++)
            Stop(node);
        return ValueTask.CompletedTask;
    }
}
