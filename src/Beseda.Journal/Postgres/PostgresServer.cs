using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Beseda.Journal.Postgres;

/// <summary>A PostgreSQL database that holds journals, on one server or on several of which one is the primary.</summary>
public sealed partial class PostgresServer : Database
{
    /// <summary>Of this program: names its advisory locks.</summary>
    private const long SchemaLock = 0x6265736564610001;

    private readonly NpgsqlMultiHostDataSource servers;
    private readonly NpgsqlDataSource primary;

    private readonly string? password;
    private readonly TimeProvider? clock;

    private PostgresServer(NpgsqlConnectionStringBuilder settings, TimeProvider? clock)
    {
        this.clock = clock;
        password = settings.Password;
        servers = Build(settings.ConnectionString);
        primary = servers.WithTargetSession(TargetSessionAttributes.Primary);
    }

    /// <param name="url"><c>postgres://user:password@host:port,host:port/database?key=value</c></param>
    /// <param name="clock">Null, except where time is tried out: the database's own.</param>
    /// <exception cref="FormatException">It is no such address.</exception>
    public static PostgresServer Of(string url, TimeProvider? clock = null)
    {
        var parts = Url().Match(url);
        if (!parts.Success)
            throw new FormatException("--database is sqlite, or an address such as postgres://user:password@host:port/database, where several hosts may stand with commas between.");
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = parts.Groups["hosts"].Value,
            Database = Uri.UnescapeDataString(parts.Groups["database"].Value),
            Username = Uri.UnescapeDataString(parts.Groups["user"].Value),
            Password = parts.Groups["password"] is { Success: true } password ? Uri.UnescapeDataString(password.Value) : null,
            ApplicationName = "beseda",
            // Every connection is one thread's for as long as it works; what is closed is gone.
            Pooling = false,
            Timeout = 2,
            HostRecheckSeconds = 0,
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
            CancellationTimeout = -1,
            TcpKeepAlive = true,
            TcpKeepAliveTime = 5,
            TcpKeepAliveInterval = 2,
            // A client that froze must not hold an account for ever, and one that waits must not wait for ever.
            Options = "-c idle_in_transaction_session_timeout=5000 -c lock_timeout=3000 -c statement_timeout=15000 -c tcp_user_timeout=5000 "
                + "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3 -c enable_seqscan=off",
        };
        return new PostgresServer(settings, clock);
    }

    /// <summary>Connections for whatever else lies in this database, to the primary.</summary>
    public NpgsqlDataSource OpenPool(int connections)
    {
        var settings = new NpgsqlConnectionStringBuilder(servers.ConnectionString)
        {
            Password = password,
            Pooling = true,
            MaxPoolSize = connections,
            Options = null,
            MaxAutoPrepare = 0,
            CommandTimeout = 5,
        };
        return Build(settings.ConnectionString).WithTargetSession(TargetSessionAttributes.Primary);
    }

    internal override string Prepare(string schema)
    {
        using var session = new PostgresSession(primary);
        session["begin"].Run();
        session["select pg_advisory_xact_lock($1)"].Bind(1, SchemaLock).One(_ => true);
        var tables = PostgresTables.Schema + PostgresTables.Translate(ConsumerRows.Schema + schema);
        foreach (var statement in tables.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            session[statement].Run();
            session.Flush();
        }

        var id = Events.JournalId(session);
        session["commit"].Run();
        session.Flush();
        return id;
    }

    internal override IWriter<TState, TCommand, TEvent> OpenWriter<TState, TCommand, TEvent>(
        Subject<TState, TCommand, TEvent> subject, Surroundings around) =>
        new PostgresWriter<TState, TCommand, TEvent>(primary, subject, new PostgresOpening<TState, TCommand, TEvent>(subject, around.Metrics, clock), around);

    public override IReaders OpenReaders() => new PostgresReaders(primary);

    internal override INeighbours? Neighbours(ILogger log) => new PostgresNotifier(primary, clock, log);

    private static NpgsqlMultiHostDataSource Build(string connection)
    {
        var builder = new NpgsqlDataSourceBuilder(connection);
        builder.UsePhysicalConnectionInitializer(PostgresSockets.Limit, one =>
        {
            PostgresSockets.Limit(one);
            return Task.CompletedTask;
        });
        return builder.BuildMultiHost();
    }

    public override void Dispose() => servers.Dispose();

    [GeneratedRegex(@"^postgres(ql)?://(?<user>[^:@/]+)(:(?<password>[^@/]*))?@(?<hosts>[^/?]+)/(?<database>[^?]+)$")]
    private static partial Regex Url();
}
