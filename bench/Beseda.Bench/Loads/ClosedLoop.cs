using System.Diagnostics;
using Beseda.Bench.Servers;
using Beseda.Bench.Sockets;

namespace Beseda.Bench.Loads;

/// <summary>On every connection the next message leaves as soon as the last is answered. One thread.</summary>
/// <param name="tokens">Visitors, who write in turn.</param>
/// <param name="database">Processor seconds of a database that has processes of its own.</param>
internal sealed class ClosedLoop(RunningServer server, IReadOnlyList<string> tokens, int connections, Func<double>? database = null)
{
    private readonly Post[] _posts = [.. tokens.Select(token => new Post(server.Address, token))];

    /// <summary>Numbers go on from round to round: a client id met twice would be answered, not journaled.</summary>
    private long _number;

    public Round Run(TimeSpan warmUp, TimeSpan time)
    {
        using var epoll = new Epoll();
        var wires = new Wire[connections];
        var sent = new long[connections];
        for (var i = 0; i < wires.Length; i++)
        {
            wires[i] = Wire.To(server.Address);
            epoll.Add(wires[i].Socket, i);
        }
        try
        {
            for (var i = 0; i < wires.Length; i++)
                Send(i);
            Turn(warmUp);
            return Turn(time);
        }
        finally
        {
            foreach (var wire in wires)
                wire.Dispose();
        }

        void Send(int i)
        {
            sent[i] = Stopwatch.GetTimestamp();
            wires[i].Send(_posts[_number % _posts.Length].Numbered(++_number));
        }

        Round Turn(TimeSpan length)
        {
            var (acknowledged, failed, delays) = (0L, 0L, new Delays());
            var (theirs, stored, ours, everybody, start) = (server.Processor(), Database(), Own(), Machine.Processor(), Stopwatch.GetTimestamp());
            while (Stopwatch.GetElapsedTime(start) < length)
            {
                for (var ready = epoll.Wait(TimeSpan.FromSeconds(1)) - 1; ready >= 0; ready--)
                {
                    var i = epoll.Tag(ready);
                    if (!wires[i].Receive())
                        throw new InvalidOperationException("The server hung up in the middle of the load.");
                    if (!Answer.TryRead(wires[i].Inbox, out var answer))
                        continue;
                    wires[i].Take(answer.Length);
                    delays.Add(Stopwatch.GetTimestamp() - sent[i]);
                    if (answer.Status == 200) acknowledged++; else failed++;
                    Send(i);
                }
            }
            return new Round(acknowledged, failed, Stopwatch.GetElapsedTime(start).TotalSeconds,
                server.Processor() - theirs, Database() - stored, Own() - ours, Machine.Processor() - everybody, delays);
        }
    }

    private double Database() => database?.Invoke() ?? 0;

    private static double Own() => Environment.CpuUsage.TotalTime.TotalSeconds;
}
