namespace Beseda.Server.Channels;

/// <summary>The kinds of channels there are: a line each.</summary>
internal static class Platforms
{
    public static readonly IReadOnlyList<IPlatform> All =
    [
        new Telegram.TelegramPlatform(),
        new Vk.VkPlatform(),
        new Viber.ViberPlatform(),
        new Messenger.MessengerPlatform(),
        new Mail.MailPlatform(),
    ];

    public static IPlatform? Find(string kind) => All.FirstOrDefault(platform => platform.Kind == kind);
}

/// <summary>Where a platform is called, when not at its own address: <c>Channels:KIND:Address</c>, such as a server of one's own.</summary>
internal sealed record PlatformAddress(Uri? Set)
{
    public static PlatformAddress Of(IConfiguration configuration, string kind) => configuration[$"Channels:{kind}:Address"] is not { Length: > 0 } set
        ? new PlatformAddress((Uri?)null)
        : Uri.TryCreate(set.EndsWith('/') ? set : $"{set}/", UriKind.Absolute, out var address) && address.Scheme is ("http" or "https")
            ? new PlatformAddress(address)
            : throw new InvalidOperationException($"Channels:{kind}:Address: {set} is no address that begins with https:// or http://.");

    public Uri Or(string standard) => Set ?? new Uri(standard);
}
