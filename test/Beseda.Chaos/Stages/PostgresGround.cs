using System.Data.Common;
using System.Globalization;
using Beseda.Cluster;
using Npgsql;

namespace Beseda.Chaos.Stages;

/// <summary>A PostgreSQL primary and its synchronous standby; each node reaches either through a relay of its own.</summary>
internal sealed class PostgresGround : IGround
{
    private readonly PostgresPair servers;
    private readonly string folder;
    private readonly string database;
    private readonly int[] ports;

    private PostgresGround(PostgresPair servers, string folder)
    {
        this.servers = servers;
        this.folder = folder;
        ports = [servers.Primary.Port, servers.Standby.Port];
        database = servers.Primary.AddDatabase();
    }

    public int MostNodes => 3;

    public PostgresPair Servers => servers;

    public IReadOnlyList<string> Arguments => ["--database", Url(ports), "--data", FolderOf(0)];

    public static async Task<PostgresGround> StartAsync(string folder) =>
        new(await PostgresPair.StartAsync(Ports.Take(), Ports.Take()), folder);

    public (IReadOnlyList<string> Arguments, IReadOnlyList<Relay> Relays) Connect(int node)
    {
        var relays = ports.Select(Relay.To).ToList();
        return (["--database", Url(relays.Select(relay => relay.Port)), "--data", FolderOf(node)], relays);
    }

    public async Task<DbConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(servers.Primary.ConnectionOf(database));
        await connection.OpenAsync();
        return connection;
    }

    public void Dispose() => servers.Dispose();

    private string FolderOf(int node) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"data-{node}"));

    private string Url(IEnumerable<int> to) =>
        $"postgres://postgres@{string.Join(',', to.Select(port => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}")))}/{database}";
}
