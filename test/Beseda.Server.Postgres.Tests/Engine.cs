using System.Runtime.CompilerServices;
using Beseda.Cluster;

[assembly: AssemblyFixture(typeof(Beseda.Server.Tests.EngineRun))]

namespace Beseda.Server.Tests;

/// <summary>The engine that this suite is run on: one cluster for all of it, a database for each folder.</summary>
internal static class Engine
{
    private static readonly Lazy<PostgresCluster> Started = new(() => PostgresCluster.Start());
    private static readonly Dictionary<string, string> Databases = [];

    [ModuleInitializer]
    internal static void Begin() => RunningServer.ArgumentsFor = ArgumentsFor;

    /// <summary>The arguments with which a server keeps its data in a place of its own; the same for the same folder.</summary>
    public static string[] ArgumentsFor(string folder)
    {
        Directory.CreateDirectory(folder);
        lock (Databases)
        {
            if (!Databases.TryGetValue(folder, out var database))
                Databases[folder] = database = Started.Value.AddDatabase();
            return ["--data", folder, "--database", Started.Value.UrlOf(database)];
        }
    }

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
