using Npgsql;

namespace Beseda.Bench.Servers;

/// <summary>The demo account's journal as it lies in PostgreSQL.</summary>
internal sealed class Ledger(string connection)
{
    public const string Demo = "(select account from account_settings where key = 'demo')";

    public long Head => Number($"select coalesce(max(seq), 0) from events where account = {Demo}");

    /// <summary>
    /// Events per transaction after a place. Within one, each event's time is a microsecond after the one before; between
    /// two lie the round trips.
    /// </summary>
    public double PerTransaction(long after) => (Head - after) / (double)Math.Max(1, Number($"""
        select count(*) from (
            select at - lag(at, 1, 0::bigint) over (order by seq) as apart from events where account = {Demo} and seq > {after}) e
        where apart > 1
        """));

    public long Number(string sql) => Execute(sql, command => (long)command.ExecuteScalar()!);

    public void Run(string sql) => Execute(sql, command => command.ExecuteNonQuery());

    public IReadOnlyList<string> Texts(string sql) => Execute(sql, command =>
    {
        using var rows = command.ExecuteReader();
        var texts = new List<string>();
        while (rows.Read())
            texts.Add(rows.GetString(0));
        return texts;
    });

    private T Execute<T>(string sql, Func<NpgsqlCommand, T> run)
    {
        using var session = new NpgsqlConnection(connection);
        session.Open();
        using var command = new NpgsqlCommand(sql, session) { CommandTimeout = 0 };
        return run(command);
    }
}
