namespace Beseda.Journal.Sqlite;

/// <summary>
/// Folds the write-ahead log back into the database on a thread of its own, beside the writer, so that a commit never waits
/// for it. What is appended meanwhile the writer folds back itself now and then: it is little, and only then does the log
/// begin anew.
/// </summary>
internal sealed class SqliteCheckpoints : IDisposable
{
    /// <summary>Pages in the log from which it is worth having it begin anew: 16 MB.</summary>
    private const int LongLog = 4_096;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly SqliteFile file;
    private readonly Action<Action<SqliteSession>> onWriter;
    private readonly AutoResetEvent committed = new(false);
    private readonly ManualResetEventSlim stop = new(false);
    private readonly Thread thread;

    /// <param name="file">The database.</param>
    /// <param name="onWriter">Runs something on the writing thread, between transactions.</param>
    public SqliteCheckpoints(SqliteFile file, Action<Action<SqliteSession>> onWriter)
    {
        this.file = file;
        this.onWriter = onWriter;
        thread = new Thread(Serve) { IsBackground = true, Name = "journal checkpoints" };
        thread.Start();
    }

    /// <summary>There is something to fold back.</summary>
    public void Committed() => committed.Set();

    public void Dispose()
    {
        stop.Set();
        committed.Set();
        thread.Join();
        committed.Dispose();
        stop.Dispose();
    }

    private void Serve()
    {
        using var session = file.OpenWriter();
        while (committed.WaitOne() && !stop.Wait(Pause))
        {
            var (log, folded) = session.Checkpoint();
            if (log >= LongLog && log - folded < LongLog / 2)
                onWriter(writer => writer.Checkpoint());
        }
    }
}
