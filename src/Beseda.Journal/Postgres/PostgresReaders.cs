using System.Collections.Concurrent;
using Npgsql;

namespace Beseda.Journal.Postgres;

/// <summary>Threads that read, each with a connection of its own, each read in one snapshot.</summary>
internal sealed class PostgresReaders : IReaders
{
    private const int Threads = 4;
    private const int Seconds = 5;

    /// <summary>A connection that was lost while nobody used it is noticed by its next reader, who should not be told of it.</summary>
    private const int Tries = 3;

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
        reads.Add(session => Read(session, read, done));
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
        using var session = new PostgresSession(server, Seconds);
        foreach (var read in reads.GetConsumingEnumerable())
            read(session);
    }

    private static void Read<T>(PostgresSession session, Func<Session, T> read, TaskCompletionSource<T> done)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                done.SetResult(InSnapshot(session, read));
                return;
            }
            catch (PostgresException lost) when (lost.IsAboutConnection && tries < Tries)
            {
                session.Drop();
                Thread.Sleep(50 * tries);
            }
            catch (Exception failure)
            {
                session.Drop();
                done.SetException(failure);
                return;
            }
        }
    }

    private static T InSnapshot<T>(PostgresSession session, Func<Session, T> read)
    {
        session["begin isolation level repeatable read read only"].Run();
        var result = read(session);
        session["commit"].Run();
        session.Flush();
        return result;
    }
}
