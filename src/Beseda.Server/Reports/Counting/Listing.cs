using Beseda.Server.Reports.Facts;

namespace Beseda.Server.Reports.Counting;

/// <summary>Which of a number's conversations are wanted: what is null asks for nothing.</summary>
internal sealed record Which
{
    /// <summary>As in the column.</summary>
    public long? Outcome { get; init; }
    /// <summary>A time that each of them has, or, with <see cref="Least"/> and <see cref="Most"/>, one of these seconds.</summary>
    public Column? Time { get; init; }
    public long Least { get; init; }
    public long Most { get; init; } = long.MaxValue;
    /// <summary>Of those rated in the period; or, without a score, asked.</summary>
    public int? Scale { get; init; }
    public int? Score { get; init; }
    public int? HourOfWeek { get; init; }
}

/// <summary>The conversations behind a number.</summary>
internal sealed class Listing(ReportQuery query, Which which) : ICounting
{
    private readonly List<long> found = [];
    private readonly long from = query.From.ToUnixTimeSeconds(), to = query.To.ToUnixTimeSeconds();

    /// <summary>Newest first.</summary>
    public IReadOnlyList<long> Found => [.. found.OrderDescending()];

    public bool LooksBack => which.Scale is not null;

    public IReadOnlyList<Block> Blocks
    {
        get
        {
            HashSet<Block> blocks = [Block.Rows];
            if (query.Tags.Count > 0)
                blocks.Add(Block.Tags);
            if (query.Operators.Count > 0)
                blocks.Add(Block.Stints);
            if (which.Scale is not null)
                blocks.Add(Block.Ratings);
            if (which.Time is { } time)
                blocks.Add(Facts.Blocks.All.Single(block => block.Columns() is var (first, last) && time >= first && time <= last));
            return [.. blocks];
        }
    }

    public void Add(ConversationFacts facts, IReadOnlySet<long> except)
    {
        var rows = Selection.Of(facts, query, except);
        if (which.Scale is not null)
            KeepRated(facts, rows);
        else
            KeepStarted(facts, rows);
        if (which.Time is { } time)
            KeepTimed(facts, rows, time);
        for (var row = 0; row < rows.Length; row++)
            if (rows[row])
                found.Add(facts[Column.Id][row]);
    }

    private void KeepStarted(ConversationFacts facts, bool[] rows)
    {
        var beginning = facts.Beginning.ToUnixTimeSeconds();
        var (start, outcome) = (facts[Column.Start], facts[Column.Outcome]);
        for (var row = 0; row < rows.Length; row++)
            rows[row] = rows[row] && beginning + start[row] is var at && at >= from && at < to
                && (which.Outcome is not { } wanted || outcome[row] == wanted)
                && (which.HourOfWeek is not { } hour || query.Clock.HourOfWeek(at) == hour);
    }

    private void KeepRated(ConversationFacts facts, bool[] rows)
    {
        var beginning = facts.Beginning.ToUnixTimeSeconds();
        var when = facts[which.Score is null ? Column.Asked : Column.Rated];
        var rated = new bool[rows.Length];
        for (var i = 0; i < when.Length; i++)
        {
            var row = facts[Column.RatingOf][i];
            var at = beginning + facts[Column.Start][row] + when[i];
            rated[row] |= when[i] >= 0 && at >= from && at < to && facts[Column.Scale][i] == which.Scale && IsTheirs(facts[Column.RatingBy][i])
                && (which.Score is not { } score || facts[Column.Score][i] == score);
        }

        for (var row = 0; row < rows.Length; row++)
            rows[row] &= rated[row];
    }

    private void KeepTimed(ConversationFacts facts, bool[] rows, Column time)
    {
        var timed = new bool[rows.Length];
        var (of, by) = Entries(facts, time);
        var seconds = facts[time];
        for (var i = 0; i < seconds.Length; i++)
            timed[of?[i] ?? i] |= seconds[i] >= which.Least && seconds[i] <= which.Most && (by is null || IsTheirs(by[i]));
        for (var row = 0; row < rows.Length; row++)
            rows[row] &= timed[row];
    }

    /// <summary>The rows and operators that a column's entries belong to; null: row by row, and nobody's.</summary>
    private static (long[]? Of, long[]? By) Entries(ConversationFacts facts, Column time) => time switch
    {
        Column.First => (null, facts[Column.FirstBy]),
        Column.Wait => (facts[Column.WaitOf], facts[Column.WaitBy]),
        Column.Reaction => (facts[Column.StintOf], facts[Column.StintBy]),
        Column.Handling => (facts[Column.HandlingOf], facts[Column.HandlingBy]),
        Column.Response => (facts[Column.ResponseOf], facts[Column.ResponseBy]),
        _ => (null, null),
    };

    private bool IsTheirs(long by) => query.Operators.Count == 0 || query.Operators.Contains(by);
}
