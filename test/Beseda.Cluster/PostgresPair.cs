using System.Globalization;
using Npgsql;

namespace Beseda.Cluster;

/// <summary>A primary and the standby that confirms each of its commits: the primary can be lost at any time, and nothing with it.</summary>
public sealed class PostgresPair : IDisposable
{
    private PostgresPair(PostgresCluster primary, PostgresCluster standby) => (Primary, Standby) = (primary, standby);

    public PostgresCluster Primary { get; private set; }

    public PostgresCluster Standby { get; private set; }

    public static async Task<PostgresPair> StartAsync(int port, int standbyPort)
    {
        var primary = PostgresCluster.Start(port: port);
        var pair = new PostgresPair(primary, PostgresCluster.StartStandby(primary, standbyPort));
        await pair.ProtectAsync();
        return pair;
    }

    /// <summary>The primary falls down and gets up again.</summary>
    public async Task RestartAsync(TimeSpan down)
    {
        Primary.Stop("immediate");
        await Task.Delay(down);
        Primary.Resume();
        await ConfirmedAsync();
    }

    /// <summary>The same for the standby: commits wait for it.</summary>
    public async Task RestartStandbyAsync(TimeSpan down)
    {
        Standby.Stop("immediate");
        await Task.Delay(down);
        Standby.Resume();
        await ConfirmedAsync();
    }

    /// <summary>The primary is killed and never comes back; the standby takes over, and gets a new standby on the dead one's port.</summary>
    /// <param name="until">How long nobody notices.</param>
    public async Task FailOverAsync(TimeSpan until)
    {
        var dead = Primary;
        dead.Kill();
        await Task.Delay(until);
        Standby.Promote();
        Primary = Standby;
        dead.Dispose();
        Standby = PostgresCluster.StartStandby(Primary, dead.Port);
        await ProtectAsync();
    }

    public void Dispose()
    {
        Standby.Dispose();
        Primary.Dispose();
    }

    /// <summary>From here on a commit waits for the standby.</summary>
    private async Task ProtectAsync()
    {
        await UntilAsync("select exists (select from pg_stat_replication where state = 'streaming')");
        Primary.Execute("postgres", "alter system set synchronous_standby_names = '*'");
        Primary.Execute("postgres", "select pg_reload_conf()");
        await ConfirmedAsync();
        // The setting reaches each process when it next looks.
        await Task.Delay(1_000);
    }

    /// <summary>The standby has everything that was written before this call.</summary>
    private async Task ConfirmedAsync()
    {
        await using var connection = new NpgsqlConnection(Primary.ConnectionOf("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select pg_current_wal_lsn()::text", connection);
        var written = await command.ExecuteScalarAsync();
        await UntilAsync(string.Create(CultureInfo.InvariantCulture,
            $"select exists (select from pg_stat_replication where sync_state = 'sync' and flush_lsn >= '{written}'::pg_lsn)"));
    }

    private async Task UntilAsync(string question)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var connection = new NpgsqlConnection(Primary.ConnectionOf("postgres"));
        await connection.OpenAsync(patience.Token);
        await using var command = new NpgsqlCommand(question, connection);
        while (await command.ExecuteScalarAsync(patience.Token) is not true)
            await Task.Delay(50, patience.Token);
    }
}
