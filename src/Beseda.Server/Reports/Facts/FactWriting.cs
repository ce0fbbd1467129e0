using Beseda.Domain.Conversations;
using Beseda.Domain.Metrics;

namespace Beseda.Server.Reports.Facts;

/// <summary>Conversations on their way into columns.</summary>
internal sealed class FactWriting(DateTimeOffset beginning)
{
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal) { [""] = 0 };
    private readonly List<string> names = [""];
    private readonly List<long>[] columns = [.. Enum.GetValues<Column>().Select(_ => new List<long>())];
    private int row;

    public DateTimeOffset Beginning => beginning;
    public IReadOnlyList<string> Names => names;
    public List<long> this[Column column] => columns[(int)column];

    public void Add(Conversation one)
    {
        var tally = one.Tally!;
        Put(Column.Id, one.Id.Value);
        Put(Column.Start, one.StartedAt.ToUnixTimeSeconds() - beginning.ToUnixTimeSeconds());
        Put(Column.Department, one.Department.Value);
        Put(Column.Channel, Place(one.Channel));
        Put(Column.Location, Place(one.Location));
        Put(Column.Language, Place(one.Language));
        Put(Column.Category, one.Category?.Value ?? 0);
        Put(Column.Outcome, tally.Outcome is { } outcome ? (int)outcome + 1 : 0);
        Put(Column.Closing, one.ClosedBy is { } by && one.ClosedWhy is { } why ? 1 + 8 * (int)by + (int)why : 0);
        foreach (var tag in one.AllTags())
            Put(Column.TagOf, row, Column.Tag, tag.Value);

        Put(Column.First, tally.FirstResponse?.Time, Column.FirstWorked);
        Put(Column.FirstBy, tally.FirstResponse?.Operator?.Value ?? 0);
        Put(Column.Duration, tally.Closed, Column.DurationWorked);
        foreach (var wait in tally.Waits)
            Put(Column.WaitOf, wait);
        foreach (var response in tally.Responses)
            Put(Column.ResponseOf, response);
        AddStints(tally);
        AddRatings(one);
        Put(Column.Transfers, tally.Transfers);
        Put(Column.VisitorMessages, tally.VisitorMessages);
        Put(Column.OperatorMessages, tally.OperatorMessages);
        Put(Column.BotMessages, tally.BotMessages);
        row++;
    }

    private void AddStints(Tally tally)
    {
        foreach (var stint in tally.Stints)
        {
            Put(Column.StintOf, row, Column.StintBy, stint.Operator.Value);
            Put(Column.StintFrom, stint.From.Seconds);
            Put(Column.StintTo, stint.To?.Seconds ?? -1);
            Put(Column.Reaction, stint.Reaction, Column.ReactionWorked);
        }

        // Handling is an operator's whole work on the conversation, and is known when it is over.
        if (tally.Closed is not null)
            foreach (var of in tally.Stints.GroupBy(stint => stint.Operator))
                Put(Column.HandlingOf, new Wait(of.Key, of.Aggregate(default(Elapsed), (sum, stint) => sum + stint.Handled)));
    }

    private void AddRatings(Conversation one)
    {
        foreach (var rating in one.Ratings)
        {
            Put(Column.RatingOf, row, Column.RatingBy, rating.Operator.Value);
            Put(Column.Scale, rating.Scale);
            Put(Column.Asked, rating.AskedAt.ToUnixTimeSeconds() - one.StartedAt.ToUnixTimeSeconds());
            Put(Column.Score, rating.Score ?? -1);
            Put(Column.Rated, rating.FirstScoredAt is { } at ? at.ToUnixTimeSeconds() - one.StartedAt.ToUnixTimeSeconds() : -1);
        }
    }

    /// <summary>An entry of a list whose four columns follow each other: of, by, passed, worked.</summary>
    private void Put(Column of, Wait wait)
    {
        Put(of, row, of + 1, wait.Operator?.Value ?? 0);
        Put(of + 2, wait.Time, of + 3);
    }

    private void Put(Column passed, Elapsed? time, Column worked)
    {
        Put(passed, time?.Seconds ?? -1);
        Put(worked, time?.WorkedSeconds ?? -1);
    }

    private void Put(Column one, long value, Column next, long other)
    {
        Put(one, value);
        Put(next, other);
    }

    private void Put(Column column, long value) => columns[(int)column].Add(value);

    private long Place(string? name)
    {
        if (!places.TryGetValue(name ?? "", out var place))
        {
            places[name!] = place = names.Count;
            names.Add(name!);
        }

        return place;
    }
}
