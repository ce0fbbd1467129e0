using SQLitePCL;

namespace Beseda.Journal.Sqlite;

/// <summary>
/// A prepared statement, bound and stepped without the driver's per-call objects: a batch runs thousands.
/// Columns count from 0, parameters from 1.
/// </summary>
public sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3_stmt statement;

    internal SqliteStatement(sqlite3 connection, string sql)
    {
        var code = raw.sqlite3_prepare_v3(connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out statement);
        if (code != raw.SQLITE_OK)
            throw new SqliteException(code, $"preparing: {raw.sqlite3_errmsg(connection).utf8_to_string()}");
    }

    public SqliteStatement Bind(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(statement, parameter, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, long? value)
    {
        Check(value is { } known ? raw.sqlite3_bind_int64(statement, parameter, known) : raw.sqlite3_bind_null(statement, parameter));
        return this;
    }

    public SqliteStatement Bind(int parameter, string? value)
    {
        Check(value is null ? raw.sqlite3_bind_null(statement, parameter) : raw.sqlite3_bind_text(statement, parameter, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, byte[]? value)
    {
        Check(value is null ? raw.sqlite3_bind_null(statement, parameter) : raw.sqlite3_bind_blob(statement, parameter, value));
        return this;
    }

    /// <summary>The next row. After the last one the statement is ready to be bound anew.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(statement);
        if (code == raw.SQLITE_ROW)
            return true;
        Reset();
        return code == raw.SQLITE_DONE ? false : throw new SqliteException(code, "running a statement");
    }

    /// <summary>Runs a statement that answers no rows.</summary>
    public void Run()
    {
        while (Step())
        {
        }
    }

    /// <summary>At most one row.</summary>
    public T? One<T>(Func<SqliteStatement, T> read)
    {
        if (!Step())
            return default;
        try
        {
            return read(this);
        }
        finally
        {
            // Also when it could not be read: a statement left open refuses to be bound again.
            Reset();
        }
    }

    public IEnumerable<T> All<T>(Func<SqliteStatement, T> read)
    {
        try
        {
            while (Step())
                yield return read(this);
        }
        finally
        {
            Reset();
        }
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public long Number(int column) => raw.sqlite3_column_int64(statement, column);

    public long? NumberOrNull(int column) => IsNull(column) ? null : Number(column);

    public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    /// <summary>Valid until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(statement, column);

    public byte[] Blob(int column) => Bytes(column).ToArray();

    public byte[]? BlobOrNull(int column) => IsNull(column) ? null : Blob(column);

    public void Reset() => raw.sqlite3_reset(statement);

    public void Dispose() => statement.Dispose();

    private static void Check(int code)
    {
        if (code != raw.SQLITE_OK)
            throw new SqliteException(code, "binding a value");
    }
}
