namespace Beseda.Server.Channels.Messenger;

/// <summary>
/// Pages of Facebook: https://developers.facebook.com/docs/messenger-platform. The app's webhook is set on Meta's own page, with
/// the channel's door and verify token; which page tells the app is set here.
/// </summary>
internal sealed class MessengerPlatform : IPlatform
{
    public const string Standard = "https://graph.facebook.com/";
    public const string Version = "v25.0";

    public const string Token = "token";
    public const string AppSecret = "appSecret";
    public const string PageId = "pageId";

    /// <summary>Meta has granted the app that people answer up to seven days later.</summary>
    public const string HumanAgent = "humanAgent";
    public const string On = "on";
    public const string Off = "off";

    public string Kind => "messenger";

    public Wire.ChannelKind Description { get; } = new(
        "messenger", "Facebook Messenger",
        [
            new Wire.ChannelField(Token, Secret: true), new Wire.ChannelField(AppSecret, Secret: true), new Wire.ChannelField(PageId, Required: false),
            new Wire.ChannelField(HumanAgent, Required: false, Choices: [Off, On]),
        ],
        new Wire.Capabilities(
            TextLength: 2_000, Buttons: MessengerButtons.MostReplies, MaxFile: 25 * 1024 * 1024, Delivered: true, Seen: true, TypingShown: true, Replies: true,
            ReplyWithinHours: 24));

    /// <summary>The Send API takes 300 texts a second of a page, ten sounds or films.</summary>
    public Pace Pace { get; } = new(PerChat: 2, PerChannel: 200);

    public IConnection Connect(ChannelAccess access) => new MessengerConnection(access);
}
