using System.Diagnostics;
using System.Net;
using Beseda.Bench.Sockets;

namespace Beseda.Bench.Loads;

/// <summary>The visitors' connections and, where somebody watches, an operator's feed.</summary>
internal sealed class Hall : IDisposable
{
    private readonly IPEndPoint _server;
    private readonly Epoll _epoll = new();
    private readonly OperatorFeed? _feed;
    private readonly Visitor[] _visitors;

    /// <param name="connections">Visitors may have several: they share the tokens.</param>
    public Hall(IPEndPoint server, IReadOnlyList<string> tokens, int connections, OperatorFeed? feed = null)
    {
        (_server, _feed) = (server, feed);
        _visitors = new Visitor[connections];
        for (var i = 0; i < connections; i++)
        {
            _visitors[i] = new Visitor(Wire.To(server, 1024), new Post(server, tokens[i % tokens.Count]), []);
            _epoll.Add(_visitors[i].Wire.Socket, i);
        }
        if (feed is not null)
            _epoll.Add(feed.Socket, connections);
    }

    public event Action<long> Sent = _ => { };

    /// <summary>Status 0: the server hung up instead.</summary>
    public event Action<long, Answer> Answered = (_, _) => { };

    public event Action<long> Seen = _ => { };

    /// <summary>Connections that the server ended, with an answer outstanding or not.</summary>
    public int HungUp { get; private set; }

    public bool FeedEnded { get; private set; }

    /// <summary>At once, or when what was written before on this connection is answered.</summary>
    public void Write(int connection, long number)
    {
        var visitor = _visitors[connection];
        visitor.Waiting.Enqueue(number);
        if (visitor.Waiting.Count == 1)
            Send(visitor, number);
    }

    /// <summary>What still waits for an answer before it is not sent any more.</summary>
    /// <returns>How many messages those were.</returns>
    public int GiveUp()
    {
        var given = 0;
        foreach (var visitor in _visitors.Where(v => v.Waiting.Count > 1))
        {
            var asked = visitor.Waiting.Dequeue();
            given += visitor.Waiting.Count;
            visitor.Waiting.Clear();
            visitor.Waiting.Enqueue(asked);
        }
        return given;
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

    /// <summary>The feed stays: it is whoever's opened it.</summary>
    public void Dispose()
    {
        foreach (var visitor in _visitors)
            visitor.Wire.Dispose();
        _epoll.Dispose();
    }

    private void Serve(int tag)
    {
        if (tag == _visitors.Length)
            ReadFeed();
        else if (!_visitors[tag].Wire.Receive())
            Reconnect(tag);
        else if (Answer.TryRead(_visitors[tag].Wire.Inbox, out var answer))
            ReadAnswer(_visitors[tag], answer);
    }

    private void ReadFeed()
    {
        if (_feed!.Read(Seen))
            return;
        FeedEnded = true;
        _feed.Dispose();
    }

    private void ReadAnswer(Visitor visitor, Answer answer)
    {
        visitor.Wire.Take(answer.Length);
        Answered(visitor.Waiting.Dequeue(), answer);
        if (visitor.Waiting.TryPeek(out var next))
            Send(visitor, next);
    }

    private void Reconnect(int tag)
    {
        HungUp++;
        var visitor = _visitors[tag];
        visitor.Wire.Dispose();
        visitor = _visitors[tag] = visitor with { Wire = Wire.To(_server, 1024) };
        _epoll.Add(visitor.Wire.Socket, tag);
        if (visitor.Waiting.TryDequeue(out var lost))
            Answered(lost, default);
        if (visitor.Waiting.TryPeek(out var next))
            Send(visitor, next);
    }

    private void Send(Visitor visitor, long number)
    {
        Sent(number);
        visitor.Wire.Send(visitor.Post.Numbered(number));
    }

    private sealed record Visitor(Wire Wire, Post Post, Queue<long> Waiting);
}
