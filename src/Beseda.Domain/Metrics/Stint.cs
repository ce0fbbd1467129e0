namespace Beseda.Domain.Metrics;

/// <summary>A time in which a conversation was one operator's, from accepting it on.</summary>
/// <param name="From">Since the conversation's start, as all moments of it.</param>
/// <param name="To">Handed over, returned or closed; null: it is theirs still.</param>
/// <param name="Reaction">From accepting to their first public message; null: they wrote none.</param>
/// <param name="Handled">The sum of the gaps between messages, each no longer than <see cref="Pauses"/> says.</param>
public sealed record Stint(OperatorId Operator, Elapsed From, Elapsed? To = null, Elapsed? Reaction = null, Elapsed Handled = default);

/// <summary>How long a visitor waited for somebody.</summary>
/// <param name="Operator">Who came, or wrote; null: an employee whom only the channel knows.</param>
public readonly record struct Wait(OperatorId? Operator, Elapsed Time);
