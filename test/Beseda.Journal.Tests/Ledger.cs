using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Beseda.Journal.Tests;

/// <summary>A journal of tallies in a folder of its own.</summary>
internal sealed class Ledger : IAsyncDisposable
{
    private readonly ILogger log;
    private Database file;
    private bool stopped;

    private Ledger(string folder, TimeProvider clock, ILogger log)
    {
        (Folder, Clock, this.log) = (folder, clock, log);
        (file, Table, Journal) = Open();
    }

    public string Folder { get; }

    public TimeProvider Clock { get; }

    public TallyJournal Journal { get; private set; }

    public TallyTable Table { get; private set; }

    public TallyFrames Frames { get; } = new();

    public static async Task<Ledger> OpenAsync(TimeProvider? clock = null, ILogger? log = null)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"ledger-{Guid.NewGuid():N}");
        var ledger = new Ledger(folder, clock ?? TimeProvider.System, log ?? NullLogger.Instance);
        await ledger.Journal.StartAsync();
        return ledger;
    }

    public void Stop()
    {
        if (stopped)
            return;
        stopped = true;
        Journal.Dispose();
        file.Dispose();
    }

    /// <summary>As when a server stops and another starts on the same data.</summary>
    public async Task RestartAsync()
    {
        Stop();
        (file, Table, Journal) = Open();
        stopped = false;
        await Journal.StartAsync();
    }

    public async Task<Receipt> CommitAsync(AccountId account, Ask ask) =>
        Assert.IsType<Answer.Committed>(await Journal.SubmitAsync(account, ask)).Receipt;

    public Task<List<Entry<Fact>>> EventsAsync(AccountId account) => Journal.ReadAsync(account, 0, int.MaxValue);

    /// <summary>Numbers without a hole and times that rise: what must hold of every account, always.</summary>
    public async Task<List<Entry<Fact>>> SoundEventsAsync(AccountId account)
    {
        var events = await EventsAsync(account);
        Assert.Equal(Enumerable.Range(1, events.Count).Select(n => (long)n), events.Select(entry => entry.Seq));
        foreach (var (earlier, later) in events.Zip(events.Skip(1)))
            Assert.True(earlier.At < later.At, $"{later.Seq} is at {later.At:O}, not after {earlier.At:O}");
        return events;
    }

    /// <summary>Waits until the writer is through with what it had: it sets alarms, and keeps house, after it has answered.</summary>
    public async Task SettleAsync()
    {
        while (!Journal.IsAtRest)
            await Task.Delay(1);
    }

    /// <summary>Does this while the writer stands still, so that all of it comes into one batch.</summary>
    public async Task<T> WhileHeldAsync<T>(AccountId account, Func<T> act)
    {
        using var held = new ManualResetEventSlim();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Table.Before = _ =>
        {
            reached.TrySetResult();
            held.Wait();
        };
        var holder = Journal.SubmitAsync(account, new Count(0, 0));
        await reached.Task;
        Table.Before = null;
        try
        {
            return act();
        }
        finally
        {
            held.Set();
            await holder;
        }
    }

    public ValueTask DisposeAsync()
    {
        Stop();
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private (Database, TallyTable, TallyJournal) Open()
    {
        var opened = Engine.Open(Folder, Clock);
        var table = new TallyTable();
        var subject = new Subject<Board, Ask, Fact>(new TallyRules(), new TallyCodec(), table, Frames);
        return (opened, table, new TallyJournal(opened, subject, Clock, log));
    }
}
