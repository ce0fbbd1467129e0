using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Beseda.Bench.Sockets;

namespace Beseda.Bench.Loads;

/// <summary>An operator's feed, searched for the messages of this run.</summary>
internal sealed class OperatorFeed : IDisposable
{
    private static readonly byte[] Mark = Encoding.ASCII.GetBytes($"\"clientId\":\"{Post.Run}-0000-0000-0000-");

    private readonly Chunks _chunks = new();
    private readonly Wire _wire;

    public OperatorFeed(IPEndPoint server, string cookie)
    {
        _wire = Wire.To(server, 256 * 1024);
        _wire.Send(Encoding.ASCII.GetBytes(
            $"GET /api/operator/feed HTTP/1.1\r\nHost: {server}\r\nCookie: {cookie}\r\nX-Beseda-Client: bench\r\nAccept: text/event-stream\r\n\r\n"));
        Answer answer;
        while (!Answer.TryReadHead(_wire.Inbox, out answer))
        {
            _wire.Socket.Poll(TimeSpan.FromSeconds(10), SelectMode.SelectRead);
            if (!_wire.Receive())
                throw new InvalidOperationException("The operator's feed was refused.");
        }
        if (answer.Status != 200)
            throw new InvalidOperationException($"The operator's feed was refused: {Encoding.UTF8.GetString(_wire.Inbox)}");
        _wire.Take(answer.Length);
    }

    public Socket Socket => _wire.Socket;

    /// <summary>Tells the numbers of the messages that have come; false: the server has ended the feed.</summary>
    public bool Read(Action<long> seen)
    {
        if (!_wire.Receive())
            return false;
        var isLast = Chunks.IsLast(_wire.Inbox);
        _wire.Take(_chunks.Read(_wire.Inbox));
        var read = 0;
        for (var text = _chunks.Text; ; text = _chunks.Text[read..])
        {
            var at = text.IndexOf(Mark);
            if (at < 0 || text.Length < at + Mark.Length + 12)
                break;
            seen(long.Parse(text.Slice(at + Mark.Length, 12), CultureInfo.InvariantCulture));
            read += at + Mark.Length + 12;
        }
        // A mark may have begun and not ended: keep as much as it could be.
        _chunks.Take(Math.Max(read, _chunks.Text.Length - Mark.Length - 12));
        return !isLast;
    }

    public void Dispose() => _wire.Dispose();
}
