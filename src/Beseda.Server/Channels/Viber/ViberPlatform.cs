namespace Beseda.Server.Channels.Viber;

/// <summary>Bots of Viber: https://developers.viber.com/docs/api/rest-bot-api. Viber only tells, and fetches files by address: it needs a public one.</summary>
internal sealed class ViberPlatform : IPlatform
{
    public const string Standard = "https://chatapi.viber.com/";
    public const string Token = "token";

    public string Kind => "viber";

    public Wire.ChannelKind Description { get; } = new(
        "viber", "Viber",
        [new Wire.ChannelField(Token, Secret: true)],
        new Wire.Capabilities(TextLength: 7_000, Buttons: 24, MaxFile: 50 * 1024 * 1024, Delivered: true, Seen: true));

    /// <summary>Documented are 500 calls in ten seconds, and a hundred messages an hour to who does not answer: the latter is refused with status 12.</summary>
    public Pace Pace { get; } = new(PerChat: 1, PerChannel: 50);

    public IConnection Connect(ChannelAccess access) => new ViberConnection(access);
}
