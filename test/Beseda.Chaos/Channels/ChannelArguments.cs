namespace Beseda.Chaos.Channels;

/// <param name="Server">Path of the server's program.</param>
/// <param name="Messages">So many of customers, and as many of operators, in each channel.</param>
/// <param name="Kills">How often a server is killed meanwhile.</param>
/// <param name="Conversations">In each channel.</param>
/// <param name="Postgres">Three nodes on PostgreSQL; else one on SQLite.</param>
/// <param name="Pace">What a second of a platform's own waiting lasts, in seconds.</param>
/// <param name="Trouble">So long one platform hangs, instead of anybody being killed; null: no such thing.</param>
internal sealed record ChannelArguments(
    string Server, int Messages = 1000, int Kills = 20, int Conversations = 40, int Seed = 1, bool Postgres = true, bool Keep = false, double Pace = 1,
    TimeSpan? Trouble = null, string? Folder = null)
{
    public const string Verb = "channels";
    public const string Usage = "bin/chaos channels [--messages N] [--kills N | --trouble SECONDS] [--conversations N] [--seed S] [--keep] [--sqlite]";

    private static readonly string[] WithValue = ["--server", "--folder", "--messages", "--kills", "--conversations", "--seed", "--trouble"];
    private static readonly string[] Alone = [Verb, "--keep", "--sqlite"];

    /// <summary>How long people talk: ten messages in four seconds each way, and long enough for what is to go wrong.</summary>
    public TimeSpan Length => TimeSpan.FromSeconds(Math.Max(Messages * 0.4, Trouble is { } time ? time.TotalSeconds * 4 : Kills * (Postgres ? 15 : 8)));

    /// <exception cref="FormatException">Says what cannot be understood.</exception>
    public static ChannelArguments Read(IReadOnlyList<string> args)
    {
        var options = new Options(args, WithValue, Alone);
        var messages = (int)options.Number("--messages", 1000);
        return new ChannelArguments(
            options.Server,
            messages,
            (int)options.Number("--kills", 20),
            (int)options.Number("--conversations", Math.Clamp(messages / 25, 4, 40)),
            (int)options.Number("--seed", Environment.TickCount & 0xFFFF),
            !options.Has("--sqlite"),
            options.Has("--keep"),
            Trouble: options.Has("--trouble") ? TimeSpan.FromSeconds(options.Number("--trouble", 60)) : null,
            Folder: options.Text("--folder"));
    }
}
