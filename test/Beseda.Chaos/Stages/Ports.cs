using System.Net;
using System.Net.Sockets;

namespace Beseda.Chaos.Stages;

/// <summary>
/// Ports of this machine that stay ours while nobody listens on them: below those the kernel hands out to outgoing
/// connections, of which a run makes thousands.
/// </summary>
internal static class Ports
{
    private const int Lowest = 18_000;
    private const int Highest = 32_000;
    private static int next = Lowest + Random.Shared.Next(Highest - Lowest);

    public static int Take()
    {
        while (true)
        {
            next = next + 1 < Highest ? next + 1 : Lowest;
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, next));
                return next;
            }
            catch (SocketException)
            {
                // Somebody's.
            }
        }
    }
}
