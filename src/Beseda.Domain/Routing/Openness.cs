namespace Beseda.Domain.Routing;

/// <summary>Whether writing now will find somebody.</summary>
public enum Openness { Online, Busy, Offline }

public static class Opennesses
{
    /// <summary>Of a department, or of the whole account.</summary>
    public static Openness Of(AccountState state, DepartmentId? department)
    {
        var online = state.Operators.Values.Where(person => person.Online && (department is null || person.In(department.Value))).ToList();
        if (online.Count == 0)
            return Openness.Offline;
        return online.Exists(person => state.Index.Of(person.Id).Count < person.Limit) ? Openness.Online : Openness.Busy;
    }
}
