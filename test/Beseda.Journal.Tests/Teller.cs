using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;

namespace Beseda.Journal.Tests;

/// <summary>A consumer that remembers what it was told.</summary>
internal sealed class Teller : IConsumer, IAsyncDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private readonly Ledger ledger;
    private readonly ConsumerId id;
    private readonly Consumers<Board, Ask, Fact> consumers;
    private readonly CancellationTokenSource stop = new();
    private readonly Task work;

    private Teller(Ledger ledger, ConsumerId id)
    {
        (this.ledger, this.id) = (ledger, id);
        consumers = new Consumers<Board, Ask, Fact>(ledger.Journal, Open, TimeProvider.System, NullLogger.Instance);
        work = consumers.RunAsync(stop.Token);
    }

    public ConcurrentQueue<(long Lane, long Seq)> Told { get; } = [];

    public int Tries { get; private set; }

    public ConcurrentQueue<int> Attempts { get; } = [];

    public bool Hangs { get; set; }

    public Func<long, int, bool> Fails { get; set; } = (_, _) => false;

    public Func<long, bool> Nothing { get; set; } = _ => false;

    public Func<long, bool> Never { get; set; } = _ => false;

    public bool IsRunning => consumers.Running.Any();

    public static async Task<Teller> BeginAsync(Ledger ledger, AccountId account, long cursor = 0)
    {
        var id = new ConsumerId(account, "teller");
        await ledger.Journal.WriteAsync((session, _) =>
        {
            ConsumerRows.Add(session, id, cursor);
            return true;
        });
        return new Teller(ledger, id);
    }

    public bool Wants(Frame frame) => true;

    public async Task<Delivery> DeliverAsync(Frame frame, int attempt, CancellationToken stop)
    {
        if (Nothing(frame.Seq))
            return Delivery.Nothing.ToSay;
        Tries++;
        Attempts.Enqueue(attempt);
        await Task.Yield();
        if (Hangs)
            await Task.WhenAny(Task.Delay(Timeout.Infinite, stop));
        if (stop.IsCancellationRequested)
            return new Delivery.Later("cut short");
        if (Never(frame.Seq))
            return new Delivery.Never("gone");
        if (Fails(frame.Seq, attempt))
            return new Delivery.Later("busy");
        Told.Enqueue((frame.Keys[0].Id, frame.Seq));
        return Delivery.Done.It;
    }

    public Task<ConsumerProgress?> ProgressAsync() => ledger.Journal.Readers.ReadAsync(session => ConsumerRows.Progress(session, id));

    /// <summary>Lanes that wait without a try, and when each is to be tried, in microseconds.</summary>
    public Task<List<(long Lane, long RetryAt)>> UntriedAsync() => ledger.Journal.Readers.ReadAsync(session =>
        session["select lane, retry_at from lanes where account = $1 and attempts = 0"].Bind(1, id.Account.Value)
            .All(row => (row.Number(0), row.Number(1))).ToList());

    public async Task WriteAsync(Action<Session, ConsumerId> write)
    {
        await ledger.Journal.WriteAsync((session, _) =>
        {
            write(session, id);
            return true;
        });
        consumers.Look();
    }

    public Task UntilAsync(Func<bool> holds) => UntilAsync(() => Task.FromResult(holds()));

    public async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var started = TimeProvider.System.GetTimestamp(); !await holds(); await Task.Delay(10))
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Soon, $"It was told {string.Join(' ', Told)} in {Tries} tries.");
    }

    private Task<IConsumer?> Open(ConsumerId opened) =>
        opened == id ? Task.FromResult<IConsumer?>(this) : throw new FormatException("Not to be read.");

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await work;
        stop.Dispose();
    }
}
