using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using Npgsql;

namespace Beseda.Journal.Postgres;

/// <summary>
/// How long a database machine may be gone without a word before its connections break. Without this, what was sent to it
/// last is repeated for a quarter of an hour, and whoever sent it waits.
/// </summary>
internal static class PostgresSockets
{
    private const int MostSilence = 10_000;

    /// <summary>Linux: IPPROTO_TCP and TCP_USER_TIMEOUT of tcp(7), milliseconds.</summary>
    private const int Tcp = 6;
    private const int UserTimeout = 18;

    /// <summary>To be called when a connection has been made. The driver does not hand out its sockets: they are found by whom they lead to.</summary>
    public static void Limit(NpgsqlConnection connection)
    {
        if (!OperatingSystem.IsLinux())
            return;
        foreach (var path in Directory.EnumerateFiles("/proc/self/fd"))
            if (IsSocket(path) && int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                Limit(number, connection.Port);
    }

    private static void Limit(int number, int port)
    {
        var address = new byte[128];
        var length = address.Length;
        // sockaddr_in and sockaddr_in6 both have the port in the third and fourth byte, the higher one first.
        if (PeerName(number, address, ref length) == 0 && BinaryPrimitives.ReadUInt16BigEndian(address.AsSpan(2)) == port)
        {
            var silence = MostSilence;
            _ = SetOption(number, Tcp, UserTimeout, ref silence, sizeof(int));
        }
    }

    private static bool IsSocket(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) ?? false;
        }
        catch (IOException)
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "getpeername")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int PeerName(int socket, byte[] address, ref int length);

    [DllImport("libc", EntryPoint = "setsockopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetOption(int socket, int level, int option, ref int value, int length);
}
