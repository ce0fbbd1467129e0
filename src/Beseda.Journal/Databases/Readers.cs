using System.Collections.Concurrent;

namespace Beseda.Journal;

/// <summary>Threads that read beside the writing, each with a session of its own. Driver calls block, so they stay off the thread pool.</summary>
internal abstract class Readers<TSession> : IReaders
    where TSession : Session, IDisposable
{
    private readonly BlockingCollection<Action<TSession>> reads = new(boundedCapacity: 4_096);
    private readonly List<Thread> threads = [];

    protected Readers(int count, Func<TSession> open)
    {
        for (var i = 0; i < count; i++)
        {
            var thread = new Thread(() => Serve(open)) { IsBackground = true, Name = $"journal reader {i}" };
            thread.Start();
            threads.Add(thread);
        }
    }

    public Task<T> ReadAsync<T>(Func<Session, T> read)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!reads.TryAdd(session =>
        {
            try
            {
                done.SetResult(Read(session, read));
            }
            catch (Exception failure)
            {
                done.SetException(failure);
            }
        }))
            done.SetException(new OverloadedException());
        return done.Task;
    }

    public void Dispose()
    {
        reads.CompleteAdding();
        threads.ForEach(thread => thread.Join());
        reads.Dispose();
    }

    /// <summary>In one snapshot.</summary>
    protected abstract T Read<T>(TSession session, Func<Session, T> read);

    private void Serve(Func<TSession> open)
    {
        using var session = open();
        foreach (var read in reads.GetConsumingEnumerable())
            read(session);
    }
}
