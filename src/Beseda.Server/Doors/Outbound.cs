using System.Net;
using System.Net.Sockets;

namespace Beseda.Server.Doors;

/// <summary>
/// Calls to addresses that customers name. They reach the public internet and nothing else: what a name means is looked at
/// when the connection is made, and no redirect is followed. <c>Outbound:Allow</c> lists networks that are let through.
/// </summary>
internal sealed class Outbound : IDisposable
{
    /// <summary>Special-purpose addresses: RFC 6890 and the IANA registries it made.</summary>
    private static readonly IPNetwork[] Closed =
    [.. new[]
    {
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "::/128", "::1/128", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "fc00::/7",
        "fe80::/10", "fec0::/10", "ff00::/8",
    }.Select(network => IPNetwork.Parse(network))];

    private readonly IPNetwork[] allowed;

    /// <exception cref="InvalidOperationException">A setting is no network.</exception>
    public Outbound(IConfiguration configuration)
    {
        allowed = [.. (configuration.GetSection("Outbound:Allow").Get<string[]>() ?? []).Select(text =>
            IPNetwork.TryParse(text, out var network) ? network : throw new InvalidOperationException($"Outbound:Allow: {text} is no network such as 10.1.0.0/16."))];
        Http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectCallback = async (context, stop) => new NetworkStream(await DialAsync(context.DnsEndPoint, stop), ownsSocket: true),
        })
        { Timeout = Timeout.InfiniteTimeSpan };
    }

    public HttpClient Http { get; }

    /// <summary>It names an address outright, and that one is closed.</summary>
    public bool Refuses(Uri url) => IPAddress.TryParse(url.IdnHost.Trim('[', ']'), out var address) && !IsOpen(address);

    public bool IsOpen(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return allowed.Any(network => network.Contains(address)) || !Closed.Any(network => network.Contains(address));
    }

    public void Dispose() => Http.Dispose();

    /// <exception cref="PrivateAddressException">It is closed.</exception>
    public async Task<Socket> DialAsync(DnsEndPoint where, CancellationToken stop)
    {
        var named = await Dns.GetHostAddressesAsync(where.Host, stop);
        var open = Array.FindAll(named, IsOpen);
        if (open.Length == 0)
            throw new PrivateAddressException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(open, where.Port, stop);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>An address that only this machine or its own network can reach.</summary>
internal sealed class PrivateAddressException() : IOException(Says)
{
    public const string Says = "The address is not on the public internet.";
}
