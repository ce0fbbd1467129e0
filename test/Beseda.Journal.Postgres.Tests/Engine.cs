using Beseda.Cluster;
using Beseda.Journal.Postgres;

[assembly: AssemblyFixture(typeof(Beseda.Journal.Tests.EngineRun))]

namespace Beseda.Journal.Tests;

/// <summary>The engine that this suite is run on: one cluster for all of it, a database for each test.</summary>
internal static class Engine
{
    private static readonly Lazy<PostgresCluster> Started = new(() => PostgresCluster.Start());
    private static readonly Dictionary<string, string> Databases = [];

    public static PostgresCluster Cluster => Started.Value;

    public static string UrlOf(string folder)
    {
        lock (Databases)
        {
            if (!Databases.TryGetValue(folder, out var database))
                Databases[folder] = database = Cluster.AddDatabase();
            return Cluster.UrlOf(database);
        }
    }

    /// <summary>The database of a folder, empty at first, the same when it is opened again.</summary>
    public static Database Open(string folder, TimeProvider clock) =>
        PostgresServer.Of(UrlOf(folder), clock == TimeProvider.System ? null : clock);

    public static DatabaseException Away() => new PostgresException(new Npgsql.NpgsqlException("gone"), "writing");

    /// <summary>The cluster ends with the run.</summary>
    internal static void Stop()
    {
        if (Started.IsValueCreated)
            Started.Value.Dispose();
    }
}

/// <summary>As long as any test runs.</summary>
public sealed class EngineRun : IDisposable
{
    public void Dispose() => Engine.Stop();
}
