using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Beseda.Chaos.Stages;

/// <summary>Which process a connection of this machine belongs to, as the kernel tells it.</summary>
internal static class Sockets
{
    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <param name="port">Of the connection's own end.</param>
    public static bool Has(int process, int port)
    {
        try
        {
            var links = Inodes(port).Select(inode => $"socket:[{inode}]").ToHashSet();
            return new DirectoryInfo($"/proc/{process}/fd").EnumerateFiles().Any(file => links.Contains(file.LinkTarget ?? ""));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Somebody on this machine takes connections there.</summary>
    public static async Task<bool> IsOpenAsync(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Lines of <c>/proc/net/tcp</c>: number, own address, other address, state, five more, inode.</summary>
    private static IEnumerable<string> Inodes(int port)
    {
        var end = $":{port.ToString("X4", CultureInfo.InvariantCulture)}";
        return Tables.Where(File.Exists).SelectMany(File.ReadLines)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields.Length > 9 && fields[1].EndsWith(end, StringComparison.Ordinal))
            .Select(fields => fields[9]);
    }
}
