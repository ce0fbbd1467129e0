using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Beseda.Journal.Postgres;

/// <summary>
/// Hears what other processes tell, on a connection of its own. Once a second it looks for itself: a lost notification
/// costs a second and nothing else.
/// </summary>
internal sealed partial class PostgresListener : IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource server;
    private readonly string name;
    private readonly INeighbour neighbour;
    private readonly TimeProvider? clock;
    private readonly ILogger log;
    private readonly Thread thread;
    private volatile bool stopping;

    public PostgresListener(NpgsqlDataSource server, string name, INeighbour neighbour, TimeProvider? clock, ILogger log)
    {
        (this.server, this.name, this.neighbour, this.clock, this.log) = (server, name, neighbour, clock, log);
        thread = new Thread(Serve) { IsBackground = true, Name = "journal listener" };
        thread.Start();
    }

    public void Dispose()
    {
        stopping = true;
        thread.Join();
    }

    private void Serve()
    {
        while (!stopping)
        {
            try
            {
                using var session = new PostgresSession(server, seconds: 5);
                using var connection = server.OpenConnection();
                Listen(connection, session);
            }
            catch (Exception away) when (away is NpgsqlException or DatabaseException or InvalidOperationException)
            {
                LogAway(away.GetType().Name);
                Thread.Sleep(LookEvery);
            }
        }
    }

    private void Listen(NpgsqlConnection connection, PostgresSession session)
    {
        connection.Notification += (_, told) => Hear(told.Payload);
        using (var listen = new NpgsqlCommand($"listen {PostgresLetter.Channel}", connection) { CommandTimeout = 5 })
            listen.ExecuteNonQuery();
        // Whatever moved while nobody listened is found by the first look.
        for (var looked = long.MinValue; !stopping;)
        {
            if (looked == long.MinValue || Stopwatch.GetElapsedTime(looked) >= LookEvery)
            {
                Look(session);
                looked = Stopwatch.GetTimestamp();
            }

            connection.Wait(TimeSpan.FromMilliseconds(200));
        }
    }

    private void Look(PostgresSession session)
    {
        var heads = neighbour.Heads.ToList();
        if (heads.Count > 0)
            foreach (var (account, head) in session[PostgresTables.Moved]
                .Bind(1, heads.Select(one => one.Account.Value).ToArray()).Bind(2, heads.Select(one => one.Head).ToArray())
                .All(row => (new AccountId(row.Number(0)), row.Number(1))).ToList())
                neighbour.HearMoved(account, head);
        foreach (var account in session[PostgresTables.Overdue].Bind(1, clock is null ? null : Events.Microseconds(clock.GetUtcNow()))
            .All(row => new AccountId(row.Number(0))).ToList())
            neighbour.HearOverdue(account);
    }

    private void Hear(string payload)
    {
        if (PostgresLetter.Read(Encoding.UTF8.GetBytes(payload)) is not { } letter || letter.From == name)
            return;
        foreach (var moved in letter.Moved)
            neighbour.HearMoved(new AccountId(moved[0]), moved[1]);
        foreach (var signal in letter.Signals)
            neighbour.HearSignal(new AccountId(signal.Account), signal.Packed);
        foreach (var reset in letter.Resets)
            neighbour.HearReset(new AccountId(reset[0]), new FeedKey((byte)reset[1], reset[2]));
    }

    [LoggerMessage(1, LogLevel.Warning, "Other nodes are not heard at present: {Reason}")]
    private partial void LogAway(string reason);
}
