using Npgsql;

namespace Beseda.Journal.Postgres;

/// <summary>
/// One connection, used by one thread at a time. What answers no rows travels with the next that does, so that a whole
/// transaction is two round trips.
/// </summary>
internal sealed class PostgresSession(NpgsqlDataSource server) : Session, IDisposable
{
    private readonly Dictionary<string, PostgresStatement> statements = new(ReferenceEqualityComparer.Instance);
    private readonly List<NpgsqlBatchCommand> queue = [];
    private NpgsqlConnection? connection;

    public override Statement this[string sql]
    {
        get
        {
            if (!statements.TryGetValue(sql, out var statement))
                statements[sql] = statement = new PostgresStatement(this, sql);
            return statement;
        }
    }

    public override void Flush()
    {
        if (queue.Count == 0)
            return;
        using var batch = TakeQueue();
        Try(batch.ExecuteNonQuery, "writing");
    }

    /// <summary>After an error nobody knows what the server did: the connection is given up, and its transaction with it.</summary>
    public void Drop()
    {
        queue.Clear();
        foreach (var statement in statements.Values)
            statement.Reset();
        statements.Clear();
        connection?.Dispose();
        connection = null;
    }

    public void Dispose() => Drop();

    internal override Dictionary<(long Sender, string ClientId), Receipt> Find(
        AccountId account, IReadOnlyCollection<(long Sender, string ClientId)> keys) =>
        ((PostgresStatement)this["""
            select k.sender, k.client_id, e.seq, e.at, e.conversation, e.visitor from unnest($2, $3) k(sender, client_id)
            cross join lateral (select c.seq from client_ids c
                where c.account = $1 and c.sender = k.sender and c.client_id = k.client_id limit 1) i
            cross join lateral (select * from events v where v.account = $1 and v.seq = i.seq limit 1) e
            """].Bind(1, account.Value).Bind(2, keys.Select(key => key.Sender))).Bind(3, keys.Select(key => key.ClientId))
            .All(row => (Key: (row.Number(0), row.Text(1)), Receipt: Indexes.Receipt(row, 2)))
            .ToDictionary(one => one.Key, one => one.Receipt);

    internal void Queue(NpgsqlBatchCommand command) => queue.Add(command);

    internal NpgsqlDataReader Query(NpgsqlBatchCommand command)
    {
        queue.Add(command);
        using var batch = TakeQueue();
        return Try(() => batch.ExecuteReader(), "asking");
    }

    internal static T Try<T>(Func<T> act, string doing)
    {
        try
        {
            return act();
        }
        catch (NpgsqlException refusal)
        {
            throw new PostgresException(refusal, doing);
        }
    }

    private NpgsqlBatch TakeQueue()
    {
        connection ??= Try(server.OpenConnection, "connecting");
        // No time-out here: a commit that was cancelled may have been made all the same.
        var batch = new NpgsqlBatch(connection) { Timeout = 0 };
        foreach (var command in queue)
            batch.BatchCommands.Add(command);
        queue.Clear();
        return batch;
    }
}
