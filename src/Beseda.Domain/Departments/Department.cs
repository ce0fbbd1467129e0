using Beseda.Domain.Hours;

namespace Beseda.Domain.Departments;

/// <param name="AcceptWithin">An offer lapses after this long.</param>
/// <param name="Grace">Running conversations of an operator who is gone return to the queue after this long.</param>
/// <param name="CloseAfter">A conversation nobody writes in is closed after this long.</param>
public sealed record Department(
    DepartmentId Id, string Name, Routed Routing, TimeSpan AcceptWithin, TimeSpan Grace, TimeSpan CloseAfter)
{
    /// <summary>Null: it works always.</summary>
    public WorkingHours? Hours { get; init; }

    /// <returns>Somebody should be there.</returns>
    public bool Works(DateTimeOffset at) => Hours?.Cover(at) ?? true;
}

/// <summary>How a department's queue is emptied.</summary>
public enum Routed
{
    /// <summary>Operators pick.</summary>
    Hand,
    /// <summary>Conversations are offered in turn.</summary>
    Automatic,
}

public sealed record DepartmentChanged(Department Department) : Event;

/// <summary>Adds a department (no id: it becomes the seq of the event, which the receipt names) or replaces one.</summary>
public sealed record ChangeDepartment(DepartmentId? Id, Department Department) : Command
{
    internal Refusal? Decide(Decision decision, Actor by)
    {
        var state = decision.State;
        if (!state.Administers(by))
            return Refusal.NotAllowed;
        if (Id is { } id && !state.Departments.ContainsKey(id))
            return Refusal.DepartmentNotFound;

        var changed = Department with { Id = Id ?? new DepartmentId(decision.NextSeq) };
        if (state.Departments.GetValueOrDefault(changed.Id) != changed)
            decision.Answer(decision.Add(new DepartmentChanged(changed)));
        return null;
    }
}
