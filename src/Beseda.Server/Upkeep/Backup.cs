using Beseda.Journal.Sqlite;
using Beseda.Server.Files;
using Beseda.Server.Users;
using Microsoft.Data.Sqlite;

namespace Beseda.Server.Upkeep;

/// <summary>
/// <c>beseda backup DIR</c>: a copy of the data folder and of what people attached, beside a live server, each database as of
/// one moment. For SQLite; PostgreSQL has its own tools.
/// </summary>
internal static class Backup
{
    private const string Key = "install.key";
    private const string Journal = "journal.db";
    private const string Files = "files";
    private static readonly string[] Databases = ["directory.db", Journal];

    public static Task<int> RunAsync(CommandLine line)
    {
        if (line.Words is not [var folder])
            throw new FormatException("backup DIR: the folder that the copy is to be.");
        if (line.Postgres is not null)
            throw new FormatException("backup is for SQLite. Copy PostgreSQL with pg_basebackup or pg_dump, and the install key if it is a file.");
        if (!File.Exists(Path.Combine(line.Data, Journal)))
            throw new InvalidOperationException($"There is no data in {Path.GetFullPath(line.Data)}.");
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw new InvalidOperationException($"{Path.GetFullPath(folder)} is not empty.");
        SqliteFile.Make(folder);
        // Sign-ins first: an operator of the journal without a sign-in could not be helped, a sign-in without an operator is nothing.
        foreach (var name in Databases)
            Copy(Path.Combine(line.Data, name), Path.Combine(folder, name));
        File.Copy(Path.Combine(line.Data, Key), Path.Combine(folder, Key));
        // After the rows: whatever the copied ones promise is there by now.
        CopyFiles(Path.Combine(folder, Journal), line.Files, Path.Combine(folder, Files));
        Console.WriteLine($"Copied to {Path.GetFullPath(folder)}. It holds the install key: keep it as safe as the data.");
        return Task.FromResult(0);
    }

    /// <summary>
    /// <c>beseda restore DIR</c>: makes a data folder of a copy. With <c>--database</c> and no folder: tells a PostgreSQL
    /// database that it has been restored. Either way the journal gets a new id, so that clients who have seen more than
    /// there now is begin anew, and leases end.
    /// </summary>
    public static async Task<int> RestoreAsync(CommandLine line)
    {
        if (line.Postgres is null)
            CopyBack(line.Words is [var folder] ? folder : throw new FormatException("restore DIR: the folder that backup made."), line.Data, line.Files);
        else if (line.Words.Count > 0)
            throw new FormatException("restore a PostgreSQL database with its own tools; then call restore --database … without a folder.");

        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddStorage(line);
        using var host = builder.Build();
        var id = await host.Services.GetRequiredService<ChatJournal>().RenewAsync();
        await using var scope = host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DirectoryDb>().UpgradeAsync();
        Console.WriteLine($"Restored. The journal's id is {id} from here on.");
        return 0;
    }

    private static void CopyBack(string from, string data, string files)
    {
        if (!Array.TrueForAll([Key, .. Databases], name => File.Exists(Path.Combine(from, name))))
            throw new InvalidOperationException($"{Path.GetFullPath(from)} is no copy of a data folder: {Key}, {string.Join(" and ", Databases)} are expected.");
        if (Directory.Exists(data) && Directory.EnumerateFileSystemEntries(data).Any())
            throw new InvalidOperationException($"{Path.GetFullPath(data)} is not empty: move it away first.");
        SqliteFile.Make(data);
        foreach (var name in (string[])[Key, .. Databases])
            File.Copy(Path.Combine(from, name), Path.Combine(data, name));
        CopyFiles(Path.Combine(from, Journal), Path.Combine(from, Files), files);
    }

    /// <summary>Those that have a row. Thumbnails are made again when somebody asks.</summary>
    private static void CopyFiles(string journal, string from, string to)
    {
        using var database = new SqliteConnection($"Data Source={journal};Mode=ReadOnly;Pooling=false");
        database.Open();
        using var ids = database.CreateCommand();
        // A copy from before there were files has no such table.
        ids.CommandText = "select count(*) from sqlite_master where name = 'files'";
        if (ids.ExecuteScalar() is 0L)
            return;
        SqliteFile.Make(to);
        var (source, target) = (new FileFolder(from), new FileFolder(to));
        ids.CommandText = "select id from files";
        using var rows = ids.ExecuteReader();
        var (copied, missing) = (0, 0);
        while (rows.Read())
            _ = source.CopyTo(target, rows.GetString(0)) ? copied++ : missing++;
        if (copied + missing > 0)
            Console.WriteLine($"{copied} files copied to {Path.GetFullPath(to)}{(missing > 0 ? $"; {missing} are not in {Path.GetFullPath(from)}: do they lie elsewhere (--files), or in a bucket?" : ".")}");
    }

    private static void Copy(string from, string to)
    {
        using var source = new SqliteConnection($"Data Source={from};Mode=ReadOnly;Pooling=false");
        using var copy = new SqliteConnection($"Data Source={to};Pooling=false");
        source.Open();
        copy.Open();
        source.BackupDatabase(copy);
    }
}
