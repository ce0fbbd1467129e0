using System.Diagnostics;
using Beseda.Bench.Servers;

namespace Beseda.Bench.Loads;

/// <param name="Answered">From the scheduled time to the answer.</param>
/// <param name="Seen">From the scheduled time to the frame on the operator's feed.</param>
/// <param name="Missing">Acknowledged and not on the feed two seconds after the end.</param>
internal sealed record OpenRound(Delays Answered, Delays Seen, long Missing, double ServerShare);

/// <summary>
/// Messages leave at their scheduled times whatever the server does: one that waits for a slow answer before it on the
/// same connection is counted from when it should have left. The operator's feed is read on the same thread and clock.
/// </summary>
internal sealed class OpenLoop(RunningServer server, IReadOnlyList<string> tokens, string cookie)
{
    private static readonly long Second = Stopwatch.Frequency;

    /// <summary>Numbers start behind those of any closed loop of this run.</summary>
    private long _number = 500_000_000_000;

    public OpenRound Run(TimeSpan warmUp, TimeSpan time, int perSecond)
    {
        using var hall = new Hall(server.Address, tokens, cookie);
        var first = _number + 1;
        var warm = (long)(warmUp.TotalSeconds * perSecond);
        var count = warm + (long)(time.TotalSeconds * perSecond);
        var (answered, seen, frames) = (new Delays(), new Delays(), 0L);
        var (start, processor, since) = (Stopwatch.GetTimestamp() + Second / 100, 0.0, 0L);
        hall.Answered += number => Count(answered, number);
        hall.Seen += number => { frames++; Count(seen, number); };

        for (var i = 0L; i < count; i++)
        {
            if (i == warm)
                (processor, since) = (server.Processor(), Stopwatch.GetTimestamp());
            hall.ServeUntil(Due(i));
            hall.Write((int)(i % tokens.Count), ++_number);
        }
        var share = 100 * (server.Processor() - processor) / Stopwatch.GetElapsedTime(since).TotalSeconds;
        for (var late = Due(count + 2L * perSecond); frames < count && Stopwatch.GetTimestamp() < late;)
            hall.ServeUntil(Math.Min(late, Stopwatch.GetTimestamp() + Second / 100));
        return new OpenRound(answered, seen, count - frames, share);

        long Due(long i) => start + i * Second / perSecond;

        void Count(Delays delays, long number)
        {
            if (number - first >= warm)
                delays.Add(Stopwatch.GetTimestamp() - Due(number - first));
        }
    }
}
