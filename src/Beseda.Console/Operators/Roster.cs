using Beseda.Protocol;

namespace Beseda.Workplace.Operators;

/// <summary>Operators and departments, as a conversation may be handed to them, and what it may be sorted by.</summary>
public sealed class Roster
{
    private readonly Dictionary<long, DeskOperator> operators = [];
    private readonly Dictionary<long, DeskDepartment> departments = [];
    private readonly Dictionary<long, Label> labels = [];

    public IEnumerable<DeskOperator> Operators => operators.Values;

    public IEnumerable<DeskDepartment> Departments => departments.Values;

    /// <summary>Categories and tags, those that are out of use as well.</summary>
    public IEnumerable<Label> Labels => labels.Values;

    public void Load(Desk desk)
    {
        labels.Clear();
        foreach (var one in desk.Labels ?? []) labels[one.Id ?? 0] = one;
        operators.Clear();
        departments.Clear();
        foreach (var one in desk.Operators) operators[one.Id] = one;
        foreach (var one in desk.Departments) departments[one.Id] = one;
    }

    public DeskOperator? Operator(long id) => operators.GetValueOrDefault(id);

    /// <summary>A name, or the number of somebody who is gone.</summary>
    public string Name(long? id) => id is { } known ? operators.GetValueOrDefault(known)?.Name ?? $"№ {known}" : "—";

    public string Department(long id) => departments.GetValueOrDefault(id)?.Name ?? "";

    public string Label(long id) => labels.GetValueOrDefault(id)?.Name ?? $"№ {id}";

    public void Changed(OperatorStatusChanged changed)
    {
        if (operators.TryGetValue(changed.Operator, out var one)) operators[one.Id] = one with { Status = changed.Status };
    }

    /// <summary>A conversation went from one to another, or to nobody.</summary>
    public void Moved(long? from, long? to)
    {
        Count(from, -1);
        Count(to, 1);
    }

    private void Count(long? id, int by)
    {
        if (id is { } known && operators.TryGetValue(known, out var one)) operators[known] = one with { Open = Math.Max(0, one.Open + by) };
    }
}
