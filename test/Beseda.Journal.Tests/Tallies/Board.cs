using System.Collections.Immutable;

namespace Beseda.Journal.Tests.Tallies;

/// <summary>What the journal is told to keep here: sums under numbers, and reminders. As far from chats as can be.</summary>
public sealed record Board
{
    public static readonly Board Empty = new();

    public long Seq { get; init; }
    public DateTimeOffset At { get; init; } = DateTimeOffset.UnixEpoch;
    /// <summary>The open ones, and closed ones that a command named.</summary>
    public ImmutableSortedDictionary<long, Tally> Tallies { get; init; } = ImmutableSortedDictionary<long, Tally>.Empty;
    /// <summary>Under which numbers somebody counted before.</summary>
    public ImmutableSortedDictionary<long, long> Formerly { get; init; } = ImmutableSortedDictionary<long, long>.Empty;

    public Tally Of(long tally) => Tallies.GetValueOrDefault(tally) ?? new Tally(tally);

    public Board With(Tally tally) => this with { Tallies = Tallies.SetItem(tally.Id, tally) };

    /// <summary>All of it, to be compared.</summary>
    public override string ToString() =>
        $"{Seq} {At:O} {string.Join(' ', Tallies.Values)} {string.Join(' ', Formerly.Select(pair => $"{pair.Key}<{pair.Value}"))}";
}

public sealed record Tally(long Id, long Sum = 0, int Times = 0, bool Closed = false, DateTimeOffset? Due = null);

/// <summary>What somebody wants.</summary>
/// <param name="ClientId">Null: may simply be decided again.</param>
public abstract record Ask(long Sender, string? ClientId);

/// <summary>Adds to a sum, as <paramref name="Events"/> events. Nothing is refused, the unlucky number is a bug.</summary>
public sealed record Count(long Tally, long Amount = 1, long Sender = 1, string? ClientId = null, string? Words = null, int Events = 1)
    : Ask(Sender, ClientId)
{
    public const long Unlucky = 13;
}

public sealed record Close(long Tally) : Ask(0, null);

/// <summary>Asks to be reminded of a tally.</summary>
public sealed record Remind(long Tally, DateTimeOffset Due) : Ask(0, null);

/// <summary>Whoever counted as <paramref name="From"/> counts as <paramref name="Into"/> from here on.</summary>
public sealed record Become(long From, long Into) : Ask(0, null);

public sealed record LookAgain() : Ask(0, null);

/// <summary>What happened.</summary>
public abstract record Fact;

public sealed record Counted(long Tally, long Amount, string? Words) : Fact;

public sealed record Closed(long Tally) : Fact;

public sealed record Reminded(long Tally, DateTimeOffset Due) : Fact;

public sealed record Rang(long Tally) : Fact;

public sealed record Became(long From, long Into) : Fact;

/// <summary>Of a kind that is not known here.</summary>
public sealed record Unheard(short Kind) : Fact;

public enum Why { NothingToCount, IsClosed }
