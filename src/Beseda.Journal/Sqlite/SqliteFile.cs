using Microsoft.Extensions.Logging;

namespace Beseda.Journal.Sqlite;

/// <summary>
/// The database file of a journal and the lock that keeps a second server off it. The lock goes with the process,
/// however it ends.
/// </summary>
public sealed class SqliteFile : Database
{
    private readonly FileStream heldLock;

    private SqliteFile(string path, FileStream heldLock)
    {
        Path = path;
        this.heldLock = heldLock;
    }

    public string Path { get; }

    /// <exception cref="InvalidOperationException">Another server uses the folder.</exception>
    public static SqliteFile Open(string folder)
    {
        Make(folder);
        try
        {
            var heldLock = new FileStream(System.IO.Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new SqliteFile(System.IO.Path.Combine(folder, "journal.db"), heldLock);
        }
        catch (IOException)
        {
            throw new InvalidOperationException($"Another server uses the data folder {System.IO.Path.GetFullPath(folder)}.");
        }
    }

    internal override string Prepare(string schema)
    {
        using var session = OpenWriter();
        session.Execute(SqliteTables.Schema);
        session.Execute(ConsumerRows.Schema);
        session.Execute(schema);
        return Events.JournalId(session);
    }

    internal override IWriter<TState, TCommand, TEvent> OpenWriter<TState, TCommand, TEvent>(
        Subject<TState, TCommand, TEvent> subject, Surroundings around) =>
        new SqliteWriter<TState, TCommand, TEvent>(this, subject, around);

    internal override IReaders OpenReaders() => new SqliteReaders(this);

    /// <summary>The lock keeps them off.</summary>
    internal override INeighbours? Neighbours(ILogger log) => null;

    /// <summary>The one session that writes.</summary>
    internal SqliteSession OpenWriter()
    {
        var session = new SqliteSession(Path, readOnly: false);
        // FULL: a commit has reached the disk before it is answered. Checkpoints are made beside the writer.
        session.Execute("""
            pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = 0;
            pragma cache_size = -65536; pragma temp_store = memory
            """);
        return session;
    }

    internal SqliteSession OpenReader()
    {
        var session = new SqliteSession(Path, readOnly: true);
        session.Execute("pragma query_only = on; pragma cache_size = -16384");
        return session;
    }

    /// <summary>A new folder is its owner's alone: what people wrote lies in it.</summary>
    private static void Make(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else if (!Directory.Exists(folder))
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public override void Dispose() => heldLock.Dispose();
}
