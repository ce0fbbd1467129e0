using System.Diagnostics;
using System.Net;
using Beseda.Bench.Sockets;

namespace Beseda.Bench.Loads;

/// <param name="Begin">Run when the phase begins.</param>
/// <param name="Afresh">What could not be sent before is given up then.</param>
internal sealed record Phase(int PerSecond, TimeSpan Time, Action? Begin = null, bool Afresh = false);

/// <summary>What became of one message. Times are of the stopwatch; 0: it did not happen.</summary>
/// <param name="Sent">Later than due where the load itself was late, or had no connection free.</param>
/// <param name="Status">0: no answer came.</param>
/// <param name="RetryAfter">Seconds; less than 0: the answer did not say.</param>
/// <param name="Seen">When it was on the operator's feed.</param>
internal record struct Told(long Due, long Sent, long Answered, int Status, int RetryAfter, long Seen)
{
    /// <summary>Seconds from the scheduled time to the answer.</summary>
    public readonly double Delay => (Answered - Due) / (double)Stopwatch.Frequency;

    /// <summary>Ticks from when it was sent.</summary>
    public readonly long Taken => Answered - Sent;

    public readonly bool Accepted => Status == 200;
}

/// <summary>
/// Messages leave at their scheduled times whatever the server does, and whatever it answers: refused ones too are
/// answers. One that waits for a slow answer before it on the same connection is counted from when it should have left.
/// </summary>
internal sealed class Pressure(IPEndPoint server, IReadOnlyList<string> tokens, int connections, OperatorFeed? feed = null)
{
    private static readonly long Second = Stopwatch.Frequency;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Numbers start behind those of any closed loop of this run.</summary>
    private static long _next = 500_000_000_000;

    private Told[] _told = [];
    private long _first;
    private int _open;

    /// <summary>Connections that the server ended.</summary>
    public int HungUp { get; private set; }

    public bool FeedEnded { get; private set; }

    /// <summary>Acknowledged, and not on the feed when all had waited long enough.</summary>
    public long Missing => feed is null ? 0 : _told.LongCount(t => t is { Accepted: true, Seen: 0 });

    /// <returns>The messages in the order they were due.</returns>
    public IReadOnlyList<Told> Run(params Phase[] phases)
    {
        using var hall = new Hall(server, tokens, connections, feed);
        _told = new Told[phases.Sum(Count)];
        _first = _next;
        _next += _told.Length;
        hall.Sent += number => _told[number - _first].Sent = Stopwatch.GetTimestamp();
        hall.Answered += Hear;
        hall.Seen += See;

        var (written, start) = (0, Stopwatch.GetTimestamp() + Second / 100);
        foreach (var phase in phases)
        {
            if (phase.Afresh)
                _open -= hall.GiveUp();
            phase.Begin?.Invoke();
            for (var i = 0L; i < Count(phase); i++)
            {
                var due = start + i * Second / phase.PerSecond;
                hall.ServeUntil(due);
                _told[written].Due = due;
                _open++;
                hall.Write(written % connections, _first + written++);
            }
            start += (long)(phase.Time.TotalSeconds * Second);
        }
        Drain(hall);
        (HungUp, FeedEnded) = (hall.HungUp, hall.FeedEnded);
        return _told;
    }

    private static int Count(Phase phase) => (int)(phase.Time.TotalSeconds * phase.PerSecond);

    private void Drain(Hall hall)
    {
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < Patience && (_open > 0 || Missing > 0);)
            hall.ServeUntil(Stopwatch.GetTimestamp() + Second / 50);
    }

    private void Hear(long number, Answer answer)
    {
        _open--;
        ref var told = ref _told[number - _first];
        (told.Answered, told.Status, told.RetryAfter) = (Stopwatch.GetTimestamp(), answer.Status, answer.RetryAfter);
    }

    /// <summary>Earlier runs may have left messages that come only now.</summary>
    private void See(long number)
    {
        if (number >= _first && number < _first + _told.Length)
            _told[number - _first].Seen = Stopwatch.GetTimestamp();
    }
}
