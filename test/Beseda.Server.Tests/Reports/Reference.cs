using System.Text.Json;
using Beseda.Domain;
using Beseda.Domain.Conversations;
using Beseda.Domain.Metrics;
using Beseda.Server.Reports;

namespace Beseda.Server.Tests.Reports;

/// <summary>What a report is asked for, as the tests tell it to each of those who count.</summary>
internal sealed record Question(DateTimeOffset From, DateTimeOffset To)
{
    public string? Channel { get; init; }
    public string? Location { get; init; }
    public string? Language { get; init; }
    public long? Department { get; init; }
    public long? Operator { get; init; }
    public long? Category { get; init; }
    public long? Tag { get; init; }

    public string Query => string.Join('&', new (string Name, object? Value)[]
    {
        ("from", Uri.EscapeDataString($"{From:O}")), ("to", Uri.EscapeDataString($"{To:O}")), ("channel", Channel), ("location", Location), ("language", Language),
        ("department", Department), ("operator", Operator), ("category", Category), ("tag", Tag),
    }.Where(one => one.Value is not null).Select(one => $"{one.Name}={one.Value}"));
}

/// <summary>Counts whole conversations by the definitions of the domain, one after the other.</summary>
internal static class Reference
{
    public static SortedDictionary<string, string> Count(IEnumerable<Conversation> all, Question asked)
    {
        var summary = new Summary();
        foreach (var one in all.Where(one => Fits(one, asked)))
        {
            AddRatings(summary, one, asked);
            if (one.StartedAt >= asked.From && one.StartedAt < asked.To)
                Add(summary, one, one.Tally!, asked.Operator is { } person ? new OperatorId(person) : null);
        }

        return Numbers.Of(JsonSerializer.SerializeToElement(ReportTelling.Of(summary), Caller.Json));
    }

    private static bool Fits(Conversation one, Question asked) =>
        (asked.Channel ?? one.Channel) == one.Channel && (asked.Location ?? one.Location) == one.Location && (asked.Language ?? one.Language) == one.Language
        && (asked.Department ?? one.Department.Value) == one.Department.Value && (asked.Category ?? one.Category?.Value) == one.Category?.Value
        && (asked.Tag is not { } tag || one.AllTags().Contains(new LabelId(tag)))
        && (asked.Operator is not { } person || one.Tally!.Stints.Any(stint => stint.Operator.Value == person));

    private static void Add(Summary to, Conversation one, Tally tally, OperatorId? only)
    {
        to.Conversations++;
        if (tally.Outcome is { } outcome)
            to.Outcomes.Add(outcome);
        if (tally.Closed is { } closed)
            to.Duration.Add(closed);
        if (tally.FirstResponse is { } first)
            Add(to.FirstResponse, first, only);
        foreach (var wait in tally.Waits)
            Add(to.QueueWait, wait, only);
        foreach (var response in tally.Responses)
            Add(to.Response, response, only);
        foreach (var stint in tally.Stints.Where(stint => stint.Reaction is not null))
            Add(to.Reaction, new Wait(stint.Operator, stint.Reaction!.Value), only);
        if (one.IsOpen)
            return;
        foreach (var of in tally.Stints.GroupBy(stint => stint.Operator))
            Add(to.Handling, new Wait(of.Key, of.Select(stint => stint.Handled).Aggregate((sum, handled) => sum + handled)), only);
    }

    private static void Add(Times times, Wait wait, OperatorId? only)
    {
        if (only is null || wait.Operator == only)
            times.Add(wait.Time);
    }

    private static void AddRatings(Summary to, Conversation one, Question asked)
    {
        foreach (var rating in one.Ratings.Where(rating => (asked.Operator ?? rating.Operator.Value) == rating.Operator.Value))
        {
            var scores = rating.Scale == 5 ? to.Csi : to.Nps;
            if (rating.AskedAt >= asked.From && rating.AskedAt < asked.To)
                scores.Ask(rating.Score is not null);
            if (rating.FirstScoredAt is { } at && at >= asked.From && at < asked.To)
                scores.Rate(rating.Score!.Value);
        }
    }
}

/// <summary>A report as a table: a line for each number.</summary>
internal static class Numbers
{
    private static readonly string[] Lists = ["channels", "series", "rows"];

    public static SortedDictionary<string, string> Of(JsonElement report)
    {
        var table = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Add(table, "", report);
        return table;
    }

    private static void Add(SortedDictionary<string, string> table, string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object)
            foreach (var part in value.EnumerateObject().Where(part => !Lists.Contains(part.Name)))
                Add(table, name.Length == 0 ? part.Name : $"{name}.{part.Name}", part.Value);
        else if (value.ValueKind == JsonValueKind.Array)
            table[name] = string.Join(' ', value.EnumerateArray().Select(one => one.GetRawText()));
        else
            table[name] = value.GetRawText();
    }
}
