using Npgsql;

namespace Beseda.Journal.Postgres;

/// <summary>One that answers no rows is not sent at once, but with the next that does.</summary>
internal sealed class PostgresStatement(PostgresSession session, string sql) : Statement
{
    private readonly bool answers = sql.StartsWith("select", StringComparison.Ordinal) || sql.Contains("returning", StringComparison.Ordinal);
    private readonly List<NpgsqlParameter> parameters = [];
    private NpgsqlDataReader? rows;

    public override Statement Bind(int parameter, long? value) =>
        Bind(parameter, value is { } known ? new NpgsqlParameter<long> { TypedValue = known } : new NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint, Value = DBNull.Value });

    public override Statement Bind(int parameter, string? value) =>
        Bind(parameter, new NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text, Value = (object?)value ?? DBNull.Value });

    public override Statement Bind(int parameter, byte[]? value) =>
        Bind(parameter, new NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bytea, Value = (object?)value ?? DBNull.Value });

    public override Statement Bind(int parameter, IEnumerable<long> values) =>
        Bind(parameter, new NpgsqlParameter<long[]> { TypedValue = [.. values] });

    /// <summary>A list of texts, for unnest.</summary>
    public PostgresStatement Bind(int parameter, IEnumerable<string> values) =>
        Bind(parameter, new NpgsqlParameter<string[]> { TypedValue = [.. values] });

    public override bool Step()
    {
        if (rows is null)
        {
            var command = new NpgsqlBatchCommand(sql);
            foreach (var parameter in parameters)
                command.Parameters.Add(parameter);
            parameters.Clear();
            if (!answers)
            {
                session.Queue(command);
                return false;
            }

            rows = session.Query(command);
        }

        if (PostgresSession.Try(rows.Read, "reading rows"))
            return true;
        Reset();
        return false;
    }

    public override void Reset()
    {
        rows?.Dispose();
        rows = null;
    }

    public override bool IsNull(int column) => rows!.IsDBNull(column);

    public override long Number(int column) => rows!.GetFieldType(column) == typeof(int) ? rows.GetInt32(column) : rows.GetInt64(column);

    public override string Text(int column) => rows!.GetString(column);

    public override ReadOnlySpan<byte> Bytes(int column) => rows!.GetFieldValue<byte[]>(column);

    private PostgresStatement Bind(int parameter, NpgsqlParameter value)
    {
        while (parameters.Count < parameter)
            parameters.Add(value);
        parameters[parameter - 1] = value;
        return this;
    }
}
