using System.Globalization;
using Beseda.Journal.Postgres;
using Beseda.Journal.Sqlite;
using Beseda.Server.Doors;
using Beseda.Server.Users;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace Beseda.Server.Upkeep;

/// <summary>
/// <c>beseda move --to postgres://…</c>: everything in a data folder into an empty PostgreSQL database, with the server
/// stopped. Numbers and the journal's id stay: clients go on where they are.
/// </summary>
internal static class Move
{
    /// <summary>What PostgreSQL keeps in another way, or makes itself.</summary>
    private static readonly HashSet<string> Left = ["client_ids", "conversation_events", "__EFMigrationsHistory", "__EFMigrationsLock", "sqlite_sequence"];

    public static async Task<int> RunAsync(CommandLine line)
    {
        if (line.Words.Count > 0 || line.Options.GetValueOrDefault("--to") is not { } to)
            throw new FormatException("move --to postgres://user:password@host:port/database [--data DIR]");
        using var held = SqliteFile.Open(line.Data);
        using var server = PostgresServer.Of(to);
        await using var target = server.OpenPool(2);
        await PrepareAsync(CommandLine.Parse(["run", "--database", to]), target);

        await using var connection = await target.OpenConnectionAsync();
        await using var whole = await connection.BeginTransactionAsync();
        foreach (var name in (string[])["journal.db", "directory.db"])
            await CopyAsync(Path.Combine(line.Data, name), connection);
        await KeepKeyAsync(Path.Combine(line.Data, "install.key"), connection);
        await whole.CommitAsync();
        Console.WriteLine($"Moved. Start every node with --database and the same address; {Path.GetFullPath(line.Data)} is as it was.");
        if (Directory.Exists(line.Files))
            Console.WriteLine($"What people attached stays in {Path.GetFullPath(line.Files)}: let every node reach that folder, and name it by --files.");
        return 0;
    }

    /// <summary>Makes the tables, and refuses a database that has data in them.</summary>
    private static async Task PrepareAsync(CommandLine line, NpgsqlDataSource target)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddStorage(line);
        using var host = builder.Build();
        host.Services.GetRequiredService<ChatJournal>();
        await using var scope = host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DirectoryDb>().UpgradeAsync();
        await using var any = target.CreateCommand("select exists (select 1 from accounts) or exists (select 1 from \"AspNetUsers\")");
        if (await any.ExecuteScalarAsync() is true)
            throw new InvalidOperationException("The database holds accounts already: move into an empty one.");
    }

    private static async Task CopyAsync(string file, NpgsqlConnection target)
    {
        await using var source = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=false");
        await source.OpenAsync();
        var tables = new List<string>();
        await using (var names = source.CreateCommand())
        {
            names.CommandText = "select name from sqlite_master where type = 'table' order by name";
            await using var rows = await names.ExecuteReaderAsync();
            while (await rows.ReadAsync())
                tables.Add(rows.GetString(0));
        }

        foreach (var table in tables.Where(table => !Left.Contains(table)))
            Console.WriteLine($"{table}: {await CopyAsync(source, target, table)} rows");
    }

    private static async Task<long> CopyAsync(SqliteConnection source, NpgsqlConnection target, string table)
    {
        var types = await TypesAsync(target, table);
        await ExecuteAsync(target, $"delete from \"{table}\"");
        await using var reading = source.CreateCommand();
        reading.CommandText = $"select * from \"{table}\"";
        await using var rows = await reading.ExecuteReaderAsync();
        var columns = Enumerable.Range(0, rows.FieldCount).Where(i => types.ContainsKey(rows.GetName(i))).ToList();
        var names = string.Join(", ", columns.Select(i => $"\"{rows.GetName(i)}\""));
        var count = 0L;
        await using (var writing = await target.BeginBinaryImportAsync($"copy \"{table}\" ({names}) from stdin (format binary)"))
        {
            for (; await rows.ReadAsync(); count++)
            {
                await writing.StartRowAsync();
                foreach (var column in columns)
                    await WriteAsync(writing, rows.GetValue(column), types[rows.GetName(column)]);
            }

            await writing.CompleteAsync();
        }

        foreach (var (column, _) in types.Where(one => one.Value.IsIdentity))
            await ExecuteAsync(target, $"select setval(pg_get_serial_sequence('\"{table}\"', '{column}'), greatest(1, (select coalesce(max(\"{column}\"), 1) from \"{table}\")))");
        return count;
    }

    private static Task WriteAsync(NpgsqlBinaryImporter writing, object value, (string Name, bool IsIdentity) type) => (value, type.Name) switch
    {
        (DBNull, _) => writing.WriteNullAsync(),
        (long number, "boolean") => writing.WriteAsync(number != 0, NpgsqlDbType.Boolean),
        (long number, "smallint") => writing.WriteAsync((short)number, NpgsqlDbType.Smallint),
        (long number, "integer") => writing.WriteAsync((int)number, NpgsqlDbType.Integer),
        (long number, _) => writing.WriteAsync(number, NpgsqlDbType.Bigint),
        (string time, "timestamp with time zone") => writing.WriteAsync(
            DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUniversalTime(), NpgsqlDbType.TimestampTz),
        (string text, _) => writing.WriteAsync(text, NpgsqlDbType.Text),
        (byte[] bytes, _) => writing.WriteAsync(bytes, NpgsqlDbType.Bytea),
        _ => throw new InvalidOperationException($"A value of {value.GetType().Name} cannot become {type.Name}."),
    };

    private static async Task<Dictionary<string, (string Name, bool IsIdentity)>> TypesAsync(NpgsqlConnection target, string table)
    {
        await using var command = new NpgsqlCommand(
            "select column_name, data_type, is_identity = 'YES' from information_schema.columns where table_schema = current_schema() and table_name = $1", target)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = table } },
        };
        var types = new Dictionary<string, (string, bool)>();
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
            types[rows.GetString(0)] = (rows.GetString(1), rows.GetBoolean(2));
        return types.Count > 0 ? types : throw new InvalidOperationException($"This version knows no table {table}.");
    }

    /// <summary>All nodes are to have the key that signed what is out there.</summary>
    private static async Task KeepKeyAsync(string file, NpgsqlConnection target)
    {
        await using var command = new NpgsqlCommand("insert into journal (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value", target)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = InstallKeys.Kept },
                new NpgsqlParameter<string> { TypedValue = await File.ReadAllTextAsync(file) },
            },
        };
        await command.ExecuteNonQueryAsync();
    }

    private static async Task ExecuteAsync(NpgsqlConnection target, string sql)
    {
        await using var command = new NpgsqlCommand(sql, target);
        await command.ExecuteNonQueryAsync();
    }
}
