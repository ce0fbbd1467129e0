using Beseda.Domain.Metrics;
using Beseda.Server.Reports.Facts;

namespace Beseda.Server.Reports.Counting;

/// <summary>
/// Counts conversations, some at a time. What a conversation is and lasts belongs to the time of its start; a rating to its own.
/// </summary>
internal sealed class Count(ReportQuery query, Grouping grouping, Measures measures) : ICounting
{
    private readonly Dictionary<GroupKey, Summary> groups = [];
    private readonly Dictionary<long, Summary[]> operators = [];
    private readonly long from = query.From.ToUnixTimeSeconds(), to = query.To.ToUnixTimeSeconds();

    public IReadOnlyDictionary<GroupKey, Summary> Groups => groups;

    /// <summary>Of all groups together, where none shares a conversation with another.</summary>
    public Summary Sum()
    {
        var sum = new Summary();
        foreach (var group in groups.Values)
            sum.Add(group);
        return sum;
    }

    public IReadOnlyList<Block> Blocks
    {
        get
        {
            List<Block> blocks = [Block.Rows];
            Add(Block.Tags, query.Tags.Count > 0 || grouping == Grouping.Tag);
            Add(Block.Stints, query.Operators.Count > 0 || grouping == Grouping.Operator || measures.HasFlag(Measures.Reaction));
            Add(Block.First, measures.HasFlag(Measures.FirstResponse));
            Add(Block.Durations, measures.HasFlag(Measures.Duration));
            Add(Block.Waits, measures.HasFlag(Measures.QueueWait));
            Add(Block.Handling, measures.HasFlag(Measures.Handling));
            Add(Block.Responses, measures.HasFlag(Measures.Response));
            Add(Block.Ratings, measures.HasFlag(Measures.Ratings));
            Add(Block.Messages, measures.HasFlag(Measures.Messages));
            return blocks;

            void Add(Block block, bool needed)
            {
                if (needed)
                    blocks.Add(block);
            }
        }
    }

    public bool LooksBack => measures.HasFlag(Measures.Ratings);

    public void Add(ConversationFacts facts, IReadOnlySet<long> except)
    {
        var selected = Selection.Of(facts, query, except);
        if (measures.HasFlag(Measures.Ratings))
            AddRatings(facts, selected);
        var beginning = facts.Beginning.ToUnixTimeSeconds();
        var start = facts[Column.Start];
        for (var row = 0; row < selected.Length; row++)
            selected[row] = selected[row] && beginning + start[row] is var at && at >= from && at < to;

        var rows = Rows(facts, selected);
        AddConversations(facts, rows);
        if (measures.HasFlag(Measures.FirstResponse))
            AddFirst(facts, rows);
        if (measures.HasFlag(Measures.QueueWait))
            AddListed(facts, rows, Column.WaitOf, group => group.QueueWait);
        if (measures.HasFlag(Measures.Response))
            AddListed(facts, rows, Column.ResponseOf, group => group.Response);
        if (measures.HasFlag(Measures.Handling))
            AddListed(facts, rows, Column.HandlingOf, group => group.Handling);
        if (measures.HasFlag(Measures.Reaction))
            AddReactions(facts, rows);
    }

    /// <summary>The groups of each row; null: it is not counted.</summary>
    private Summary[]?[] Rows(ConversationFacts facts, bool[] selected)
    {
        var rows = new Summary[]?[selected.Length];
        if (grouping is Grouping.Tag or Grouping.Operator)
        {
            var (of, values) = grouping == Grouping.Tag ? (facts[Column.TagOf], facts[Column.Tag]) : (facts[Column.StintOf], facts[Column.StintBy]);
            foreach (var entries in Enumerable.Range(0, of.Length).Where(i => selected[of[i]] && IsTheirs(values[i])).GroupBy(i => of[i]))
                rows[entries.Key] = [.. entries.Select(i => values[i]).Distinct().Select(value => Group(new GroupKey(value)))];
            return rows;
        }

        var single = new Dictionary<long, Summary[]>();
        for (var row = 0; row < rows.Length; row++)
            if (selected[row])
                rows[row] = Single(single, facts, row, facts.Beginning.ToUnixTimeSeconds() + facts[Column.Start][row]);
        return rows;
    }

    /// <summary>The one group of a row, at a time.</summary>
    private Summary[] Single(Dictionary<long, Summary[]> known, ConversationFacts facts, int row, long at)
    {
        var value = grouping switch
        {
            Grouping.Time => query.Clock.Bucket(at),
            Grouping.HourOfWeek => query.Clock.HourOfWeek(at),
            Grouping.Channel => facts[Column.Channel][row],
            Grouping.Location => facts[Column.Location][row],
            Grouping.Language => facts[Column.Language][row],
            Grouping.Department => facts[Column.Department][row],
            Grouping.Category => facts[Column.Category][row],
            Grouping.ChannelTime => query.Clock.Bucket(at) * facts.Names.Count + facts[Column.Channel][row],
            Grouping.End => GroupKey.OfEnd(facts[Column.Outcome][row], facts[Column.Closing][row]),
            _ => 0,
        };
        if (!known.TryGetValue(value, out var group))
            known[value] = group = [Group(Key(facts.Names, value))];
        return group;
    }

    private GroupKey Key(IReadOnlyList<string> names, long value) => grouping switch
    {
        Grouping.Channel or Grouping.Location or Grouping.Language => new GroupKey(0, names[(int)value]),
        Grouping.ChannelTime => new GroupKey(value / names.Count, names[(int)(value % names.Count)]),
        _ => new GroupKey(value),
    };

    private void AddConversations(ConversationFacts facts, Summary[]?[] rows)
    {
        var outcome = facts[Column.Outcome];
        var (duration, worked) = measures.HasFlag(Measures.Duration) ? (facts[Column.Duration], facts[Column.DurationWorked]) : ([], []);
        for (var row = 0; row < rows.Length; row++)
            foreach (var group in rows[row] ?? [])
            {
                group.Conversations++;
                if (outcome[row] > 0)
                    group.Outcomes.Add((ConversationOutcome)(outcome[row] - 1));
                if (duration.Length > 0 && duration[row] >= 0)
                    group.Duration.Add(duration[row], worked[row]);
            }

        if (!measures.HasFlag(Measures.Messages))
            return;
        for (var row = 0; row < rows.Length; row++)
            foreach (var group in rows[row] ?? [])
            {
                group.Transfers += facts[Column.Transfers][row];
                group.VisitorMessages += facts[Column.VisitorMessages][row];
                group.OperatorMessages += facts[Column.OperatorMessages][row];
                group.BotMessages += facts[Column.BotMessages][row];
            }
    }

    private void AddFirst(ConversationFacts facts, Summary[]?[] rows)
    {
        var (first, worked, by) = (facts[Column.First], facts[Column.FirstWorked], facts[Column.FirstBy]);
        for (var row = 0; row < rows.Length; row++)
            if (first[row] >= 0)
                foreach (var group in Of(rows[row], by[row]))
                    group.FirstResponse.Add(first[row], worked[row]);
    }

    private void AddReactions(ConversationFacts facts, Summary[]?[] rows)
    {
        var (of, by, reaction, worked) = (facts[Column.StintOf], facts[Column.StintBy], facts[Column.Reaction], facts[Column.ReactionWorked]);
        for (var i = 0; i < of.Length; i++)
            if (reaction[i] >= 0)
                foreach (var group in Of(rows[of[i]], by[i]))
                    group.Reaction.Add(reaction[i], worked[i]);
    }

    /// <summary>A list of four columns: of, by, passed, worked.</summary>
    private void AddListed(ConversationFacts facts, Summary[]?[] rows, Column first, Func<Summary, Times> times)
    {
        var (of, by, passed, worked) = (facts[first], facts[first + 1], facts[first + 2], facts[first + 3]);
        for (var i = 0; i < of.Length; i++)
            foreach (var group in Of(rows[of[i]], by[i]))
                times(group).Add(passed[i], worked[i]);
    }

    private void AddRatings(ConversationFacts facts, bool[] selected)
    {
        var (of, by, scale) = (facts[Column.RatingOf], facts[Column.RatingBy], facts[Column.Scale]);
        var (askedAt, score, ratedAt) = (facts[Column.Asked], facts[Column.Score], facts[Column.Rated]);
        var single = new Dictionary<long, Summary[]>();
        var tags = grouping == Grouping.Tag ? facts[Column.TagOf].Zip(facts[Column.Tag]).ToLookup(tag => tag.First, tag => tag.Second) : null;
        for (var i = 0; i < of.Length; i++)
        {
            var row = (int)of[i];
            if (!selected[row] || !IsTheirs(by[i], Grouping.Operator))
                continue;
            var start = facts.Beginning.ToUnixTimeSeconds() + facts[Column.Start][row];
            if (start + askedAt[i] is var asked && asked >= from && asked < to)
                foreach (var group in At(row, by[i], asked))
                    Scores(group, scale[i]).Ask(score[i] >= 0);
            if (score[i] >= 0 && start + ratedAt[i] is var rated && rated >= from && rated < to)
                foreach (var group in At(row, by[i], rated))
                    Scores(group, scale[i]).Rate((int)score[i]);
        }

        Summary[] At(int row, long by, long at) => grouping switch
        {
            Grouping.Operator => Operator(by),
            Grouping.Tag => [.. tags![row].Select(tag => Group(new GroupKey(tag)))],
            _ => Single(single, facts, row, at),
        };
    }


    private static Scores Scores(Summary group, long scale) => scale == 5 ? group.Csi : group.Nps;

    /// <summary>Whose it is gets it, where operators are told apart or asked for.</summary>
    private Summary[] Of(Summary[]? groups, long by)
    {
        if (groups is null || !IsTheirs(by, Grouping.Operator))
            return [];
        return grouping == Grouping.Operator ? Operator(by) : groups;
    }

    private Summary[] Operator(long by)
    {
        if (!operators.TryGetValue(by, out var group))
            operators[by] = group = by == 0 ? [] : [Group(new GroupKey(by))];
        return group;
    }

    private bool IsTheirs(long by, Grouping of) => of != Grouping.Operator || query.Operators.Count == 0 || query.Operators.Contains(by);

    private bool IsTheirs(long value) => IsTheirs(value, grouping);

    private Summary Group(GroupKey key)
    {
        if (!groups.TryGetValue(key, out var group))
            groups[key] = group = new Summary();
        return group;
    }
}
