using System.Diagnostics;
using System.Text;
using Npgsql;

namespace Beseda.Bench.Limits;

/// <summary>
/// What PostgreSQL does where there is no product: tables and indexes as the journal has them, one connection, and for every
/// batch two round trips. The first locks the account and reads its head, the second appends and commits.
/// </summary>
internal sealed class BarePostgres : IDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly byte[] _body = Encoding.UTF8.GetBytes(new string('b', 90));
    private readonly byte[] _words = Encoding.UTF8.GetBytes(new string('w', 160));

    public BarePostgres(string connection)
    {
        _connection = new NpgsqlConnection(connection + ";Max Auto Prepare=20;Auto Prepare Min Usages=2");
        _connection.Open();
        using var schema = new NpgsqlCommand("""
            create table accounts (id bigint primary key, due bigint);
            create table events (
                account bigint not null, seq bigint not null, conversation bigint, visitor bigint, kind smallint not null,
                at bigint not null, body bytea not null, words bytea, sender bigint, client_id text, primary key (account, seq));
            create index of_conversation on events (account, conversation, seq) where conversation is not null;
            create unique index answering on events (account, sender, client_id) where client_id is not null;
            insert into accounts values (1, null);
            """, _connection);
        schema.ExecuteNonQuery();
    }

    /// <summary>Events per second.</summary>
    public double Measure(int batch, TimeSpan time)
    {
        var (events, start) = (0L, Stopwatch.GetTimestamp());
        for (; Stopwatch.GetElapsedTime(start) < time; events += batch)
            Commit(batch);
        return events / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <returns>The seq of the last event.</returns>
    public long Commit(int batch)
    {
        using var open = new NpgsqlBatch(_connection)
        {
            BatchCommands =
            {
                new("begin"),
                new("select id from accounts where id = 1 for update"),
                new("select seq from events where account = 1 order by seq desc limit 1"),
            },
        };
        var head = 0L;
        using (var rows = open.ExecuteReader())
            if (rows.NextResult() && rows.Read())
                head = rows.GetInt64(0);

        var seqs = Enumerable.Range(1, batch).Select(n => head + n).ToArray();
        using var append = new NpgsqlBatch(_connection) { BatchCommands = { Insert(seqs), new("commit") } };
        append.ExecuteNonQuery();
        return seqs[^1];
    }

    public void Dispose() => _connection.Dispose();

    private NpgsqlBatchCommand Insert(long[] seqs)
    {
        return new NpgsqlBatchCommand("insert into events select 1, u.* from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) u")
        {
            Parameters =
            {
                Each(seq => seq), Each(seq => seq % 64 + 1), Each(seq => seq % 64), Each(_ => (short)20), Each(seq => seq * 1000),
                Each(_ => _body), Each(_ => _words), Each(seq => seq % 64), Each(_ => Guid.NewGuid().ToString()),
            },
        };

        NpgsqlParameter<T[]> Each<T>(Func<long, T> value) => new() { TypedValue = Array.ConvertAll(seqs, seq => value(seq)) };
    }
}
