using System.Text.Json;
using System.Text.RegularExpressions;
using SQLitePCL;

namespace Beseda.Journal.Sqlite;

/// <summary>Bound and stepped without the driver's per-call objects: a batch runs thousands.</summary>
internal sealed partial class SqliteStatement : Statement, IDisposable
{
    private readonly sqlite3_stmt statement;

    internal SqliteStatement(sqlite3 connection, string sql)
    {
        var code = raw.sqlite3_prepare_v3(connection, Translate(sql), raw.SQLITE_PREPARE_PERSISTENT, out statement);
        if (code != raw.SQLITE_OK)
            throw new SqliteException(code, $"preparing: {raw.sqlite3_errmsg(connection).utf8_to_string()}");
    }

    public override Statement Bind(int parameter, long? value)
    {
        Check(value is { } known ? raw.sqlite3_bind_int64(statement, parameter, known) : raw.sqlite3_bind_null(statement, parameter));
        return this;
    }

    public override Statement Bind(int parameter, string? value)
    {
        Check(value is null ? raw.sqlite3_bind_null(statement, parameter) : raw.sqlite3_bind_text(statement, parameter, value));
        return this;
    }

    public override Statement Bind(int parameter, byte[]? value)
    {
        Check(value is null ? raw.sqlite3_bind_null(statement, parameter) : raw.sqlite3_bind_blob(statement, parameter, value));
        return this;
    }

    /// <summary>As JSON, for json_each.</summary>
    public override Statement Bind(int parameter, IEnumerable<long> values) => Bind(parameter, $"[{string.Join(',', values)}]");

    public override Statement Bind(int parameter, IEnumerable<string> values) => Bind(parameter, JsonSerializer.Serialize(values));

    public override bool Step()
    {
        var code = raw.sqlite3_step(statement);
        if (code == raw.SQLITE_ROW)
            return true;
        Reset();
        return code == raw.SQLITE_DONE ? false : throw new SqliteException(code, "running a statement");
    }

    public override void Reset() => raw.sqlite3_reset(statement);

    public override bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public override long Number(int column) => raw.sqlite3_column_int64(statement, column);

    public override string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    public override ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(statement, column);

    public void Dispose() => statement.Dispose();

    private static void Check(int code)
    {
        if (code != raw.SQLITE_OK)
            throw new SqliteException(code, "binding a value");
    }

    /// <summary>What SQLite says in other words than PostgreSQL.</summary>
    internal static string Translate(string sql) =>
        Parameter().Replace(List().Replace(Index().Replace(sql, "indexed by $1"), "in (select value from json_each(?$1))"), "?$1");

    [GeneratedRegex(@"= any\(\$(\d+)\)")]
    private static partial Regex List();

    /// <summary>Without statistics SQLite takes an account for a handful of rows, and reads all of it where it may. PostgreSQL reads a comment.</summary>
    [GeneratedRegex(@"/\*by (\w+)\*/")]
    private static partial Regex Index();

    [GeneratedRegex(@"\$(\d+)")]
    private static partial Regex Parameter();
}
