using System.Collections.Concurrent;
using System.Diagnostics;

namespace Beseda.Journal;

/// <summary>One account's queue of commands and its current state. Only the writer changes the state.</summary>
internal sealed class AccountEngine<TState, TCommand, TEvent>(AccountId id, AccountFeeds feeds)
    where TState : class
{
    /// <summary>Commands. So many may wait however long it takes: a database that stands still for a moment turns few away.</summary>
    private const int MostAtOnce = 500;
    private const int MostWaiting = 8_192;

    /// <summary>Who would wait for longer than this, at the pace of the last turn, is better told at once to come later.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentQueue<Pending<TCommand>> inbox = new();
    private readonly ConcurrentQueue<TaskCompletionSource<TState>> viewers = new();
    private readonly List<TaskCompletionSource<TState>> viewing = [];
    private int waiting;
    private int scheduled;
    private int isBehind;
    private int isUntidy;
    private int isOutdated;
    private bool wasBehind;
    private int mostWaiting = MostAtOnce;
    private long takenAt;
    private volatile TState? state;
    private volatile IReadOnlyList<Pending<TCommand>> inHand = [];

    public AccountId Id => id;

    public AccountFeeds Feeds => feeds;

    /// <summary>The last committed state; null while the account is not loaded.</summary>
    public TState? State => state;

    /// <summary>Belongs to the state: loaded with it; null where the database's index holds everything. The writer's alone.</summary>
    public Tail? Tail { get; set; }

    public DateTimeOffset LastUsed { get; set; }

    public int Waiting => Volatile.Read(ref waiting);

    /// <returns>False: it would wait for too long.</returns>
    public bool TryPut(Pending<TCommand> pending)
    {
        if (Interlocked.Increment(ref waiting) > Volatile.Read(ref mostWaiting))
        {
            Interlocked.Decrement(ref waiting);
            return false;
        }

        inbox.Enqueue(pending);
        return true;
    }

    /// <summary>Asks for the state to be loaded.</summary>
    public Task<TState> AwaitState()
    {
        var viewer = new TaskCompletionSource<TState>(TaskCreationOptions.RunContinuationsAsynchronously);
        viewers.Enqueue(viewer);
        return viewer.Task;
    }

    /// <summary>True for whoever has to tell the writer.</summary>
    public bool TrySchedule() => Interlocked.Exchange(ref scheduled, 1) == 0;

    /// <summary>Lets go of the account, unless something came meanwhile: then it is to be served again.</summary>
    public bool TryRest()
    {
        Volatile.Write(ref scheduled, 0);
        return !HasMore || !TrySchedule();
    }

    public List<Pending<TCommand>> Take()
    {
        // Who asks from here on is served by the next turn: this one may have looked before they asked.
        while (viewers.TryDequeue(out var viewer))
            viewing.Add(viewer);
        wasBehind = Interlocked.Exchange(ref isBehind, 0) != 0;
        if (Interlocked.Exchange(ref isOutdated, 0) != 0)
            Forget();
        var taken = new List<Pending<TCommand>>(Math.Min(Volatile.Read(ref waiting), MostAtOnce));
        var count = 0;
        for (; taken.Count < MostAtOnce && inbox.TryDequeue(out var pending); count++)
            if (!pending.Task.IsCompleted)
                taken.Add(pending);
        Interlocked.Add(ref waiting, -count);
        inHand = [.. taken];
        takenAt = Stopwatch.GetTimestamp();
        return taken;
    }

    /// <summary>Somebody wants the state, or another process has changed it. Asked after <see cref="Take"/>.</summary>
    public bool IsWanted => viewing.Count > 0 || wasBehind;

    /// <summary>Nobody serves it, and nothing waits.</summary>
    public bool IsAtRest => Volatile.Read(ref scheduled) == 0 && !HasMore;

    private bool HasMore => !inbox.IsEmpty || !viewers.IsEmpty || Volatile.Read(ref isBehind) != 0 || Volatile.Read(ref isUntidy) != 0;

    /// <summary>Asks the writer, who alone changes the state, to tidy up.</summary>
    public void GetUntidy() => Volatile.Write(ref isUntidy, 1);

    public bool TakeUntidy() => Interlocked.Exchange(ref isUntidy, 0) != 0;

    /// <summary>Another process has written here.</summary>
    public void FallBehind() => Volatile.Write(ref isBehind, 1);

    /// <summary>Its rows were changed from outside: they are read anew.</summary>
    public void GetOutdated()
    {
        Volatile.Write(ref isOutdated, 1);
        FallBehind();
    }

    /// <summary>
    /// Tells callers who have waited long enough, also while the database answers nothing at all. What they asked for may
    /// still come true: the same again gets its answer.
    /// </summary>
    /// <returns>How many.</returns>
    public int TellWhoWaitedLongEnough(DateTimeOffset now) =>
        inHand.Concat(inbox.TakeWhile(pending => now >= pending.GiveUpAt))
            .Count(pending => now >= pending.GiveUpAt && pending.TrySetResult(Answer.Unavailable.Away));

    /// <summary>From here on everybody sees this state.</summary>
    public void Publish(TState committed) => state = committed;

    /// <summary>What was taken is committed: its pace says how many may wait.</summary>
    public void Done()
    {
        var took = Math.Max(1, Stopwatch.GetElapsedTime(takenAt).Ticks);
        Volatile.Write(ref mostWaiting, (int)Math.Clamp(inHand.Count * Long.Ticks / took, MostAtOnce, MostWaiting));
        inHand = [];
    }

    /// <summary>Those who asked for the state get it: last of all, since some of them want to read on from its head.</summary>
    public void ServeViewers(TState committed)
    {
        viewing.ForEach(viewer => viewer.TrySetResult(committed));
        viewing.Clear();
    }

    /// <summary>It could not be loaded.</summary>
    public void Disappoint(Exception why)
    {
        viewing.ForEach(viewer => viewer.TrySetException(why));
        viewing.Clear();
    }

    /// <summary>Drops the state, when memory is wanted or a commit's outcome is unknown: the next batch loads it again.</summary>
    public void Forget() => state = null;
}
