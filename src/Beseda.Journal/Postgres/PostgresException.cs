using Npgsql;

namespace Beseda.Journal.Postgres;

/// <summary>PostgreSQL said no, or cannot be reached. The message names the state, never the data.</summary>
public sealed class PostgresException : DatabaseException
{
    internal PostgresException(NpgsqlException cause, string doing)
        : base($"PostgreSQL: {cause.SqlState ?? "unreachable"} while {doing}.") => State = cause.SqlState;

    /// <summary>SQLSTATE; null when the server did not answer.</summary>
    public string? State { get; }

    /// <summary>Classes 22, data exception, and 23, integrity constraint violation.</summary>
    public override bool IsAboutData => State is ['2', '2' or '3', ..];

    /// <summary>The connection is gone, or the server has just stopped or started: classes 08 and 57P.</summary>
    public bool IsAboutConnection => State is null or ['0', '8', ..] or ['5', '7', 'P', ..];
}
