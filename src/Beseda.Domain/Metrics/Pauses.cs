namespace Beseda.Domain.Metrics;

/// <summary>How much of a silence counts as handling a conversation: who waits longer does something else meanwhile.</summary>
/// <param name="Visitor">While the visitor is to write.</param>
/// <param name="Operator">While the operator is.</param>
public sealed record Pauses(TimeSpan Visitor, TimeSpan Operator)
{
    public static readonly Pauses Standard = new(TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(10));
}
