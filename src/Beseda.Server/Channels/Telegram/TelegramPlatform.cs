namespace Beseda.Server.Channels.Telegram;

/// <summary>Bots of Telegram: https://core.telegram.org/bots/api.</summary>
internal sealed class TelegramPlatform : IPlatform
{
    public const string Standard = "https://api.telegram.org/";

    public const string Token = "token";

    public string Kind => "telegram";

    public Wire.ChannelKind Description { get; } = new(
        "telegram", "Telegram",
        [new Wire.ChannelField(Token, Secret: true), new Wire.ChannelField(Modes.Setting, Required: false, Choices: [Modes.Poll, Modes.Webhook])],
        new Wire.Capabilities(
            TextLength: 4_096, Buttons: 40, MaxFile: 50 * 1024 * 1024, Edit: true, Delete: true, TypingShown: true, Replies: true));

    /// <summary>Telegram's FAQ for bots: about one message a second in a chat, 30 a second in all.</summary>
    public Pace Pace { get; } = new(PerChat: 1, PerChannel: 30);

    public IConnection Connect(ChannelAccess access) => new TelegramConnection(access);
}
