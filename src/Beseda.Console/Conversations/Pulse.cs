namespace Beseda.Workplace.Conversations;

[Flags]
public enum Part { None = 0, Lists = 1, Talk = 2, Head = 4, All = 7 }

/// <summary>
/// Says when to draw: the open conversation and the header with every slice of the feed, the lists at most ten times a
/// second, nothing at all while the tab is hidden.
/// </summary>
public sealed class Pulse(TimeProvider clock)
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(100);

    private Part dirty;
    private bool waiting;
    private long drawn;

    public event Action? ListsChanged;
    public event Action? TalkChanged;
    public event Action? HeadChanged;

    /// <summary>The tab is not looked at.</summary>
    public bool Hidden { get; set; }

    public void Mark(Part parts) => dirty |= parts;

    /// <summary>Draws what is due, after a slice of the feed.</summary>
    public void Beat()
    {
        if (Hidden) return;
        if (Taken(Part.Talk)) TalkChanged?.Invoke();
        if (Taken(Part.Head)) HeadChanged?.Invoke();
        if (!dirty.HasFlag(Part.Lists) || waiting) return;
        var rest = Slice - clock.GetElapsedTime(drawn);
        if (rest <= TimeSpan.Zero) DrawLists();
        else _ = DrawListsAfter(rest);
    }

    /// <summary>Draws everything changed now: the operator did it and is looking.</summary>
    public void Now()
    {
        if (dirty.HasFlag(Part.Lists)) DrawLists();
        Beat();
    }

    private async Task DrawListsAfter(TimeSpan rest)
    {
        waiting = true;
        await Task.Delay(rest, clock);
        waiting = false;
        if (!Hidden && dirty.HasFlag(Part.Lists)) DrawLists();
    }

    private void DrawLists()
    {
        dirty &= ~Part.Lists;
        drawn = clock.GetTimestamp();
        ListsChanged?.Invoke();
    }

    private bool Taken(Part part)
    {
        var was = dirty.HasFlag(part);
        dirty &= ~part;
        return was;
    }
}
