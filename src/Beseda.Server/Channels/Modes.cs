namespace Beseda.Server.Channels;

/// <summary>How a channel hears of what happens, where its platform offers both.</summary>
internal static class Modes
{
    public const string Setting = "mode";

    /// <summary>The platform tells: it has to reach this server.</summary>
    public const string Webhook = "webhook";

    /// <summary>The platform is asked, which works from anywhere.</summary>
    public const string Poll = "poll";

    /// <summary>Without a public address there is nothing but asking; with one, being told is the rule.</summary>
    public static bool Polls(ChannelAccess access) => access.Door is null || access.Setting(Setting) == Poll;
}
