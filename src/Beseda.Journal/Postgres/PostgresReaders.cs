using System.Collections.Concurrent;
using Npgsql;

namespace Beseda.Journal.Postgres;

/// <summary>Threads that read, each with a connection of its own, each read in one snapshot.</summary>
internal sealed class PostgresReaders : IReaders
{
    private const int Threads = 4;
    private readonly BlockingCollection<Action<PostgresSession>> reads = [];
    private readonly List<Thread> threads = [];

    public PostgresReaders(NpgsqlDataSource server)
    {
        for (var i = 0; i < Threads; i++)
        {
            var thread = new Thread(() => Serve(server)) { IsBackground = true, Name = $"journal reader {i}" };
            thread.Start();
            threads.Add(thread);
        }
    }

    public Task<T> ReadAsync<T>(Func<Session, T> read)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        reads.Add(session =>
        {
            try
            {
                session["begin isolation level repeatable read read only"].Run();
                var result = read(session);
                session["commit"].Run();
                session.Flush();
                done.SetResult(result);
            }
            catch (Exception failure)
            {
                session.Drop();
                done.SetException(failure);
            }
        });
        return done.Task;
    }

    public void Dispose()
    {
        reads.CompleteAdding();
        threads.ForEach(thread => thread.Join());
        reads.Dispose();
    }

    private void Serve(NpgsqlDataSource server)
    {
        using var session = new PostgresSession(server);
        foreach (var read in reads.GetConsumingEnumerable())
            read(session);
    }
}
