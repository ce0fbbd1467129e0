namespace Beseda.Domain.Metrics;

/// <summary>Answers on one scale, counted by score.</summary>
public sealed class Scores
{
    private readonly long[] counts = new long[11];

    public long this[int score] => counts[score];

    public long Count { get; private set; }

    /// <summary>How often the question was asked, whenever it was answered.</summary>
    public long Asked { get; private set; }

    /// <summary>Of those asked, how many have answered, whenever they did.</summary>
    public long Answered { get; private set; }

    /// <summary>Of those asked, the share that answered; null: nobody was asked.</summary>
    public double? ResponseRate => Asked == 0 ? null : (double)Answered / Asked;

    /// <summary>Null: no answers, as all below.</summary>
    public double? Mean => Count == 0 ? null : (double)Enumerable.Range(0, counts.Length).Sum(score => score * counts[score]) / Count;

    /// <summary>The share of answers from one score to another, both included.</summary>
    public double? Share(int from, int to) => Count == 0 ? null : (double)Between(from, to) / Count;

    /// <summary>Net promoter score, −100 to 100: the percentage of 9 and 10 minus that of 0 to 6. Of the scale 0–10.</summary>
    public double? Nps => Count == 0 ? null : 100.0 * (Between(9, 10) - Between(0, 6)) / Count;

    /// <summary>
    /// Between these the score of all customers lies, 95 times of 100: the score ± 1.96 standard errors, where an answer counts
    /// 1, 0 or −1, so that its variance is p + d − (p − d)² for shares p of promoters and d of detractors.
    /// </summary>
    public (double Low, double High)? NpsInterval
    {
        get
        {
            if (Nps is not { } score)
                return null;
            var (promoters, detractors) = (Share(9, 10)!.Value, Share(0, 6)!.Value);
            var variance = promoters + detractors - (promoters - detractors) * (promoters - detractors);
            var margin = 100 * 1.96 * Math.Sqrt(Math.Max(0, variance) / Count);
            return (Math.Max(-100, score - margin), Math.Min(100, score + margin));
        }
    }

    public void Rate(int score)
    {
        counts[score]++;
        Count++;
    }

    public void Ask(bool answered)
    {
        Asked++;
        if (answered)
            Answered++;
    }

    public void Add(Scores other)
    {
        for (var score = 0; score < counts.Length; score++)
            counts[score] += other.counts[score];
        Count += other.Count;
        Asked += other.Asked;
        Answered += other.Answered;
    }

    private long Between(int from, int to) => counts[from..(to + 1)].Sum();
}
