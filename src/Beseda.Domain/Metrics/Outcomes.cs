namespace Beseda.Domain.Metrics;

/// <summary>How many conversations came to which end; each stands in one of them.</summary>
public sealed class Outcomes
{
    private readonly long[] counts = new long[Enum.GetValues<ConversationOutcome>().Length];

    public long this[ConversationOutcome outcome] => counts[(int)outcome];

    public void Add(ConversationOutcome outcome) => counts[(int)outcome]++;

    public void Add(Outcomes other)
    {
        for (var i = 0; i < counts.Length; i++)
            counts[i] += other.counts[i];
    }

    /// <summary>(abandoned + unanswered) ÷ (handled + abandoned + unanswered), without those abandoned at once; null: there were none.</summary>
    public double? MissedShare
    {
        get
        {
            var missed = this[ConversationOutcome.Abandoned] + this[ConversationOutcome.Unanswered];
            var all = missed + this[ConversationOutcome.Handled];
            return all == 0 ? null : (double)missed / all;
        }
    }
}
