using Beseda.Domain.Conversations;

namespace Beseda.Domain.Operators;

/// <summary>An operator chooses their status, which also shows that they are there.</summary>
public sealed record SetStatus(Status Status) : Command
{
    internal Refusal? Decide(Decision decision, Actor by)
    {
        if (by is not Actor.Operator { Id: var id } || !decision.State.Operators.TryGetValue(id, out var person) || !person.Enabled)
            return Refusal.NotAllowed;
        if (person.Status != Status || !person.Reachable)
            Departure.Change(decision, id, Status, reachable: true, StatusCause.Set);
        return null;
    }
}

/// <summary>An operator's console has been silent for too long.</summary>
public sealed record LoseConnection(OperatorId Operator) : Command
{
    internal Refusal? Decide(Decision decision, Actor by)
    {
        if (by is not Actor.System || !decision.State.Operators.TryGetValue(Operator, out var person))
            return Refusal.NotAllowed;
        if (person.Reachable && person.Status != Status.Offline)
            Departure.Change(decision, Operator, person.Status, reachable: false, StatusCause.ConnectionLost);
        return null;
    }
}

/// <summary>An operator's console answers again.</summary>
public sealed record RegainConnection(OperatorId Operator) : Command
{
    internal Refusal? Decide(Decision decision, Actor by)
    {
        if (by is not Actor.System || !decision.State.Operators.TryGetValue(Operator, out var person))
            return Refusal.NotAllowed;
        if (!person.Reachable)
            Departure.Change(decision, Operator, person.Status, reachable: true, StatusCause.Reconnected);
        return null;
    }
}

/// <summary>
/// What leaving does to one's conversations: offers go back to the queue at once; running ones wait out the grace time
/// (<see cref="Alarm.Return"/>), in which the operator may come back.
/// </summary>
internal static class Departure
{
    public static void Change(Decision decision, OperatorId id, Status status, bool reachable, StatusCause cause)
    {
        decision.Add(new OperatorStatusChanged(id, status, reachable, cause));
        if (!decision.State.Operators[id].Online)
            Queueing.ReturnAll(decision, Of(decision, id, Stage.Assigned), Reason(reachable));
    }

    /// <summary>For good: running conversations go back too, and who is enabled again is there only when they say so.</summary>
    public static void Leave(Decision decision, OperatorId id)
    {
        if (decision.State.Operators[id] is { Status: not Status.Offline, Reachable: var reachable })
            decision.Add(new OperatorStatusChanged(id, Status.Offline, reachable, StatusCause.Disabled));
        Queueing.ReturnAll(decision, Of(decision, id, Stage.Assigned), QueueReason.OperatorOffline);
        Queueing.ReturnAll(decision, Of(decision, id, Stage.Active), QueueReason.OperatorOffline);
    }

    private static QueueReason Reason(bool reachable) => reachable ? QueueReason.OperatorOffline : QueueReason.OperatorLost;

    private static IEnumerable<Conversation> Of(Decision decision, OperatorId id, Stage stage) =>
        decision.State.Index.Of(id).Select(one => decision.State.Conversations[one]).Where(one => one.Stage == stage);
}
