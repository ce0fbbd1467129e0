using System.Globalization;

namespace Beseda.Chaos.Stages;

/// <summary>HAProxy in front of the nodes: plain TCP, in turn, to those whose port answers.</summary>
internal sealed class Balancer : IDisposable
{
    private readonly ChildProcess process;

    private Balancer(ChildProcess process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>Starts it, and waits until it takes connections.</summary>
    public static async Task<Balancer> StartAsync(string folder, int port, IEnumerable<Node> nodes)
    {
        var file = Path.Combine(folder, "haproxy.cfg");
        File.WriteAllText(file, $"""
            global
                maxconn 4000
            defaults
                mode tcp
                timeout connect 2s
                timeout client 1h
                timeout server 1h
                retries 2
                option redispatch
            frontend door
                bind 127.0.0.1:{port}
                default_backend nodes
            backend nodes
                balance roundrobin
                default-server inter 500ms fall 2 rise 1 on-marked-down shutdown-sessions
            {string.Join('\n', nodes.Select(Line))}

            """);
        var process = ChildProcess.Start(Path.Combine(folder, "haproxy.log"), Program(), "-db", "-f", file);
        for (var tries = 0; !await Sockets.IsOpenAsync(port) && tries < 200; tries++)
            await Task.Delay(50);
        return new Balancer(process, new Uri($"http://127.0.0.1:{port}"));
    }

    public void Dispose() => process.Dispose();

    private static string Line(Node node) => string.Create(CultureInfo.InvariantCulture,
        $"    server {node.Name} 127.0.0.1:{node.Door.Port} check port {node.Port}");

    /// <summary>Debian keeps it among the administrator's programs, which are not on everybody's path.</summary>
    private static string Program() => File.Exists("/usr/sbin/haproxy") ? "/usr/sbin/haproxy" : "haproxy";
}
