using System.Diagnostics;
using System.Net;
using System.Text;
using Beseda.Bench.Sockets;

namespace Beseda.Bench.Loads;

/// <summary>Visitors who listen and say nothing: one thread, one buffer for all of them.</summary>
internal sealed class Audience(IPEndPoint server) : IDisposable
{
    /// <summary>Opened and not yet answered: as many as a listening socket's queue surely takes.</summary>
    private const int Wave = 100;

    private readonly Epoll _epoll = new();
    private readonly List<Wire> _wires = [];
    private int _answered;

    /// <summary>Feeds that the server ended.</summary>
    public int Lost { get; private set; }

    /// <summary>Opens a feed for each token, waits until all have begun, then listens on.</summary>
    public void Listen(IEnumerable<string> tokens, TimeSpan idle)
    {
        foreach (var token in tokens)
        {
            var wire = Wire.To(server, 1024);
            _epoll.Add(wire.Socket, _wires.Count);
            _wires.Add(wire);
            wire.Send(Encoding.ASCII.GetBytes(
                $"GET /api/visitor/feed HTTP/1.1\r\nHost: {server}\r\nAuthorization: Bearer {token}\r\nAccept: text/event-stream\r\n\r\n"));
            while (_wires.Count - _answered >= Wave)
                Hear(TimeSpan.FromSeconds(1));
        }
        while (_answered < _wires.Count)
            Hear(TimeSpan.FromSeconds(1));
        Idle(idle);
    }

    public void Idle(TimeSpan time)
    {
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < time;)
            Hear(time - Stopwatch.GetElapsedTime(start));
    }

    public void Dispose()
    {
        foreach (var wire in _wires)
            wire.Dispose();
        _epoll.Dispose();
    }

    private void Hear(TimeSpan most)
    {
        for (var ready = _epoll.Wait(most) - 1; ready >= 0; ready--)
        {
            var wire = _wires[_epoll.Tag(ready)];
            if (!wire.Receive() || Chunks.IsLast(wire.Inbox))
                Hangup(wire);
            else if (Answer.TryReadHead(wire.Inbox, out var head) && wire.Inbox.StartsWith("HTTP/1.1"u8))
                Began(head, wire);
            else if (!wire.Inbox.StartsWith("HTTP/1.1"u8))
                wire.Take(wire.Inbox.Length);
        }
    }

    private void Began(Answer head, Wire wire)
    {
        if (head.Status != 200)
            throw new InvalidOperationException($"A feed was refused: {Encoding.UTF8.GetString(wire.Inbox)}");
        _answered++;
        wire.Take(wire.Inbox.Length);
    }

    private void Hangup(Wire wire)
    {
        Lost++;
        wire.Dispose();
    }
}
