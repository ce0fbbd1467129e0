namespace Beseda.Platforms.Troubles;

/// <summary>What a call meets instead of what it came for.</summary>
internal abstract record Trouble
{
    /// <summary>Refused with a server's error.</summary>
    public sealed record Failing(int Status) : Trouble;

    /// <summary>Refused for being one too many.</summary>
    public sealed record Limited(int RetryAfter, bool Flood) : Trouble;

    /// <summary>Heard only after a time.</summary>
    public sealed record Hanging(TimeSpan For) : Trouble;

    /// <summary>Done, and the caller is never told.</summary>
    public sealed record Losing : Trouble;
}

/// <summary>
/// What goes wrong with a platform, on command. Calls of the API meet troubles in the order these were ordered, one each;
/// a trouble ordered for a method waits for a call of that method. While somebody polls, name the method: polls are calls too
/// (<c>getUpdates</c>, and for VK <c>a_check</c>; its uploads are <c>upload</c>).
/// </summary>
public sealed class Faults(World world)
{
    private readonly Lock gate = new();
    private readonly List<Order> orders = [];

    /// <summary>How many calls have met a trouble so far; some may still be in it.</summary>
    public int Met { get; private set; }

    /// <summary>Every update is delivered twice.</summary>
    public bool Duplicate { get; set; }

    /// <summary>Updates are held back for a chance time up to this, and overtake each other.</summary>
    public TimeSpan Disorder { get; set; }

    /// <summary>The next calls are too many: 429, error 6, status 12 or 613, as the platform says it.</summary>
    /// <param name="retryAfter">Seconds, where the platform tells.</param>
    /// <param name="flood">VK only: error 9 in place of 6.</param>
    public void Limit(int calls = 1, int retryAfter = 1, string? method = null, bool flood = false) => Add(calls, method, () => new Trouble.Limited(retryAfter, flood));

    /// <summary>The next calls are answered with a server's error and do nothing.</summary>
    /// <param name="status">Of HTTP; below 100 it is a code of the platform's own, said with the status the platform says codes with.</param>
    public void Fail(int calls = 1, int status = 500, string? method = null) => Add(calls, method, () => new Trouble.Failing(status));

    /// <summary>Every call in a period is answered with a server's error and does nothing.</summary>
    /// <param name="about">Only calls in whose arguments this stands, such as the id of one customer.</param>
    public void FailFor(TimeSpan period, int status = 500, string? method = null, string? about = null) =>
        Add(int.MaxValue, method, () => new Trouble.Failing(status), Until(period), about);

    /// <summary>Every call in a period is heard only at its end. Who hangs up earlier was never heard.</summary>
    public void HangFor(TimeSpan period, string? method = null)
    {
        var until = Until(period);
        Add(int.MaxValue, method, () => new Trouble.Hanging(TimeSpan.FromMilliseconds(Math.Max(0, until - Environment.TickCount64))), until);
    }

    /// <summary>The next calls do what they ask, and the connection is closed before the answer.</summary>
    public void LoseAnswers(int calls = 1, string? method = null) => Add(calls, method, () => new Trouble.Losing());

    /// <summary>All is well again.</summary>
    public void Clear()
    {
        lock (gate)
            orders.Clear();
        Duplicate = false;
        Disorder = TimeSpan.Zero;
    }

    /// <param name="arguments">Of the call, as text.</param>
    internal Trouble? Next(string method, Func<string> arguments)
    {
        lock (gate)
        {
            orders.RemoveAll(order => order.Left == 0 || order.Until < Environment.TickCount64);
            var order = orders.Find(o => (o.Method is null || o.Method.Equals(method, StringComparison.OrdinalIgnoreCase))
                && (o.About is null || arguments().Contains(o.About, StringComparison.Ordinal)));
            if (order is null)
                return null;
            order.Left--;
            Met++;
            return order.Trouble();
        }
    }

    /// <summary>How long an update is held back.</summary>
    internal TimeSpan Delay() => Disorder <= TimeSpan.Zero ? TimeSpan.Zero : TimeSpan.FromMilliseconds(world.Chance((int)Disorder.TotalMilliseconds) + 1);

    private static long Until(TimeSpan period) => Environment.TickCount64 + (long)period.TotalMilliseconds;

    private void Add(int calls, string? method, Func<Trouble> trouble, long until = long.MaxValue, string? about = null)
    {
        lock (gate)
            orders.Add(new Order { Left = calls, Method = method, Trouble = trouble, Until = until, About = about });
    }

    private sealed class Order
    {
        public required int Left { get; set; }
        public required string? Method { get; init; }
        public required Func<Trouble> Trouble { get; init; }
        public required long Until { get; init; }
        public required string? About { get; init; }
    }
}
