using System.Collections.Concurrent;

namespace Beseda.Journal.Sqlite;

/// <summary>
/// Threads that read while the writer writes, each read in one snapshot. Driver calls block, so they stay off the thread
/// pool; reads are short, since a long one keeps the write-ahead log from being folded back.
/// </summary>
internal sealed class SqliteReaders : IReaders
{
    private const int Threads = 2;
    private readonly BlockingCollection<Action<SqliteSession>> reads = new(boundedCapacity: 4_096);
    private readonly List<Thread> threads = [];

    internal SqliteReaders(SqliteFile file)
    {
        for (var i = 0; i < Threads; i++)
        {
            var thread = new Thread(() => Serve(file)) { IsBackground = true, Name = $"journal reader {i}" };
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
                done.SetResult(InSnapshot(session, read));
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

    private void Serve(SqliteFile file)
    {
        using var session = file.OpenReader();
        foreach (var read in reads.GetConsumingEnumerable())
            read(session);
    }

    private static T InSnapshot<T>(SqliteSession session, Func<Session, T> read)
    {
        session["begin"].Run();
        try
        {
            return read(session);
        }
        finally
        {
            session["commit"].Run();
        }
    }
}
