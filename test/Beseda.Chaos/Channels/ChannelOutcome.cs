using Beseda.Chaos.Checks;

namespace Beseda.Chaos.Channels;

/// <summary>What came of a play.</summary>
internal sealed record ChannelOutcome
{
    private const int MostTold = 60;

    public required IReadOnlyList<Tally> Tallies { get; init; }

    public required IReadOnlyList<Finding> Findings { get; init; }

    public required Evidence Evidence { get; init; }

    /// <summary>How long it took after the last kill, or trouble, until everything had come to rest.</summary>
    public required TimeSpan Drained { get; init; }

    /// <summary>How long operators' messages took, where there was trouble.</summary>
    public IReadOnlyList<Delay> Delays { get; init; } = [];

    /// <summary>What administrators saw of the trouble.</summary>
    public IReadOnlyList<Health> Seen { get; init; } = [];

    /// <summary>Where logs and diaries were left.</summary>
    public string? Folder { get; init; }

    public string Told() => string.Join('\n',
    [
        "",
        "channel           in   lost  doubled  overtaken |   out   lost  doubled",
        .. Tallies.Select(one => $"{one.Channel,-14}{one.In,6}{one.InLost,7}{one.InDoubled,9}{one.InOvertaken,11} |{one.Out,6}{one.OutLost,7}{one.OutDoubled,9}"),
        $"{Evidence.Kills.Count} times servers were killed; all at rest {Drained.TotalSeconds:0} s later; {Evidence.Events.Count} events",
        .. Delays.Count == 0 ? [] : (string[])["", "from the operator to the customer, s   median before   median meanwhile   longest meanwhile"],
        .. Delays.Select(one => $"{one.Channel,-36}{one.Before.TotalSeconds,16:0.00}{one.Meanwhile.TotalSeconds,19:0.00}{one.Longest.TotalSeconds,20:0.00}"),
        .. Seen.Select(one => $"seen by administrators  {one}"),
        $"findings {Findings.Count}",
        .. Findings.Take(MostTold).Select(finding => $"  {finding}"),
        Folder is null ? "" : $"logs and diaries: {Folder}",
    ]);
}

/// <param name="Before">The median of what was said in quiet times.</param>
/// <param name="Meanwhile">The median of what was said while there was trouble, anywhere.</param>
internal sealed record Delay(string Channel, TimeSpan Before, TimeSpan Meanwhile, TimeSpan Longest);
