namespace Beseda.Domain.Metrics;

/// <summary>What came of a closed conversation: the first of these that fits.</summary>
public enum ConversationOutcome
{
    /// <summary>The visitor never wrote.</summary>
    Silent,
    /// <summary>A human wrote publicly.</summary>
    Handled,
    /// <summary>It never waited for a human: a bot did it all.</summary>
    Contained,
    /// <summary>It waited, and never while its department worked.</summary>
    OffHours,
    /// <summary>An operator had accepted it, and did not write.</summary>
    Unanswered,
    /// <summary>Closed, by whomever, while it waited.</summary>
    Abandoned,
    /// <summary>Abandoned within <see cref="Tally.ShortWait"/>: left out of what was missed, and shown beside it.</summary>
    ShortAbandon,
}
