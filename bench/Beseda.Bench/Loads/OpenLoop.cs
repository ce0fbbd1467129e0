using System.Diagnostics;
using System.Net;
using Beseda.Bench.Servers;

namespace Beseda.Bench.Loads;

/// <param name="Answered">From the scheduled time to the answer.</param>
/// <param name="Seen">From the scheduled time to the frame on the operator's feed.</param>
/// <param name="Missing">Acknowledged and never on the feed.</param>
internal sealed record OpenRound(Delays Answered, Delays Seen, long Missing, double ServerShare);

/// <summary>
/// A steady number of messages a second, every one of which must be accepted. The operator's feed is read on the same
/// thread and clock.
/// </summary>
/// <param name="watched">The server whose operator's feed is read.</param>
internal sealed class OpenLoop(RunningServer server, IReadOnlyList<string> tokens, IPEndPoint watched, string cookie)
{
    public OpenRound Run(TimeSpan warmUp, TimeSpan time, int perSecond)
    {
        using var feed = new OperatorFeed(watched, cookie);
        var pressure = new Pressure(server.Address, tokens, tokens.Count, feed);
        var (processor, since, share) = (0.0, 0L, 0.0);
        var told = pressure.Run(
            new Phase(perSecond, warmUp),
            new Phase(perSecond, time, () => (processor, since) = (server.Processor(), Stopwatch.GetTimestamp())),
            new Phase(0, TimeSpan.Zero, () => share = 100 * (server.Processor() - processor) / Stopwatch.GetElapsedTime(since).TotalSeconds));
        if (told.FirstOrDefault(t => !t.Accepted) is { Due: > 0 } refused)
            throw new InvalidOperationException($"A message was answered {refused.Status}.");

        var measured = told.Skip((int)(warmUp.TotalSeconds * perSecond)).ToList();
        var seen = Delays.Of(measured.Where(t => t.Seen > 0).Select(t => t.Seen - t.Due));
        return new OpenRound(Delays.Of(measured), seen, pressure.Missing, share);
    }
}
