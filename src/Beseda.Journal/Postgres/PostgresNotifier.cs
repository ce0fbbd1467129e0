using Microsoft.Extensions.Logging;
using Npgsql;

namespace Beseda.Journal.Postgres;

/// <summary>
/// Tells the other processes what moved and who signals, a few milliseconds' worth at once, outside every transaction: a
/// notifying commit would hold up the whole cluster through its sync. What cannot be told is dropped: they look by themselves.
/// </summary>
internal sealed class PostgresNotifier : INeighbours
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly Lock gate = new();
    private readonly NpgsqlDataSource server;
    private readonly string name = Guid.NewGuid().ToString("N")[..12];
    private readonly TimeProvider? clock;
    private readonly ILogger log;
    private readonly Dictionary<long, long> moved = [];
    private readonly List<PostgresLetter.Signalled> signals = [];
    private readonly List<long[]> resets = [];
    private readonly AutoResetEvent news = new(false);
    private readonly Thread thread;
    private PostgresListener? listener;
    private volatile bool stopping;

    public PostgresNotifier(NpgsqlDataSource server, TimeProvider? clock, ILogger log)
    {
        (this.server, this.clock, this.log) = (server, clock, log);
        thread = new Thread(Serve) { IsBackground = true, Name = "journal notifier" };
        thread.Start();
    }

    public void Moved(AccountId account, long head)
    {
        lock (gate)
            moved[account.Value] = head;
        news.Set();
    }

    public void Signal(AccountId account, string packed)
    {
        lock (gate)
            signals.Add(new PostgresLetter.Signalled(account.Value, packed));
        news.Set();
    }

    public void Reset(AccountId account, FeedKey key)
    {
        lock (gate)
            resets.Add([account.Value, key.Kind, key.Id]);
        news.Set();
    }

    public void Listen(INeighbour ear) => listener = new PostgresListener(server, name, ear, clock, log);

    public void Dispose()
    {
        listener?.Dispose();
        stopping = true;
        news.Set();
        thread.Join();
        news.Dispose();
    }

    private void Serve()
    {
        NpgsqlConnection? connection = null;
        while (news.WaitOne() && !stopping)
        {
            try
            {
                connection ??= server.OpenConnection();
                Send(connection, Take());
            }
            catch (Exception away) when (away is NpgsqlException or InvalidOperationException)
            {
                connection?.Dispose();
                connection = null;
            }

            Thread.Sleep(Pause);
        }

        connection?.Dispose();
    }

    private List<byte[]> Take()
    {
        lock (gate)
        {
            var letters = PostgresLetter.Write(name, [.. moved.Select(pair => new[] { pair.Key, pair.Value })], [.. signals], [.. resets]).ToList();
            moved.Clear();
            signals.Clear();
            resets.Clear();
            return letters;
        }
    }

    private static void Send(NpgsqlConnection connection, List<byte[]> letters)
    {
        using var batch = new NpgsqlBatch(connection) { Timeout = 5 };
        foreach (var letter in letters)
            batch.BatchCommands.Add(new NpgsqlBatchCommand($"select pg_notify('{PostgresLetter.Channel}', convert_from($1, 'UTF8'))")
            {
                Parameters = { new NpgsqlParameter<byte[]> { TypedValue = letter } },
            });
        if (letters.Count > 0)
            batch.ExecuteNonQuery();
    }
}
