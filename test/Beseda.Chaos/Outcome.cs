using Beseda.Chaos.Checks;
using Beseda.Chaos.Clients;
using Beseda.Chaos.Faults;
using Beseda.Chaos.Histories;

namespace Beseda.Chaos;

/// <summary>What came of a run.</summary>
internal sealed record Outcome
{
    private const int MostTold = 60;
    private static readonly string[] Usual = ["retry", "reconnect", "reset"];

    public required IReadOnlyList<Finding> Findings { get; init; }

    public int Acknowledged => History.Messages.Count(message => message.Seq is not null);

    /// <summary>Where logs and diaries were left.</summary>
    public string? Folder { get; init; }

    public required History History { get; init; }

    public required IReadOnlyList<Diary> Diaries { get; init; }

    public required IReadOnlyList<FaultKind> Faults { get; init; }

    /// <summary>How often nodes ended that nobody had killed.</summary>
    public required int Falls { get; init; }

    /// <summary>The projections were held against a rebuild.</summary>
    public required bool IsRebuilt { get; init; }

    public string Told()
    {
        var counts = Diaries.SelectMany(diary => diary.Counts).GroupBy(one => one.Key).ToDictionary(one => one.Key, one => one.Sum(count => count.Value));
        var byOperators = History.Messages.Count(message => message.Seq is not null && message.Sender.StartsWith("operator", StringComparison.Ordinal));
        return $"""

            acknowledged  {Acknowledged} messages: {Acknowledged - byOperators} of visitors, {byOperators} of operators; longest silence {Silence().TotalSeconds:0.0} s
            events        {History.Events.Count}, seen {History.Readers.Sum(reader => reader.Legs.Sum(leg => leg.Frames.Count))} times by {History.Readers.Count} feeds
            faults        {Faults.Count}: {string.Join(", ", Faults.GroupBy(kind => kind).OrderBy(one => one.Key).Select(one => $"{one.Key} {one.Count()}"))}
            clients       {string.Join(", ", Usual.Select(what => $"{what} {counts.GetValueOrDefault(what)}"))}; {string.Join(", ", counts.Where(one => !Usual.Contains(one.Key)).OrderBy(one => one.Key).Select(one => $"{one.Key} {one.Value}"))}
            nodes         {Falls} fell by themselves
            webhooks      {(History.Subscription is null ? "none: this server has no webhooks" : $"{History.Deliveries.Count} deliveries, {History.Deliveries.Count(one => !one.Accepted)} of them not accepted, {History.Deliveries.Count(one => one.Accepted) - History.Deliveries.Where(one => one.Accepted).DistinctBy(one => one.Seq).Count()} repeated")}
            projections   {(IsRebuilt ? "held against a rebuild" : "conversations held against their events; this server has no rebuild --check")}
            findings      {Findings.Count}
            {string.Join('\n', Findings.Take(MostTold).Select(finding => $"  {finding}"))}
            """.TrimEnd() + (Folder is null ? "\n" : $"\nlogs and diaries: {Folder}\n");
    }

    /// <summary>The longest time in which nobody's message was acknowledged.</summary>
    private TimeSpan Silence()
    {
        var times = Diaries.SelectMany(diary => diary.AcknowledgedAt).Order().ToList();
        return times.Count < 2 ? TimeSpan.Zero : times.Zip(times.Skip(1), (a, b) => b - a).Max();
    }
}
