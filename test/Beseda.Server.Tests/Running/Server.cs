using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

[assembly: AssemblyFixture(typeof(Beseda.Server.Tests.Server))]

namespace Beseda.Server.Tests;

/// <summary>
/// The server in this process, on a real port and a data folder of its own. Most tests share one, each with a company of
/// its own in it; who needs another clock, or limits, starts another.
/// </summary>
public sealed class Server : IAsyncLifetime
{
    private static readonly string[] Anywhere = ["--urls", "http://127.0.0.1:0"];

    private readonly string folder;
    private readonly string[] arguments;
    private readonly Action<WebApplicationBuilder> configure;
    private WebApplication? app;
    private bool keep;

    public Server()
        : this(["--limits", "off"], _ => { })
    {
    }

    private Server(string[] arguments, Action<WebApplicationBuilder> configure, string? folder = null)
    {
        (this.arguments, this.configure) = (arguments, configure);
        this.folder = folder ?? Path.Combine(Path.GetTempPath(), $"beseda-{Guid.NewGuid():N}");
    }

    public Uri Address => new(app!.Urls.Single());

    public string Folder => folder;

    public IServiceProvider Services => app!.Services;

    /// <summary>Every line the server has logged, with its category and exception.</summary>
    public ConcurrentQueue<string> Log { get; } = [];

    /// <summary>Everything the server logged as an error, on its own account: it is to be empty in the end.</summary>
    public IEnumerable<string> Errors => Log.Where(line => line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Critical", StringComparison.Ordinal));

    public static async Task<Server> StartAsync(string[] arguments, Action<WebApplicationBuilder>? configure = null)
    {
        var server = new Server(arguments, configure ?? (_ => { }));
        await server.InitializeAsync();
        return server;
    }

    /// <summary>On data that is there already, and stays.</summary>
    public static async Task<Server> OnAsync(string folder)
    {
        var server = new Server([], _ => { }, folder) { keep = true };
        await server.InitializeAsync();
        return server;
    }

    public async ValueTask InitializeAsync() => app = await Installation.StartAsync(
        CommandLine.Parse(["run", .. Engine.ArgumentsFor(folder), .. arguments.Contains("--urls") ? [] : Anywhere, .. arguments]), Configure);

    /// <summary>Stops it and starts it again on the same data and address.</summary>
    public async Task RestartAsync()
    {
        var address = Address.GetLeftPart(UriPartial.Authority);
        await app!.StopAsync();
        await app.DisposeAsync();
        app = await Installation.StartAsync(
            CommandLine.Parse(["run", .. Engine.ArgumentsFor(folder), .. arguments.Contains("--urls") ? [] : (string[])["--urls", address], .. arguments]), Configure);
    }

    public async ValueTask DisposeAsync()
    {
        await app!.StopAsync();
        await app.DisposeAsync();
        if (!keep)
            Directory.Delete(folder, recursive: true);
    }

    private void Configure(WebApplicationBuilder builder)
    {
        builder.Environment.ApplicationName = "Beseda.Server";
        builder.Logging.ClearProviders().AddProvider(new Remembered(Log));
        // A hash that takes a tenth of a second says nothing more about the product than one that takes a thousandth.
        builder.Services.Configure<PasswordHasherOptions>(hashing => hashing.IterationCount = 1_000);
        configure(builder);
    }

    private sealed class Remembered(ConcurrentQueue<string> log) : ILoggerProvider, ILogger
    {
        private string category = "";

        public ILogger CreateLogger(string categoryName) => new Remembered(log) { category = categoryName };

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Enqueue($"{logLevel} {category} {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}

internal static class Names
{
    private static int last;

    /// <summary>Never the same twice in a run.</summary>
    public static string New([CallerMemberName] string of = "") => $"{of.ToLowerInvariant()}-{Interlocked.Increment(ref last)}";
}
