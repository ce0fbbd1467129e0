using Beseda.Cluster;
using Npgsql;

namespace Beseda.Chaos.Tests.Stages;

/// <summary>The stage itself loses nothing: else what the server loses could not be told from it.</summary>
public sealed class Pair_tests
{
    [Fact]
    public async Task What_the_pair_confirmed_survives_restarts_and_failovers()
    {
        using var pair = await PostgresPair.StartAsync(Chaos.Stages.Ports.Take(), Chaos.Stages.Ports.Take());
        var database = pair.Primary.AddDatabase();
        pair.Primary.Execute(database, "create table numbers (number int primary key)");
        using var stop = new CancellationTokenSource();
        var writing = WriteAsync($"Host=127.0.0.1:{pair.Primary.Port},127.0.0.1:{pair.Standby.Port};Username=postgres;Database={database};Timeout=2;Host Recheck Seconds=0;Target Session Attributes=primary", stop.Token);

        for (var i = 0; i < 2; i++)
        {
            await pair.FailOverAsync(TimeSpan.FromSeconds(0.2));
            await pair.RestartAsync(TimeSpan.FromSeconds(0.2));
            await pair.RestartStandbyAsync(TimeSpan.FromSeconds(0.2));
        }

        await stop.CancelAsync();
        var confirmed = await writing;
        Assert.InRange(confirmed.Count, 100, int.MaxValue);
        Assert.Empty(confirmed.Except(await NumbersAsync(pair.Primary.ConnectionOf(database))));
    }

    private static async Task<List<int>> WriteAsync(string connection, CancellationToken stop)
    {
        var confirmed = new List<int>();
        await using var servers = new NpgsqlDataSourceBuilder(connection).BuildMultiHost();
        for (var number = 1; !stop.IsCancellationRequested; number++)
        {
            try
            {
                await using var command = servers.CreateCommand($"insert into numbers values ({number})");
                await command.ExecuteNonQueryAsync(CancellationToken.None);
                confirmed.Add(number);
            }
            catch (NpgsqlException)
            {
                // Not confirmed; it may be there all the same.
                await Task.Delay(20, CancellationToken.None);
            }
        }

        return confirmed;
    }

    private static async Task<HashSet<int>> NumbersAsync(string connection)
    {
        await using var open = new NpgsqlConnection(connection);
        await open.OpenAsync();
        await using var command = new NpgsqlCommand("select number from numbers", open);
        await using var rows = await command.ExecuteReaderAsync();
        var all = new HashSet<int>();
        while (await rows.ReadAsync())
            all.Add(rows.GetInt32(0));
        return all;
    }
}
