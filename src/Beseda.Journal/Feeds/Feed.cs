using System.Threading.Tasks.Sources;

namespace Beseda.Journal;

/// <summary>
/// One reader's place in the journal, used by one loop: read until up to date, then wait. It holds no frames, and waiting
/// allocates nothing.
/// </summary>
public sealed class Feed : IValueTaskSource, IThreadPoolWorkItem, IDisposable
{
    private const int Idle = 0;
    private const int Woken = 1;
    private const int Waiting = 2;

    private readonly AccountFeeds feeds;
    private readonly Pulse pulse;
    private ManualResetValueTaskSourceCore<bool> signal;
    private int state;
    private volatile bool beat;
    private long pendingFrom;
    private bool signalled;

    internal Feed(AccountFeeds feeds, Pulse pulse, IReadOnlyList<FeedKey> keys, long after)
    {
        this.feeds = feeds;
        this.pulse = pulse;
        Keys = keys;
        Position = after;
        pendingFrom = after + 1;
        pulse.Add(this);
    }

    public IReadOnlyList<FeedKey> Keys { get; }

    /// <summary>Everything up to here this reader has, or was not meant to have.</summary>
    public long Position { get; private set; }

    /// <summary>The process stops: what could be read has been, and nothing more comes.</summary>
    public bool IsOver => pulse.IsOver;

    internal long SignalPosition { get; set; }

    internal bool IsReset { get; private set; }

    /// <summary>Completes when something was published under one of the keys, at a heartbeat, or by <see cref="Wake()"/>.</summary>
    public ValueTask WaitAsync()
    {
        signal.Reset();
        if (Interlocked.CompareExchange(ref state, Waiting, Idle) == Idle)
            return new ValueTask(this, signal.Version);
        Volatile.Write(ref state, Idle);
        return ValueTask.CompletedTask;
    }

    /// <summary>True once after each heartbeat.</summary>
    public bool TakeBeat()
    {
        var due = beat;
        beat = false;
        return due;
    }

    /// <summary>Ends the wait, as when the reader has gone.</summary>
    public void Wake()
    {
        while (true)
        {
            switch (Volatile.Read(ref state))
            {
                case Woken:
                    return;
                case Idle when Interlocked.CompareExchange(ref state, Woken, Idle) == Idle:
                    return;
                case Waiting when Interlocked.CompareExchange(ref state, Idle, Waiting) == Waiting:
                    ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                    return;
            }
        }
    }

    public void Dispose()
    {
        pulse.Remove(this);
        feeds.Close(this);
    }

    /// <summary>The reader goes on, on a thread of the pool: whoever woke it has other things to do.</summary>
    void IThreadPoolWorkItem.Execute() => signal.SetResult(true);

    void IValueTaskSource.GetResult(short token) => signal.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => signal.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        signal.OnCompleted(continuation, state, token, flags);

    /// <summary>The reader writes its heartbeat at once, on this thread: thousands beat in a row, and none takes long.</summary>
    internal void Beat()
    {
        beat = true;
        if (Interlocked.CompareExchange(ref state, Idle, Waiting) == Waiting)
            signal.SetResult(true);
        else
            Wake();
    }

    // What follows is called under the account's gate.

    internal void Published(long seq)
    {
        if (pendingFrom == 0)
            pendingFrom = seq;
        Wake();
    }

    internal void Signalled()
    {
        signalled = true;
        Wake();
    }

    internal void MarkReset()
    {
        IsReset = true;
        Wake();
    }

    internal bool TakeSignalled()
    {
        var was = signalled;
        signalled = false;
        return was;
    }

    /// <summary>The first event to look at; beyond the head when there is none, and then the position moves with the head.</summary>
    internal long First(long head)
    {
        if (pendingFrom == 0 || pendingFrom > head)
        {
            Position = Math.Max(Position, head);
            pendingFrom = 0;
            return head + 1;
        }

        return Math.Max(Position + 1, pendingFrom);
    }

    internal void MoveTo(long position, bool more)
    {
        Position = position;
        pendingFrom = more ? position + 1 : 0;
    }
}
