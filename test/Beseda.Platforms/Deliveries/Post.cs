using System.Net.Http.Headers;
using Beseda.Platforms.Troubles;

namespace Beseda.Platforms.Deliveries;

/// <summary>
/// Delivers updates to one webhook: each queue in order with one on its way, redelivered by the platform's rules until
/// accepted or given up. While there is no target everything waits.
/// </summary>
internal abstract class Post(World world, Faults faults) : IDisposable
{
    private readonly Lock gate = new();
    private readonly List<Item> pending = [];
    private readonly List<Delivery> deliveries = [];
    private readonly CancellationTokenSource stopping = new();
    private Uri? target;
    private long pausedUntil;

    public Signal Changed { get; } = new();

    public World World { get; } = world;

    public Uri? Target
    {
        get => Volatile.Read(ref target);
        set
        {
            Volatile.Write(ref target, value);
            Changed.Pulse();
            Pump();
        }
    }

    public IReadOnlyList<Delivery> Deliveries
    {
        get
        {
            lock (gate)
                return [.. deliveries];
        }
    }

    /// <summary>In the order they came about.</summary>
    public IReadOnlyList<Parcel> Pending
    {
        get
        {
            lock (gate)
                return [.. pending.Select(item => item.Parcel)];
        }
    }

    /// <summary>A queue stops behind an update that was not accepted; otherwise that update is tried again on its own.</summary>
    protected abstract bool StopsBehindFailure { get; }

    protected abstract TimeSpan Patience { get; }

    public void Put(Parcel parcel)
    {
        var delay = faults.Delay();
        lock (gate)
            pending.Add(new Item(parcel) { Alone = delay > TimeSpan.Zero, Due = Environment.TickCount64 + (long)delay.TotalMilliseconds });
        Changed.Pulse();
        if (delay > TimeSpan.Zero)
            _ = PumpLaterAsync(delay);
        Pump();
    }

    public void Forget(Predicate<Parcel> which)
    {
        lock (gate)
            pending.RemoveAll(item => which(item.Parcel));
        Changed.Pulse();
        Pump();
    }

    /// <summary>Sends nothing for a time, whatever waits.</summary>
    public void Pause(TimeSpan time)
    {
        Volatile.Write(ref pausedUntil, Environment.TickCount64 + (long)time.TotalMilliseconds);
        _ = PumpLaterAsync(time);
    }

    /// <summary>Ends when nothing is left to deliver.</summary>
    public async Task QuietAsync(TimeSpan patience) =>
        _ = await Changed.UntilAsync(() => Pending.Count == 0 ? this : null, patience)
            ?? throw new TimeoutException($"{Pending.Count} updates are not delivered.");

    public void Dispose()
    {
        stopping.Cancel();
        Forget(_ => true);
    }

    protected abstract HttpRequestMessage Compose(Uri target, Parcel parcel, int attempt);

    protected virtual bool Accepts(int status, string answer) => status is >= 200 and < 300;

    /// <summary>How long to wait after an attempt failed; null gives the update up.</summary>
    protected abstract TimeSpan? Wait(int attempt);

    /// <summary>An attempt has ended; not called for duplicates.</summary>
    protected virtual Task TriedAsync(Parcel parcel, Delivery delivery) => Task.CompletedTask;

    private void Pump()
    {
        List<Item> leaving = [];
        lock (gate)
        {
            if (Target is null || stopping.IsCancellationRequested || Environment.TickCount64 < pausedUntil)
                return;
            var taken = new HashSet<string>(StringComparer.Ordinal);
            foreach (var item in pending)
                if ((item.Alone || taken.Add(item.Parcel.Queue)) && !item.Flying && item.Due <= Environment.TickCount64)
                {
                    item.Flying = true;
                    leaving.Add(item);
                }
        }
        foreach (var item in leaving)
            _ = CarryAsync(item, Target);
    }

    private async Task CarryAsync(Item item, Uri? where)
    {
        if (where is null)
        {
            item.Flying = false;
            return;
        }
        var (delivery, retryAfter) = await TryAsync(item, where, duplicate: false);
        if (stopping.IsCancellationRequested)
            return;
        if (faults.Duplicate)
            await TryAsync(item, where, duplicate: true);
        try
        {
            await TriedAsync(item.Parcel, delivery);
        }
        finally
        {
            // Whatever came of the answer, the update is not stuck.
            Settle(item, delivery, retryAfter);
            Changed.Pulse();
            Pump();
        }
    }

    private void Settle(Item item, Delivery delivery, TimeSpan? retryAfter)
    {
        lock (gate)
        {
            item.Flying = false;
            item.Attempts++;
            var wait = delivery.Accepted ? null : Wait(item.Attempts);
            if (wait is null)
            {
                pending.Remove(item);
                return;
            }
            var paced = World.Paced(retryAfter ?? wait.Value);
            item.Due = Environment.TickCount64 + (long)paced.TotalMilliseconds;
            item.Alone |= !StopsBehindFailure;
            _ = PumpLaterAsync(paced);
        }
    }

    private async Task PumpLaterAsync(TimeSpan delay)
    {
        try
        {
            // A tick more than asked: what is due by this clock is due by the other.
            await Task.Delay(delay + TimeSpan.FromMilliseconds(16), stopping.Token);
            Pump();
        }
        catch (OperationCanceledException)
        {
            // The town has closed.
        }
    }

    private async Task<(Delivery Delivery, TimeSpan? RetryAfter)> TryAsync(Item item, Uri where, bool duplicate)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
        patience.CancelAfter(World.Patience ?? Patience);
        int status;
        string answer;
        TimeSpan? retryAfter = null;
        try
        {
            using var request = Compose(where, item.Parcel, item.Attempts + 1);
            using var response = await World.Http.SendAsync(request, patience.Token);
            (status, answer) = ((int)response.StatusCode, await response.Content.ReadAsStringAsync(patience.Token));
            retryAfter = Seconds(response.Headers.RetryAfter);
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or IOException)
        {
            (status, answer) = (0, failure is OperationCanceledException ? "Read timeout expired" : "Connection refused");
        }
        var delivery = new Delivery(World.Now, item.Parcel.Kind, item.Parcel.Body, item.Attempts + 1, status, answer, Accepts(status, answer), duplicate);
        lock (gate)
            deliveries.Add(delivery);
        return (delivery, retryAfter);
    }

    private TimeSpan? Seconds(RetryConditionHeaderValue? header) => header switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - World.Now is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero,
        _ => null,
    };

    private sealed class Item(Parcel parcel)
    {
        public Parcel Parcel { get; } = parcel;
        public int Attempts { get; set; }
        public long Due { get; set; }
        public bool Alone { get; set; }
        public bool Flying { get; set; }
    }
}
