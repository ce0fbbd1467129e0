using System.Net;
using System.Net.Sockets;

namespace Beseda.Bench.Sockets;

/// <summary>One connection and the bytes that came on it and are not yet understood.</summary>
internal sealed class Wire : IDisposable
{
    private byte[] _inbox;
    private int _filled;

    private Wire(Socket socket, int room) => (Socket, _inbox) = (socket, new byte[room]);

    public Socket Socket { get; }

    public ReadOnlySpan<byte> Inbox => _inbox.AsSpan(0, _filled);

    public static Wire To(IPEndPoint server, int room = 4096)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(server);
        // Closed with a reset: thousands of ports waiting out their minute would end the next measurement.
        socket.LingerState = new LingerOption(true, 0);
        socket.Blocking = false;
        return new Wire(socket, room);
    }

    public void Send(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var sent = Socket.Send(bytes, SocketFlags.None, out var error);
            if (error is not SocketError.Success and not SocketError.WouldBlock)
                throw new SocketException((int)error);
            if (error == SocketError.WouldBlock)
                Socket.Poll(TimeSpan.FromSeconds(10), SelectMode.SelectWrite);
            else
                bytes = bytes[sent..];
        }
    }

    /// <summary>Takes what has come; false: the server has hung up.</summary>
    public bool Receive()
    {
        if (_filled == _inbox.Length)
            Array.Resize(ref _inbox, _inbox.Length * 2);
        var got = Socket.Receive(_inbox.AsSpan(_filled), SocketFlags.None, out var error);
        _filled += Math.Max(0, got);
        return error == SocketError.WouldBlock || (error == SocketError.Success && got > 0);
    }

    public void Take(int bytes)
    {
        _inbox.AsSpan(bytes, _filled - bytes).CopyTo(_inbox);
        _filled -= bytes;
    }

    public void Dispose() => Socket.Dispose();
}
