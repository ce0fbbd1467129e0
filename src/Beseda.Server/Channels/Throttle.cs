using System.Threading.RateLimiting;

namespace Beseda.Server.Channels;

/// <summary>Keeps to the pace of a platform, per visitor and for the whole channel: whoever is too early waits.</summary>
internal sealed class Throttle(Pace pace) : IDisposable
{
    private const int Burst = 3;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly PartitionedRateLimiter<string> chats = PartitionedRateLimiter.Create<string, string>(to =>
        RateLimitPartition.GetTokenBucketLimiter(to, _ => Bucket(pace.PerChat, Burst)));

    private readonly TokenBucketRateLimiter channel = new(Bucket(pace.PerChannel, (int)Math.Max(1, pace.PerChannel)));
    private long closedUntil;

    /// <summary>The platform asked for quiet.</summary>
    public void Close(TimeSpan time)
    {
        var until = Environment.TickCount64 + (long)time.TotalMilliseconds;
        if (until > Volatile.Read(ref closedUntil))
            Volatile.Write(ref closedUntil, until);
    }

    public async Task WaitAsync(string to, CancellationToken stop)
    {
        (await chats.AcquireAsync(to, 1, stop)).Dispose();
        (await channel.AcquireAsync(1, stop)).Dispose();
        if (Volatile.Read(ref closedUntil) - Environment.TickCount64 is > 0 and var wait)
            await Task.Delay(TimeSpan.FromMilliseconds(wait), stop);
    }

    public void Dispose()
    {
        chats.Dispose();
        channel.Dispose();
    }

    private static TokenBucketRateLimiterOptions Bucket(double perSecond, int burst)
    {
        var period = TimeSpan.FromSeconds(1 / perSecond);
        var fine = period < Tick;
        return new TokenBucketRateLimiterOptions
        {
            TokenLimit = burst,
            TokensPerPeriod = fine ? (int)Math.Max(1, Math.Round(perSecond * Tick.TotalSeconds)) : 1,
            ReplenishmentPeriod = fine ? Tick : period,
            QueueLimit = 10_000,
        };
    }
}
