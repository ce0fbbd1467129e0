using System.Collections.Immutable;

namespace Beseda.Domain.Conversations;

/// <summary>Who waits where, who has what, and what falls due when: all derived from the open conversations.</summary>
public sealed record ConversationIndex(
    ImmutableSortedDictionary<DepartmentId, ImmutableSortedSet<Waiting>> Queues,
    ImmutableDictionary<OperatorId, ImmutableSortedSet<ConversationId>> Loads,
    ImmutableSortedSet<Alarm> Alarms)
{
    public static readonly ConversationIndex Empty = new(
        ImmutableSortedDictionary<DepartmentId, ImmutableSortedSet<Waiting>>.Empty,
        ImmutableDictionary<OperatorId, ImmutableSortedSet<ConversationId>>.Empty,
        []);

    public ImmutableSortedSet<Waiting> Queue(DepartmentId department) => Queues.GetValueOrDefault(department) ?? [];

    /// <summary>What an operator has: offered and running.</summary>
    public ImmutableSortedSet<ConversationId> Of(OperatorId person) => Loads.GetValueOrDefault(person) ?? [];

    /// <summary>From 1; null for one that does not wait.</summary>
    public int? Position(Conversation conversation) =>
        conversation.Stage == Stage.Queued
            ? Queue(conversation.Department).IndexOf(new Waiting(conversation.Order, conversation.Id)) + 1
            : null;

    internal ConversationIndex Replace(Conversation? old, Alarm? oldAlarm, Conversation now, Alarm? alarm)
    {
        var index = this;
        if (oldAlarm != alarm)
            index = index with { Alarms = Swapped(Alarms, oldAlarm, alarm) };
        if (WaitingOf(old) != WaitingOf(now) || (old is not null && old.Department != now.Department))
            index = index with { Queues = Queued(Unqueued(Queues, old), now) };
        if (HolderOf(old) != HolderOf(now))
            index = index with { Loads = Loaded(Unloaded(Loads, old), now) };
        return index;
    }

    private static Waiting? WaitingOf(Conversation? conversation) =>
        conversation is { Stage: Stage.Queued } waiting ? new Waiting(waiting.Order, waiting.Id) : null;

    private static OperatorId? HolderOf(Conversation? conversation) =>
        conversation is { Stage: Stage.Assigned or Stage.Active } held ? held.Operator : null;

    private static ImmutableSortedSet<Alarm> Swapped(ImmutableSortedSet<Alarm> alarms, Alarm? old, Alarm? now)
    {
        if (old is { } gone)
            alarms = alarms.Remove(gone);
        return now is { } set ? alarms.Add(set) : alarms;
    }

    private static ImmutableSortedDictionary<DepartmentId, ImmutableSortedSet<Waiting>> Unqueued(
        ImmutableSortedDictionary<DepartmentId, ImmutableSortedSet<Waiting>> queues, Conversation? old) =>
        WaitingOf(old) is { } place ? Set(queues, old!.Department, queues[old.Department].Remove(place)) : queues;

    private static ImmutableSortedDictionary<DepartmentId, ImmutableSortedSet<Waiting>> Queued(
        ImmutableSortedDictionary<DepartmentId, ImmutableSortedSet<Waiting>> queues, Conversation now) =>
        WaitingOf(now) is { } place
            ? queues.SetItem(now.Department, (queues.GetValueOrDefault(now.Department) ?? []).Add(place))
            : queues;

    private static ImmutableSortedDictionary<DepartmentId, ImmutableSortedSet<Waiting>> Set(
        ImmutableSortedDictionary<DepartmentId, ImmutableSortedSet<Waiting>> queues, DepartmentId department,
        ImmutableSortedSet<Waiting> queue) =>
        queue.IsEmpty ? queues.Remove(department) : queues.SetItem(department, queue);

    private static ImmutableDictionary<OperatorId, ImmutableSortedSet<ConversationId>> Unloaded(
        ImmutableDictionary<OperatorId, ImmutableSortedSet<ConversationId>> loads, Conversation? old)
    {
        if (HolderOf(old) is not { } holder)
            return loads;
        var left = loads[holder].Remove(old!.Id);
        return left.IsEmpty ? loads.Remove(holder) : loads.SetItem(holder, left);
    }

    private static ImmutableDictionary<OperatorId, ImmutableSortedSet<ConversationId>> Loaded(
        ImmutableDictionary<OperatorId, ImmutableSortedSet<ConversationId>> loads, Conversation now) =>
        HolderOf(now) is { } holder
            ? loads.SetItem(holder, (loads.GetValueOrDefault(holder) ?? []).Add(now.Id))
            : loads;
}
