using System.Diagnostics;
using Beseda.Bench.Servers;
using Beseda.Bench.Sockets;

namespace Beseda.Bench.Loads;

/// <summary>Every visitor writes again as soon as the last message is answered. One thread.</summary>
internal sealed class ClosedLoop(RunningServer server, IReadOnlyList<string> tokens)
{
    /// <summary>Numbers go on from round to round: a client id met twice would be answered, not journaled.</summary>
    private long _number;

    public Round Run(TimeSpan warmUp, TimeSpan time)
    {
        using var epoll = new Epoll();
        var wires = new Wire[tokens.Count];
        var posts = new Post[tokens.Count];
        var sent = new long[tokens.Count];
        for (var i = 0; i < wires.Length; i++)
        {
            (wires[i], posts[i]) = (Wire.To(server.Address), new Post(server.Address, tokens[i]));
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
            wires[i].Send(posts[i].Numbered(++_number));
        }

        Round Turn(TimeSpan length)
        {
            var (acknowledged, failed, delays) = (0L, 0L, new Delays());
            var (theirs, ours, everybody, start) = (server.Processor(), Own(), Machine.Processor(), Stopwatch.GetTimestamp());
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
                server.Processor() - theirs, Own() - ours, Machine.Processor() - everybody, delays);
        }
    }

    private static double Own() => Environment.CpuUsage.TotalTime.TotalSeconds;
}
