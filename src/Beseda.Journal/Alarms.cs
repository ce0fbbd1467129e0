namespace Beseda.Journal;

/// <summary>When which account has to look again although nobody says anything; rings once for each time.</summary>
internal sealed class Alarms : IDisposable
{
    /// <summary>Timers count to 49 days at most; until then it is looked at now and then.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly Lock gate = new();
    private readonly TimeProvider clock;
    private readonly Action<AccountId> ring;
    private readonly SortedSet<(DateTimeOffset Due, long Account)> byTime = [];
    private readonly Dictionary<long, DateTimeOffset> byAccount = [];
    private readonly ITimer timer;
    private long ahead;

    public Alarms(TimeProvider clock, Action<AccountId> ring)
    {
        this.clock = clock;
        this.ring = ring;
        timer = clock.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Times are the database's: it is told here what it is there.</summary>
    public void Adjust(DateTimeOffset now) => Volatile.Write(ref ahead, now.UtcTicks - clock.GetUtcNow().UtcTicks);

    public void Set(AccountId account, DateTimeOffset? due)
    {
        lock (gate)
        {
            if (byAccount.TryGetValue(account.Value, out var before))
            {
                if (before == due)
                    return;
                byTime.Remove((before, account.Value));
                byAccount.Remove(account.Value);
            }

            if (due is not { } at)
                return;
            byAccount[account.Value] = at;
            byTime.Add((at, account.Value));
            if (byTime.Min == (at, account.Value))
                Arm(at);
        }
    }

    public void Dispose() => timer.Dispose();

    private void Ring()
    {
        var due = new List<AccountId>();
        lock (gate)
        {
            var now = Now;
            while (byTime.Count > 0 && byTime.Min.Due <= now)
            {
                due.Add(new AccountId(byTime.Min.Account));
                byAccount.Remove(byTime.Min.Account);
                byTime.Remove(byTime.Min);
            }

            if (byTime.Count > 0)
                Arm(byTime.Min.Due);
        }

        due.ForEach(ring);
    }

    private DateTimeOffset Now => clock.GetUtcNow().AddTicks(Volatile.Read(ref ahead));

    /// <summary>A millisecond late rather than early: a tick before its time would change nothing and be lost.</summary>
    private void Arm(DateTimeOffset at)
    {
        var wait = at - Now + TimeSpan.FromMilliseconds(1);
        timer.Change(wait < TimeSpan.Zero ? TimeSpan.Zero : wait < LongestWait ? wait : LongestWait, Timeout.InfiniteTimeSpan);
    }
}
