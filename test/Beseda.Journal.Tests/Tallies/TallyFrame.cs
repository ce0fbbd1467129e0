namespace Beseda.Journal.Tests.Tallies;

/// <summary>What readers get of an event, or of a signal (seq 0).</summary>
internal sealed class TallyFrame(long seq, string text, params FeedKey[] keys) : Frame
{
    public override long Seq => seq;

    public override IReadOnlyList<FeedKey> Keys => keys;

    public string Text => text;

    public static FeedKey Key(long tally) => new(1, tally);
}

/// <summary>An event is told under the tally it is about.</summary>
internal sealed class TallyFrames : IFrames<Board, Fact>
{
    /// <summary>Runs when the state is out and the feeds are not, on the writing thread.</summary>
    public Action? Before { get; set; }

    public Frame Frame(Board state, Entry<Fact> entry)
    {
        Before?.Invoke();
        return new TallyFrame(entry.Seq, entry.Event.ToString(), TallyFrame.Key(KeyOf(entry.Event)));
    }

    private static long KeyOf(Fact happened) => happened switch
    {
        Counted e => e.Tally,
        Closed e => e.Tally,
        Reminded e => e.Tally,
        Rang e => e.Tally,
        _ => 0,
    };

    public string Pack(Frame signal) => $"{string.Join(',', signal.Keys.Select(key => key.Id))} {((TallyFrame)signal).Text}";

    public Frame? Unpack(Board state, string packed)
    {
        var (keys, text) = (packed[..packed.IndexOf(' ', StringComparison.Ordinal)], packed[(packed.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        return new TallyFrame(0, text, [.. keys.Split(',').Select(key => TallyFrame.Key(long.Parse(key, System.Globalization.CultureInfo.InvariantCulture)))]);
    }
}
