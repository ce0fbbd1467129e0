using Npgsql;

namespace Beseda.Journal.Postgres;

/// <summary>The rows of several statements that were sent together, to be read in their order.</summary>
internal sealed class PostgresAnswers(NpgsqlDataReader rows) : Statement, IDisposable
{
    public override Statement Bind(int parameter, long? value) => throw new NotSupportedException();

    public override Statement Bind(int parameter, string? value) => throw new NotSupportedException();

    public override Statement Bind(int parameter, byte[]? value) => throw new NotSupportedException();

    public override Statement Bind(int parameter, IEnumerable<long> values) => throw new NotSupportedException();

    public override Statement Bind(int parameter, IEnumerable<string> values) => throw new NotSupportedException();

    public override bool Step() => PostgresSession.Try(rows.Read, "reading rows");

    public override void Reset()
    {
    }

    /// <summary>The rows of the next statement.</summary>
    public PostgresAnswers Next()
    {
        PostgresSession.Try(rows.NextResult, "reading rows");
        return this;
    }

    public override bool IsNull(int column) => rows.IsDBNull(column);

    public override long Number(int column) => PostgresStatement.Number(rows, column);

    public override string Text(int column) => rows.GetString(column);

    public override ReadOnlySpan<byte> Bytes(int column) => rows.GetFieldValue<byte[]>(column);

    public void Dispose() => rows.Dispose();
}
