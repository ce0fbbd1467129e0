namespace Beseda.Server.Channels.Vk;

/// <summary>Communities of VKontakte, version 5.199 of its API: https://dev.vk.com.</summary>
internal sealed class VkPlatform : IPlatform
{
    public const string Standard = "https://api.vk.com/";
    public const string Token = "token";
    public const string Group = "groupId";

    public string Kind => "vk";

    public Wire.ChannelKind Description { get; } = new(
        "vk", "VK",
        [new Wire.ChannelField(Token, Secret: true), new Wire.ChannelField(Modes.Setting, Required: false, Choices: [Modes.Poll, Modes.Webhook])],
        new Wire.Capabilities(
            TextLength: 4_096, Buttons: 40, MaxFile: 50 * 1024 * 1024, Edit: true, Delete: true, Seen: true, TypingShown: true, TypingSeen: true, Replies: true));

    /// <summary>20 calls a second for a community's token; a file takes three of them.</summary>
    public Pace Pace { get; } = new(PerChat: 3, PerChannel: 18);

    public IConnection Connect(ChannelAccess access) => new VkConnection(access);
}
