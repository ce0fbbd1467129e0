namespace Beseda.Chaos.Histories;

/// <summary>Who read a feed, from the first frame to the last.</summary>
/// <param name="Sender">Of the same person's messages: tells which visitor it is.</param>
/// <param name="IsStaff">Reads everything; else only one visitor's conversations.</param>
/// <param name="Legs">A new one begins with each new snapshot: at first, and after each <c>reset</c>.</param>
public sealed record Reader(string Sender, bool IsStaff, IReadOnlyList<Leg> Legs);

/// <summary>Everything after <paramref name="Start"/> and up to <paramref name="End"/>, over however many connections.</summary>
/// <param name="Start">The snapshot's seq.</param>
/// <param name="End">The last id that came, of an event or a heartbeat.</param>
/// <param name="Frames">The events, as they came.</param>
public sealed record Leg(long Start, long End, IReadOnlyList<SeenFrame> Frames)
{
    /// <summary>The entries of the snapshot's timeline; null when it has none to show.</summary>
    public IReadOnlySet<long>? Shown { get; init; }

    /// <summary>The timeline claims to be complete from here to its seq.</summary>
    public long ShownFrom { get; init; }
}

public readonly record struct SeenFrame(long Seq, string Kind, string? ClientId = null);
