using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Beseda.Bench.Sockets;

namespace Beseda.Bench.Loads;

/// <summary>The visitors' connections and the operator's feed.</summary>
internal sealed class Hall : IDisposable
{
    private static readonly byte[] Mark = Encoding.ASCII.GetBytes($"\"clientId\":\"{Post.Run}-0000-0000-0000-");

    private readonly Epoll _epoll = new();
    private readonly Chunks _feed = new();
    private readonly Wire _operator;
    private readonly (Wire Wire, Post Post, Queue<long> Waiting)[] _visitors;

    public Hall(IPEndPoint server, IReadOnlyList<string> tokens, string cookie)
    {
        _operator = OpenFeed(server, cookie);
        _visitors = [.. tokens.Select(t => (Wire.To(server), new Post(server, t), new Queue<long>()))];
        for (var i = 0; i < _visitors.Length; i++)
            _epoll.Add(_visitors[i].Wire.Socket, i);
        _epoll.Add(_operator.Socket, _visitors.Length);
    }

    public event Action<long> Answered = _ => { };

    public event Action<long> Seen = _ => { };

    public void Write(int visitor, long number)
    {
        var (wire, post, waiting) = _visitors[visitor];
        waiting.Enqueue(number);
        if (waiting.Count == 1)
            wire.Send(post.Numbered(number));
    }

    public void ServeUntil(long due)
    {
        do
        {
            var left = TimeSpan.FromSeconds(Math.Max(0, due - Stopwatch.GetTimestamp()) / (double)Stopwatch.Frequency);
            for (var ready = _epoll.Wait(left) - 1; ready >= 0; ready--)
                Serve(_epoll.Tag(ready));
        }
        while (Stopwatch.GetTimestamp() < due);
    }

    public void Dispose()
    {
        foreach (var (wire, _, _) in _visitors)
            wire.Dispose();
        _operator.Dispose();
        _epoll.Dispose();
    }

    private void Serve(int tag)
    {
        var wire = tag < _visitors.Length ? _visitors[tag].Wire : _operator;
        if (!wire.Receive())
            throw new InvalidOperationException("The server hung up in the middle of the load.");
        if (wire == _operator)
            ReadFeed();
        else if (Answer.TryRead(wire.Inbox, out var answer))
            ReadAnswer(tag, answer);
    }

    private void ReadAnswer(int visitor, Answer answer)
    {
        var (wire, post, waiting) = _visitors[visitor];
        if (answer.Status != 200)
            throw new InvalidOperationException($"Refused: {Encoding.UTF8.GetString(wire.Inbox)}");
        wire.Take(answer.Length);
        Answered(waiting.Dequeue());
        if (waiting.TryPeek(out var next))
            wire.Send(post.Numbered(next));
    }

    private void ReadFeed()
    {
        _operator.Take(_feed.Read(_operator.Inbox));
        var read = 0;
        for (var text = _feed.Text; ; text = _feed.Text[read..])
        {
            var at = text.IndexOf(Mark);
            if (at < 0 || text.Length < at + Mark.Length + 12)
                break;
            Seen(long.Parse(text.Slice(at + Mark.Length, 12), CultureInfo.InvariantCulture));
            read += at + Mark.Length + 12;
        }
        // A mark may have begun and not ended: keep as much as it could be.
        _feed.Take(Math.Max(read, _feed.Text.Length - Mark.Length - 12));
    }

    private static Wire OpenFeed(IPEndPoint server, string cookie)
    {
        var wire = Wire.To(server, 256 * 1024);
        wire.Send(Encoding.ASCII.GetBytes(
            $"GET /api/operator/feed HTTP/1.1\r\nHost: {server}\r\nCookie: {cookie}\r\nX-Beseda-Client: bench\r\nAccept: text/event-stream\r\n\r\n"));
        Answer answer;
        while (!Answer.TryReadHead(wire.Inbox, out answer))
        {
            wire.Socket.Poll(TimeSpan.FromSeconds(10), SelectMode.SelectRead);
            if (!wire.Receive())
                throw new InvalidOperationException("The operator's feed was refused.");
        }
        if (answer.Status != 200)
            throw new InvalidOperationException($"The operator's feed was refused: {Encoding.UTF8.GetString(wire.Inbox)}");
        wire.Take(answer.Length);
        return wire;
    }
}
