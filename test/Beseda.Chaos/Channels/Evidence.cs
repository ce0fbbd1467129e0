using Beseda.Chaos.Histories;

namespace Beseda.Chaos.Channels;

/// <summary>All that is known after a play: what people said, what they got, and what the journal holds.</summary>
internal sealed record Evidence
{
    public required IReadOnlyList<Story> Stories { get; init; }

    /// <summary>The table <c>events</c>.</summary>
    public required IReadOnlyList<TableEvent> Events { get; init; }

    public required IReadOnlyList<DateTimeOffset> Kills { get; init; }

    /// <summary>How webhooks brought each text; what is asked for is not among it.</summary>
    public IReadOnlyDictionary<string, Bringing> Brought { get; init; } = new Dictionary<string, Bringing>();
}

/// <summary>One conversation, as both sides remember it.</summary>
/// <param name="Written">By the customer, in order.</param>
/// <param name="Said">By the operator and acknowledged, in order.</param>
/// <param name="Arrived">At the customer's, as often as it did.</param>
internal sealed record Story(
    Cast Cast, string Name, IReadOnlyList<string> Written, IReadOnlyList<Acknowledged> Said, IReadOnlyList<Arrival> Arrived);

/// <param name="Seq">As the server said.</param>
internal readonly record struct Acknowledged(string Text, long Seq, DateTimeOffset At);

internal readonly record struct Arrival(string Text, DateTimeOffset At);

/// <param name="First">When it may have come for the first time, whether or not that was answered.</param>
/// <param name="Last">When it was accepted.</param>
internal readonly record struct Bringing(DateTimeOffset First, DateTimeOffset Last);
