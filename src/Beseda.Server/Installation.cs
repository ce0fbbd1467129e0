using Beseda.Journal;
using Beseda.Journal.Sqlite;
using Beseda.Server.Accounts;
using Beseda.Server.Users;
using Beseda.Server.Doors;
using Beseda.Server.Storage;

namespace Beseda.Server;

/// <summary>One data folder opened by one process, and the server on it.</summary>
public static class Installation
{
    public static async Task<int> RunAsync(CommandLine line)
    {
        await using var app = await StartAsync(line);
        Console.WriteLine($"Beseda listens on {string.Join(", ", app.Urls)}; data in {Path.GetFullPath(line.Data)}");
        if (line.Demo)
            Console.WriteLine(DemoAccount.SignInsAt(app.Urls.First()));
        await app.WaitForShutdownAsync();
        return 0;
    }

    /// <summary>Opens the data folder, makes what is missing, and starts to listen.</summary>
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
        await PrepareAsync(app.Services, line);
        app.MapBeseda(line);
        await app.StartAsync();
        return app;
    }

    /// <summary>Storage and keys: what the server and the command line both need.</summary>
    public static void AddStorage(this IServiceCollection services, string folder)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_ => SqliteFile.Open(folder));
        services.AddSingleton(provider =>
        {
            // The lock on the folder first: two servers must not both make a key.
            provider.GetRequiredService<SqliteFile>();
            return InstallKey.Open(Path.Combine(folder, "install.key"));
        });
        services.AddSingleton(provider => new ChatJournal(
            provider.GetRequiredService<SqliteFile>(),
            new Subject<AccountState, Spoken, Event>(new ChatRules(), new ChatCodec(), new ChatProjection(), new Feeds.ChatFrames()),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>().CreateLogger("Beseda.Journal")));
        services.AddDirectory(folder);
    }

    public static async Task PrepareAsync(IServiceProvider services, CommandLine line)
    {
        services.GetRequiredService<SqliteFile>();
        await using (var scope = services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<DirectoryDb>().UpgradeAsync();
        if (line.Demo)
            await DemoAccount.MakeAsync(services);
        await services.GetRequiredService<ChatJournal>().StartAsync();
    }
}
