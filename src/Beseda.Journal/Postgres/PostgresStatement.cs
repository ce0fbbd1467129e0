using Npgsql;
using NpgsqlTypes;

namespace Beseda.Journal.Postgres;

/// <summary>One that answers no rows is not sent at once, but with the next that does.</summary>
internal sealed class PostgresStatement(PostgresSession session, string sql) : Statement
{
    private readonly bool answers = sql.StartsWith("select", StringComparison.Ordinal) || sql.Contains("returning", StringComparison.Ordinal);
    private readonly List<NpgsqlParameter> parameters = [];
    private NpgsqlDataReader? rows;

    public override PostgresStatement Bind(int parameter, long? value) => Bind(parameter, value is { } known
        ? new NpgsqlParameter<long> { TypedValue = known }
        : new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Bigint, Value = DBNull.Value });

    public override PostgresStatement Bind(int parameter, string? value) =>
        Bind(parameter, new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)value ?? DBNull.Value });

    public override PostgresStatement Bind(int parameter, byte[]? value) =>
        Bind(parameter, new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Bytea, Value = (object?)value ?? DBNull.Value });

    public override PostgresStatement Bind(int parameter, IEnumerable<long> values) => Bind<long>(parameter, [.. values]);

    public override PostgresStatement Bind(int parameter, IEnumerable<string> values) => Bind<string>(parameter, [.. values]);

    /// <summary>An array, for unnest.</summary>
    public PostgresStatement Bind<T>(int parameter, T[] values) => Bind(parameter, new NpgsqlParameter<T[]> { TypedValue = values });

    public override bool Step()
    {
        if (rows is null)
        {
            if (!answers)
            {
                session.Queue(TakeCommand());
                return false;
            }

            rows = session.Query(TakeCommand());
        }

        if (PostgresSession.Try(rows.Read, "reading rows"))
            return true;
        Reset();
        return false;
    }

    /// <summary>As it is bound, to be sent.</summary>
    public NpgsqlBatchCommand TakeCommand()
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        parameters.Clear();
        return command;
    }

    public override void Reset()
    {
        rows?.Dispose();
        rows = null;
    }

    public override bool IsNull(int column) => rows!.IsDBNull(column);

    public override long Number(int column) => Number(rows!, column);

    public override string Text(int column) => rows!.GetString(column);

    public override ReadOnlySpan<byte> Bytes(int column) => rows!.GetFieldValue<byte[]>(column);

    internal static long Number(NpgsqlDataReader rows, int column) => rows.GetFieldType(column) switch
    {
        var type when type == typeof(long) => rows.GetInt64(column),
        var type when type == typeof(int) => rows.GetInt32(column),
        _ => rows.GetInt16(column),
    };

    private PostgresStatement Bind(int parameter, NpgsqlParameter value)
    {
        while (parameters.Count < parameter)
            parameters.Add(value);
        parameters[parameter - 1] = value;
        return this;
    }
}
