namespace Beseda.Journal;

/// <summary>
/// The right to be a consumer, for a while. The database's clock judges it; here it ends earlier, by this process's own
/// clock, which goes on while the process stands still.
/// </summary>
internal sealed class ConsumerLease(TimeProvider clock) : IDisposable
{
    public static readonly TimeSpan Time = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource lost = new();
    private long since;
    private bool isOver;

    /// <summary>Another one each time: who had it before, in this process too, can write nothing with it.</summary>
    public string Name { get; } = Guid.NewGuid().ToString("N");

    public CancellationToken Lost => lost.Token;

    public bool Holds => !Volatile.Read(ref isOver) && clock.GetElapsedTime(Volatile.Read(ref since)) < Time - Margin;

    /// <param name="asked">When the database was asked for it.</param>
    public void Extend(long asked) => Volatile.Write(ref since, asked);

    public void End()
    {
        Volatile.Write(ref isOver, true);
        lost.Cancel();
    }

    public void Dispose() => lost.Dispose();
}
