using SQLitePCL;

namespace Beseda.Journal.Sqlite;

/// <summary>One connection and its prepared statements, used by one thread at a time.</summary>
public sealed class SqliteSession : Session, IDisposable
{
    private readonly sqlite3 connection;
    private readonly Dictionary<string, SqliteStatement> statements = new(ReferenceEqualityComparer.Instance);

    static SqliteSession() => Batteries_V2.Init();

    internal SqliteSession(string path, bool readOnly)
    {
        var flags = (readOnly ? raw.SQLITE_OPEN_READONLY : raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE) | raw.SQLITE_OPEN_NOMUTEX;
        var code = raw.sqlite3_open_v2(path, out connection, flags, null);
        if (code != raw.SQLITE_OK)
            throw new SqliteException(code, "opening the database");
        raw.sqlite3_extended_result_codes(connection, 1);
        raw.sqlite3_busy_timeout(connection, 5_000);
    }

    public override Statement this[string sql]
    {
        get
        {
            if (!statements.TryGetValue(sql, out var statement))
                statements[sql] = statement = new SqliteStatement(connection, sql);
            return statement;
        }
    }

    /// <summary>There is one writer.</summary>
    internal override void Lock(AccountId account)
    {
    }

    internal override void Append(AccountId account, IReadOnlyList<StoredEvent> events)
    {
        foreach (var stored in events)
            SqliteTables.Append(this, account, stored);
    }

    internal override Dictionary<(long Sender, string ClientId), Receipt> Find(
        AccountId account, IReadOnlyCollection<(long Sender, string ClientId)> keys)
    {
        var found = new Dictionary<(long, string), Receipt>();
        foreach (var key in keys)
            if (SqliteIndexes.Find(this, account, key.Sender, key.ClientId) is { } receipt)
                found[key] = receipt;
        return found;
    }

    internal override IEnumerable<long> OfConversations(AccountId account, IEnumerable<long> conversations, long before) =>
        SqliteIndexes.OfConversations(this, account, conversations, before);

    public override IEnumerable<Entry<TEvent>> After<TEvent>(AccountId account, IReadOnlyDictionary<long, long> known, ICodec<TEvent> codec) =>
        SqliteIndexes.After(this, account, known, codec);

    internal override Tail? LoadTail(AccountId account) => Tail.Load(this, account);

    /// <summary>Runs one or more statements without parameters.</summary>
    public void Execute(string script)
    {
        var code = raw.sqlite3_exec(connection, script);
        if (code != raw.SQLITE_OK)
            throw new SqliteException(code, $"executing: {raw.sqlite3_errmsg(connection).utf8_to_string()}");
    }

    /// <summary>Folds back what it can without waiting for anybody. What fails is folded back another time: the log keeps it.</summary>
    /// <returns>Pages in the write-ahead log, and how many of them are folded back; 0, 0 when it could not be done now.</returns>
    internal (int Log, int Folded) Checkpoint() =>
        raw.sqlite3_wal_checkpoint_v2(connection, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out var log, out var folded) == raw.SQLITE_OK
            ? (log, folded)
            : (0, 0);

    /// <summary>Inside a transaction that has not ended (a failed commit may have ended it).</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(connection) == 0;

    public void Dispose()
    {
        foreach (var statement in statements.Values)
            statement.Dispose();
        connection.Dispose();
    }
}
