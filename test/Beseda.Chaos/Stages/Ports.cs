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
    private static readonly Lock Taking = new();
    private static int next = Lowest + Random.Shared.Next(Highest - Lowest);

    /// <summary>One that nobody else in this process was given since the last round of all of them.</summary>
    public static int Take()
    {
        lock (Taking)
        {
            do
                next = next + 1 < Highest ? next + 1 : Lowest;
            while (!IsFree(next));
            return next;
        }
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
