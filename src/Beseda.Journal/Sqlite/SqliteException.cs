using SQLitePCL;

namespace Beseda.Journal.Sqlite;

/// <summary>SQLite said no. The message names the result code, never the data.</summary>
public sealed class SqliteException : DatabaseException
{
    internal SqliteException(int code, string doing)
        : base($"SQLite: {raw.sqlite3_errstr(code).utf8_to_string()} ({code}) while {doing}.") => Code = code;

    /// <summary>An (extended) result code of SQLite.</summary>
    public int Code { get; }

    public override bool IsAboutData => (Code & 0xff) is raw.SQLITE_CONSTRAINT or raw.SQLITE_TOOBIG or raw.SQLITE_MISMATCH or raw.SQLITE_RANGE;
}
