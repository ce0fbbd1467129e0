namespace Beseda.Domain.Operators;

/// <summary>Adds an operator (id null: it becomes the seq of the event, which the receipt names) or replaces one.</summary>
public sealed record ChangeOperator(OperatorId? Id, OperatorChanged Operator) : Command
{
    internal Refusal? Decide(Decision decision, Actor by)
    {
        var state = decision.State;
        if (!state.Administers(by))
            return Refusal.NotAllowed;
        if (Id is { } known && !state.Operators.ContainsKey(known))
            return Refusal.OperatorNotFound;
        if (!Operator.Departments.All(state.Departments.ContainsKey))
            return Refusal.DepartmentNotFound;
        if (state.Operators.Values.Any(other => other.User == Operator.User && other.Id != Id))
            return Refusal.AlreadyAnOperator;

        var changed = Operator with { Operator = Id ?? new OperatorId(decision.NextSeq) };
        if (TakesTheLastAdministrator(state, changed))
            return Refusal.LastAdministrator;
        var old = state.Operators.GetValueOrDefault(changed.Operator);
        if (old is not null && Same(old, changed))
            return null;

        decision.Answer(decision.Add(changed));
        if (old is { Enabled: true } && !changed.Enabled)
            Departure.Leave(decision, changed.Operator);
        return null;
    }

    private static bool TakesTheLastAdministrator(AccountState state, OperatorChanged changed) =>
        changed is not { Role: Role.Administrator, Enabled: true }
        && state.Operators.GetValueOrDefault(changed.Operator) is { Role: Role.Administrator, Enabled: true }
        && !state.Operators.Values.Any(o => o.Id != changed.Operator && o is { Role: Role.Administrator, Enabled: true });

    private static bool Same(Operator old, OperatorChanged changed) =>
        old.User == changed.User && old.Role == changed.Role && old.Limit == changed.Limit && old.Enabled == changed.Enabled
        && old.Profile == changed.Words && old.Departments.SequenceEqual(changed.Departments);
}
