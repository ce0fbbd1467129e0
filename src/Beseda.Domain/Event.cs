namespace Beseda.Domain;

/// <summary>
/// What happened. A record's own fields are what rules and metrics need; whatever a person wrote or is called stands in a
/// member named <c>Words</c>, which is stored apart and may be erased without touching the rest.
/// </summary>
public abstract record Event;

/// <summary>Something that happened in one visitor's conversation.</summary>
/// <param name="Visitor">Whose it was when it happened.</param>
public abstract record ConversationEvent(ConversationId Conversation, VisitorId Visitor) : Event
{
    /// <summary>
    /// The conversation's working clock, in microseconds: what of the time since its start the departments worked that it was
    /// in. Only where time may be counted to or from (<see cref="Metrics.Tally.Reads"/>); null: all of it.
    /// </summary>
    public long? Worked { get; init; }
}

/// <summary>A kind written by a newer release. It changes nothing here and is passed on untouched.</summary>
public sealed record Unknown(int Kind) : Event;

/// <summary>An event with its place in the account's journal.</summary>
/// <param name="Seq">Gapless from 1.</param>
/// <param name="At">Rises strictly with <paramref name="Seq"/>; whole microseconds, UTC.</param>
public readonly record struct Recorded(long Seq, DateTimeOffset At, Event Event);
