using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Beseda.Chaos.Stages;

/// <summary>A data folder with SQLite files, for one node.</summary>
internal sealed class SqliteGround(string folder) : IGround
{
    private readonly string files = Path.Combine(folder, "data");

    public int MostNodes => 1;

    public Cluster.PostgresPair? Servers => null;

    public IReadOnlyList<string> Arguments => ["--data", files];

    public (IReadOnlyList<string> Arguments, IReadOnlyList<Relay> Relays) Connect(int node) => (Arguments, []);

    public async Task<DbConnection> OpenAsync()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(files, "journal.db")};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        return connection;
    }

    public void Dispose()
    {
    }
}
