using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Beseda.Domain.Channels;
using Beseda.Journal;
using Beseda.Server.Doors;

namespace Beseda.Server.Channels;

/// <summary>The connections to the platforms of all channels, each as long as its channel's settings stay.</summary>
internal sealed class Connections(InstallKey key, Outbound outbound, PublicAddress address, IConfiguration configuration, TimeProvider clock) : IDisposable
{
    private const string Purpose = "channel";

    private readonly ConcurrentDictionary<(AccountId Account, ChannelId Channel), Connected> open = new();
    private readonly ConcurrentDictionary<(AccountId Account, ChannelId Channel), Throttle> throttles = new();
    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        MaxConnectionsPerServer = 64,
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Null: no such kind of channel here.</summary>
    public Connected? Of(AccountId account, Channel channel)
    {
        if (open.TryGetValue((account, channel.Id), out var known) && ReferenceEquals(known.Channel, channel))
            return known;
        return Connect(account, channel) is { } connected ? open[(account, channel.Id)] = connected : null;
    }

    /// <summary>One that is not kept: its settings are only being tried.</summary>
    public Connected? Connect(AccountId account, Channel channel)
    {
        if (Platforms.Find(channel.Kind) is not { } platform)
            return null;
        var door = address.Of($"/channels/{DoorAddress.Of(key, account, channel.Id)}");
        var access = new ChannelAccess(
            account, channel, Unseal(channel.Secrets), door, DoorAddress.SaltOf(key, account, channel.Id),
            PlatformAddress.Of(configuration, channel.Kind), http, outbound.Http, clock)
        { Dial = outbound.DialAsync };
        return new Connected(channel, platform, platform.Connect(access), door, throttles.GetOrAdd((account, channel.Id), _ => new Throttle(platform.Pace)));
    }

    public string Seal(IReadOnlyDictionary<string, string> secrets) => key.Encrypt(Purpose, JsonSerializer.SerializeToUtf8Bytes(secrets));

    public ImmutableSortedDictionary<string, string> Unseal(string secrets) => secrets.Length == 0
        ? ImmutableSortedDictionary<string, string>.Empty
        : JsonSerializer.Deserialize<ImmutableSortedDictionary<string, string>>(key.Decrypt(Purpose, secrets))!;

    public void Dispose()
    {
        http.Dispose();
        foreach (var throttle in throttles.Values)
            throttle.Dispose();
    }
}

/// <summary>A channel with what is needed to talk to its platform.</summary>
internal sealed record Connected(Channel Channel, IPlatform Platform, IConnection Connection, Uri? Door, Throttle Throttle);
