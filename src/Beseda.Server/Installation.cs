using Beseda.Journal;
using Beseda.Journal.Postgres;
using Beseda.Journal.Sqlite;
using Beseda.Server.Accounts;
using Beseda.Server.Users;
using Beseda.Server.Doors;
using Beseda.Server.Files;
using Beseda.Server.Storage;
using Npgsql;
using PostgresException = Beseda.Journal.Postgres.PostgresException;

namespace Beseda.Server;

/// <summary>One database opened by this process, and the server on it.</summary>
public static class Installation
{
    /// <summary>A second each. Whoever starts the process starts it again.</summary>
    private const int MostTries = 120;

    public static async Task<int> RunAsync(CommandLine line)
    {
        await using var app = await StartAsync(line);
        Console.WriteLine($"Beseda listens on {string.Join(", ", app.Urls)}; data in {(line.Postgres is null ? Path.GetFullPath(line.Data) : "PostgreSQL")}");
        if (line.Demo)
            Console.WriteLine(DemoAccount.SignInsAt(app.Urls.First()));
        await app.WaitForShutdownAsync();
        return 0;
    }

    /// <summary>Opens the database, makes what is missing, and starts to listen.</summary>
    public static async Task<WebApplication> StartAsync(CommandLine line, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = [.. line.Rest],
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseUrls(line.Urls.Split(';'));
        builder.AddBeseda(line);
        configure?.Invoke(builder);

        var app = builder.Build();
        await PrepareWhenThereAsync(app.Services, line);
        await app.Services.GetRequiredService<IFileStore>().CheckAsync();
        app.MapBeseda(line);
        app.Lifetime.ApplicationStopping.Register(app.Services.GetRequiredService<ChatJournal>().EndFeeds);
        await app.StartAsync();
        return app;
    }

    /// <summary>Storage and keys: what the server and the command line both need.</summary>
    public static void AddStorage(this IServiceCollection services, CommandLine line)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(provider => Open(line, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new ChatJournal(
            provider.GetRequiredService<Database>(),
            new Subject<AccountState, Spoken, Event>(new ChatRules(), new ChatCodec(), new ChatProjection(), new Feeds.ChatFrames()),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>().CreateLogger("Beseda.Journal"),
            new JournalSettings { IdleFor = line.IdleFor, TestCommitDelay = line.TestCommitDelay }));
        services.AddSingleton<InstallKeys>().AddSingleton(provider => provider.GetRequiredService<InstallKeys>().Current);
        services.AddDirectory(line);
    }

    /// <summary>A node may start before its database does, or while another machine takes over from it.</summary>
    private static async Task PrepareWhenThereAsync(IServiceProvider services, CommandLine line)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await PrepareAsync(services, line);
                return;
            }
            catch (Exception away) when (IsAway(away) && tries < MostTries)
            {
                if (tries == 1)
                    Console.WriteLine("The database is away; waiting for it.");
                await Task.Delay(TimeSpan.FromSeconds(1));
            }
        }
    }

    private static bool IsAway(Exception failure) => failure switch
    {
        PostgresException { IsAboutConnection: true } or NpgsqlException { IsTransient: true } => true,
        { InnerException: { } inner } => IsAway(inner),
        _ => false,
    };

    public static async Task PrepareAsync(IServiceProvider services, CommandLine line)
    {
        // The lock on the folder first: two servers must not both make a key.
        services.GetRequiredService<Database>();
        await services.GetRequiredService<InstallKeys>().OpenAsync(line);
        await using (var scope = services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<DirectoryDb>().UpgradeAsync();
        if (line.Demo)
            await DemoAccount.MakeAsync(services, line);
        await services.GetRequiredService<ChatJournal>().StartAsync();
    }

    private static Database Open(CommandLine line, TimeProvider clock) => line.Postgres is { } url
        ? PostgresServer.Of(url, clock == TimeProvider.System ? null : clock)
        : SqliteFile.Open(line.Data);
}
