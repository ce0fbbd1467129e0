using System.Text.Json;
using System.Text.Json.Serialization;
using Beseda.Platforms.Mail;
using Beseda.Platforms.Messenger;
using Beseda.Platforms.Playground;
using Beseda.Platforms.Telegram;
using Beseda.Platforms.Viber;
using Beseda.Platforms.Vk;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Beseda.Platforms;

/// <summary>All the platforms, served by one process at one address.</summary>
public sealed class Town : IAsyncDisposable
{
    /// <summary>VK takes documents of 200 MB; a little more, so that it is the platform that refuses.</summary>
    private const long LargestCall = 220L * 1024 * 1024;

    private readonly WebApplication app;

    private Town(WebApplication app, World world)
    {
        this.app = app;
        World = world;
        Telegram = new TelegramPlatform(world);
        Vk = new VkPlatform(world);
        Viber = new ViberPlatform(world);
        Messenger = new MessengerPlatform(world);
        Mail = new MailPlatform(world);
    }

    public World World { get; }

    /// <summary>The address without a path. Each platform has its own below it.</summary>
    public Uri Address => World.Address;

    public TelegramPlatform Telegram { get; }

    public VkPlatform Vk { get; }

    public ViberPlatform Viber { get; }

    public MessengerPlatform Messenger { get; }

    public MailPlatform Mail { get; }

    public IReadOnlyList<Platform> Platforms => [Telegram, Vk, Viber, Messenger, Mail];

    /// <param name="port">0 for any that is free.</param>
    /// <param name="pace">See <see cref="World.Pace"/>.</param>
    /// <param name="seed">The same chance every time.</param>
    public static Task<Town> StartAsync(int port = 0, double pace = 1, int seed = 1) => StartAsync(new Uri($"http://127.0.0.1:{port}"), pace, seed);

    public static async Task<Town> StartAsync(Uri address, double pace = 1, int seed = 1)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [] });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = LargestCall);
        builder.Services.Configure<FormOptions>(form => form.MultipartBodyLengthLimit = LargestCall);
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase)));
        builder.WebHost.UseUrls(address.AbsoluteUri);
        var app = builder.Build();
        var town = new Town(app, new World(seed, pace));
        town.World.Shelf.Map(app);
        foreach (var platform in town.Platforms)
            platform.Map(app);
        Play.Map(app, town);
        Page.Map(app);
        await app.StartAsync();
        town.World.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());
        return town;
    }

    public Task WaitAsync() => app.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var account in Platforms.SelectMany(platform => platform.Accounts))
            account.Stop();
        foreach (var platform in Platforms)
            platform.Stop();
        using var impatience = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        await app.StopAsync(impatience.Token);
        await app.DisposeAsync();
        World.Dispose();
    }
}
