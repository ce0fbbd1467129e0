namespace Beseda.Chaos.Stages;

/// <summary>Everything the play needs: the database, the nodes, and the balancer through which clients come.</summary>
internal sealed class Stage : IDisposable
{
    private readonly Balancer balancer;

    private Stage(IGround ground, IReadOnlyList<Node> nodes, Balancer balancer, string server)
    {
        Ground = ground;
        Nodes = nodes;
        this.balancer = balancer;
        Server = server;
    }

    public IGround Ground { get; }

    public IReadOnlyList<Node> Nodes { get; }

    public Uri Address => balancer.Address;

    /// <summary>Path of the server's program.</summary>
    public string Server { get; }

    /// <param name="server">Path of the server's program.</param>
    /// <param name="folder">For data and logs.</param>
    /// <param name="postgres">Three nodes on PostgreSQL; else one on SQLite.</param>
    /// <param name="more">What else the nodes are told, who are all reached at this address.</param>
    public static async Task<Stage> SetAsync(string server, string folder, bool postgres, Func<Uri, IEnumerable<string>>? more = null)
    {
        var port = Ports.Take();
        string[] told = ["--limits", "off", "--Outbound:Allow:0=127.0.0.0/8", .. more?.Invoke(new Uri($"http://127.0.0.1:{port}")) ?? []];
        IGround ground = postgres ? await PostgresGround.StartAsync(folder) : new SqliteGround(folder);
        var nodes = new List<Node>();
        try
        {
            for (var i = 0; i < ground.MostNodes; i++)
            {
                var (arguments, relays) = ground.Connect(i);
                // Webhooks come to this machine, which they else would not.
                nodes.Add(new Node($"node{i + 1}", folder, [server, "run", .. arguments, .. told], relays));
            }

            // The first makes the account; the others find it.
            await nodes[0].StartAsync("--demo");
            await Task.WhenAll(nodes.Skip(1).Select(node => node.StartAsync()));
            return new Stage(ground, nodes, await Balancer.StartAsync(folder, port, nodes), server);
        }
        catch
        {
            nodes.ForEach(node => node.Dispose());
            ground.Dispose();
            throw;
        }
    }

    /// <summary>The network as it should be. Nodes and databases are healed by whoever hurt them.</summary>
    public void Clear()
    {
        foreach (var relay in Nodes.SelectMany(node => node.Databases.Prepend(node.Door)))
            relay.Clear();
    }

    public void Dispose()
    {
        balancer.Dispose();
        foreach (var node in Nodes)
            node.Dispose();
        Ground.Dispose();
    }
}
