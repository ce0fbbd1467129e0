using Beseda.Chaos.Histories;

namespace Beseda.Chaos.Checks;

/// <summary>Every webhook is delivered at least once, signed, and in order within its conversation.</summary>
internal static class Deliveries
{
    public static IEnumerable<Finding> Check(History history)
    {
        if (history.Subscription is not { } subscription)
            return [];
        var accepted = history.Deliveries.Where(one => one.Accepted).Select(one => one.Seq).ToHashSet();
        var due = history.Events
            .Where(e => e.Seq > subscription.After && e.Seq <= history.Rest)
            .Where(e => subscription.Kinds is not { } kinds || kinds.Contains(Kinds.Names.GetValueOrDefault(e.Kind, "")))
            .ToList();
        return due.Where(e => !accepted.Contains(e.Seq))
            .Select(e => new Finding("webhooks arrive", $"{e.Seq} was never delivered"))
            .Concat(True(history))
            .Concat(history.Deliveries.Where(one => one.Conversation is not null).GroupBy(one => one.Conversation).SelectMany(InOrder));
    }

    private static IEnumerable<Finding> True(History history)
    {
        var there = history.Events.DistinctBy(e => e.Seq).ToDictionary(e => e.Seq);
        foreach (var one in history.Deliveries)
        {
            if (!one.Genuine)
                yield return new Finding("webhooks are signed", $"The signature of {one.Seq} is not right");
            if (!there.TryGetValue(one.Seq, out var e) || e.Conversation != one.Conversation)
                yield return new Finding("webhooks are true", $"{one.Seq} ({one.Kind}) was delivered and is not in the journal so");
        }
    }

    /// <summary>Repeats are allowed; what comes for the first time comes after everything before it was accepted.</summary>
    private static IEnumerable<Finding> InOrder(IGrouping<long?, Delivery> lane)
    {
        var (last, accepted) = (0L, new HashSet<long>());
        foreach (var one in lane)
        {
            if (!one.Accepted || !accepted.Add(one.Seq))
                continue;
            if (one.Seq < last)
                yield return new Finding("webhooks keep order", $"{one.Seq} came after {last} of conversation {lane.Key}");
            last = Math.Max(last, one.Seq);
        }
    }
}
