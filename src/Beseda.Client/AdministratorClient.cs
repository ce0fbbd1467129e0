using Beseda.Protocol;

namespace Beseda.Client;

/// <summary>What an administrator does with channels. Signed in as <see cref="OperatorClient"/> is, over the same <see cref="HttpClient"/>.</summary>
/// <remarks>Every call throws <see cref="BesedaException"/> when refused (422 names the fields) and
/// <see cref="HttpRequestException"/> when the server cannot be reached.</remarks>
public sealed class AdministratorClient(HttpClient http, string name = "dotnet")
{
    private const string Channels = "/api/admin/channels";

    private readonly Wire wire = new(http, request => request.Headers.Add("X-Beseda-Client", name));

    /// <summary>The platforms that can be connected, and what each needs to be told.</summary>
    public Task<IReadOnlyList<ChannelKind>> ChannelKindsAsync(CancellationToken stop = default) =>
        wire.Get<IReadOnlyList<ChannelKind>>($"{Channels}/kinds", stop);

    public Task<IReadOnlyList<ChannelSettings>> ChannelsAsync(CancellationToken stop = default) =>
        wire.Get<IReadOnlyList<ChannelSettings>>(Channels, stop);

    public Task<ChannelSettings> ConnectAsync(ChannelSettings channel, CancellationToken stop = default) =>
        wire.Post<ChannelSettings, ChannelSettings>(Channels, channel, stop);

    /// <summary>Secrets that are left out stay as they are.</summary>
    public Task<ChannelSettings> ChangeAsync(long id, ChannelSettings channel, CancellationToken stop = default) =>
        wire.Put<ChannelSettings, ChannelSettings>($"{Channels}/{id}", channel, stop);

    /// <summary>What was said in it stays; what is said to its visitors from now on reaches nobody.</summary>
    public Task DisconnectAsync(long id, CancellationToken stop = default) => wire.Delete($"{Channels}/{id}", stop);

    /// <summary>Asks the platform now, and answers with fresh <see cref="ChannelSettings.Health"/>.</summary>
    public Task<ChannelSettings> CheckAsync(long id, CancellationToken stop = default) =>
        wire.Post<ChannelSettings>($"{Channels}/{id}/check", stop);

    /// <summary>Says something to a visitor of the channel.</summary>
    public Task<ChannelTested> TestAsync(long id, ChannelTest test, CancellationToken stop = default) =>
        wire.Post<ChannelTest, ChannelTested>($"{Channels}/{id}/test", test, stop);

    /// <summary>Reads the updates again that were kept because they were not understood.</summary>
    public Task ReplayAsync(long id, CancellationToken stop = default) => wire.Tell($"{Channels}/{id}/replay", stop);
}
