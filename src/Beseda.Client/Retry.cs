namespace Beseda.Client;

/// <summary>
/// Repeats what may be repeated safely: a command that carries a client id gets its first answer again, however often
/// it arrives, so a lost answer and a lost request need not be told apart.
/// </summary>
internal static class Retry
{
    /// <summary>A connection that says nothing for this long is given up and the request sent again on another.</summary>
    private static readonly TimeSpan Attempt = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(8);

    /// <summary>Runs <paramref name="send"/> until it succeeds, is refused for good, or <paramref name="patience"/> is over;
    /// then the last failure is thrown.</summary>
    public static async Task<T> Until<T>(TimeSpan patience, Func<CancellationToken, Task<T>> send, CancellationToken stop)
    {
        var started = TimeProvider.System.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
            limit.CancelAfter(Attempt);
            TimeSpan pause;
            try
            {
                return await send(limit.Token);
            }
            catch (Exception failure) when (!stop.IsCancellationRequested && IsTransient(failure))
            {
                // A moment later than the server asked for: not everybody at that very moment, and nobody before it.
                pause = Longer((failure as BesedaException)?.RetryAfter + Pause(0), Pause(attempt));
                if (TimeProvider.System.GetElapsedTime(started) + pause > patience) throw;
            }
            await Task.Delay(pause, stop);
        }
    }

    /// <summary>Not reached, cut off, timed out, or told to come again.</summary>
    public static bool IsTransient(Exception failure) => failure switch
    {
        BesedaException refused => refused.IsTransient,
        HttpRequestException or IOException or OperationCanceledException => true,
        _ => false,
    };

    private static TimeSpan Longer(TimeSpan? asked, TimeSpan own) => asked > own ? asked.Value : own;

    /// <summary>A quarter of a second, then twice as long each time, half of it by chance: clients of a server that comes
    /// back must not all arrive at once.</summary>
    private static TimeSpan Pause(int attempt)
    {
        var full = Math.Min(LongestPause.TotalSeconds, 0.25 * Math.Pow(2, Math.Min(attempt, 10)));
        return TimeSpan.FromSeconds(full * (0.5 + (Random.Shared.NextDouble() / 2)));
    }
}
