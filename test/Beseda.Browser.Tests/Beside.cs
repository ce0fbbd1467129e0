using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Beseda.Platforms;

namespace Beseda.Browser.Tests;

/// <summary>A server beside the simulated platforms.</summary>
internal static class Beside
{
    public static async Task<RunningServer> StartAsync(Town town)
    {
        var address = $"http://127.0.0.1:{FreePort().ToString(CultureInfo.InvariantCulture)}";
        return await RunningServer.StartAsync(
            "--limits", "off", "--urls", address, "--public-url", address, "--Outbound:Allow:0=127.0.0.0/8",
            $"--Channels:telegram:Address={town.Address}", $"--Channels:vk:Address={town.Address}vk/",
            $"--Channels:viber:Address={town.Address}viber/", $"--Channels:messenger:Address={town.Address}messenger/");
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
