using Npgsql;

namespace Beseda.Journal.Postgres;

/// <summary>
/// One connection, used by one thread at a time. What answers no rows travels with the next that does, so that a whole
/// transaction is two round trips.
/// </summary>
/// <param name="seconds">How long an answer may take. 0, where there are commits: one that was cancelled may have been made.</param>
internal sealed class PostgresSession(NpgsqlDataSource server, int seconds = 0) : Session, IDisposable
{
    private readonly Dictionary<string, PostgresStatement> statements = new(ReferenceEqualityComparer.Instance);
    private readonly List<NpgsqlBatchCommand> queue = [];
    private NpgsqlConnection? connection;

    public override PostgresStatement this[string sql]
    {
        get
        {
            if (!statements.TryGetValue(sql, out var statement))
                statements[sql] = statement = new PostgresStatement(this, sql);
            return statement;
        }
    }

    internal override void Flush()
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
        statements.Clear();
        try
        {
            connection?.Dispose();
        }
        catch (NpgsqlException)
        {
            // It was broken already.
        }

        connection = null;
    }

    public void Dispose() => Drop();

    /// <summary>Asks several things in one round trip.</summary>
    /// <param name="asked">Bound, not stepped. Their rows are read in this order.</param>
    public PostgresAnswers Ask(params ReadOnlySpan<Statement> asked)
    {
        foreach (var statement in asked)
            queue.Add(((PostgresStatement)statement).TakeCommand());
        using var batch = TakeQueue();
        return new PostgresAnswers(Try(() => batch.ExecuteReader(), "asking"));
    }

    internal override void Lock(AccountId account) =>
        this[PostgresTables.Lock].Bind(1, account.Value).One(row => row.Number(0));

    internal override void Witness() => this[PostgresTables.Witness].One(_ => true);

    internal override void Append(AccountId account, IReadOnlyList<StoredEvent> events) =>
        this[PostgresTables.Append].Bind(1, account.Value)
            .Bind(2, events.Select(e => e.Seq).ToArray())
            .Bind(3, events.Select(e => e.Encoded.Conversation).ToArray()).Bind(4, events.Select(e => e.Encoded.Visitor).ToArray())
            .Bind(5, events.Select(e => e.Encoded.Kind).ToArray()).Bind(6, events.Select(e => Events.Microseconds(e.At)).ToArray())
            .Bind(7, events.Select(e => e.Encoded.Body).ToArray()).Bind(8, events.Select(e => e.Encoded.Words).ToArray())
            .Bind(9, events.Select(e => e.Key?.Sender).ToArray()).Bind(10, events.Select(e => e.Key?.ClientId).ToArray())
            .Run();

    internal override Dictionary<(long Sender, string ClientId), Receipt> Find(
        AccountId account, IReadOnlyCollection<(long Sender, string ClientId)> keys) =>
        ReadFound(Finding(account, keys));

    internal PostgresStatement Finding(AccountId account, IReadOnlyCollection<(long Sender, string ClientId)> keys) =>
        this[PostgresTables.Find].Bind(1, account.Value)
            .Bind(2, keys.Select(key => key.Sender).ToArray()).Bind(3, keys.Select(key => key.ClientId).ToArray());

    internal static Dictionary<(long Sender, string ClientId), Receipt> ReadFound(Statement rows) =>
        rows.All(row => (Key: (row.Number(0), row.Text(1)), Receipt: Events.Receipt(row, 2))).ToDictionary(one => one.Key, one => one.Receipt);

    internal override IEnumerable<long> OfConversations(AccountId account, IEnumerable<long> conversations, long before) =>
        [.. this[PostgresTables.OfConversation].Bind(1, account.Value).Bind(2, conversations).Bind(3, before).All(row => row.Number(0))];

    public override IEnumerable<Entry<TEvent>> After<TEvent>(AccountId account, IReadOnlyDictionary<long, long> known, ICodec<TEvent> codec) =>
        this[PostgresTables.AfterKnown].Bind(1, account.Value).Bind(2, known.Keys).Bind(3, known.Values).All(row => Entry<TEvent>.Read(row, codec));

    internal override Tail? LoadTail(AccountId account) => null;

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
        var batch = new NpgsqlBatch(connection) { Timeout = seconds };
        foreach (var command in queue)
            batch.BatchCommands.Add(command);
        queue.Clear();
        return batch;
    }
}
