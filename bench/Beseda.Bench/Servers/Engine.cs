using Beseda.Cluster;

namespace Beseda.Bench.Servers;

/// <summary>An empty database of one engine or the other, and the data folder of the one server on it.</summary>
internal sealed record Engine(string Name, string Data, PostgresCluster? Cluster, IReadOnlyList<string> Arguments) : IDisposable
{
    public static IReadOnlyList<Func<Grounds, Engine>> Both { get; } = [Sqlite, Postgres];

    /// <summary>Processor seconds of what is not in the server's own process.</summary>
    public double Processor() => Cluster is null ? 0 : Machine.Processor(Cluster);

    public RunningServer Start(Grounds grounds, params IEnumerable<string> more) => grounds.Product(Data, [.. Arguments, .. more]);

    public void Dispose() => Cluster?.Dispose();

    private static Engine Sqlite(Grounds grounds) => new("SQLite", grounds.NewData(), null, []);

    private static Engine Postgres(Grounds grounds)
    {
        var cluster = PostgresCluster.Start(durable: true);
        return new("PostgreSQL", grounds.NewData(), cluster, ["--database", cluster.UrlOf(cluster.AddDatabase())]);
    }
}
