using System.Data.Common;

namespace Beseda.Chaos.Stages;

/// <summary>What the nodes stand on.</summary>
internal interface IGround : IDisposable
{
    /// <summary>How many nodes may stand on it.</summary>
    int MostNodes { get; }

    /// <summary>Null: there is no database server to torment.</summary>
    Cluster.PostgresPair? Servers { get; }

    /// <summary>A way to the database for one node.</summary>
    /// <returns>The arguments that name it, and the relays it leads through.</returns>
    (IReadOnlyList<string> Arguments, IReadOnlyList<Relay> Relays) Connect(int node);

    /// <summary>The arguments that name it to the command line, without relays.</summary>
    IReadOnlyList<string> Arguments { get; }

    /// <summary>Open, for reading the tables.</summary>
    Task<DbConnection> OpenAsync();
}
