using Beseda.Journal;

namespace Beseda.Server.Upkeep;

/// <summary>A row that is not what the events make it.</summary>
internal sealed record Difference(string Table, long Key, string What)
{
    public override string ToString() => $"{Table} {Key}: {What}";

    /// <summary>Compares every row of an account with a state folded from its events.</summary>
    public static List<Difference> All(Session session, AccountId account, AccountState state) =>
    [
        .. from table in RowTexts.Tables
           let says = RowTexts.In(table, session, account)
           let should = RowTexts.Of(table, state, account)
           from key in says.Keys.Union(should.Keys)
           let there = says.GetValueOrDefault(key)
           let ought = should.GetValueOrDefault(key)
           where there != ought
           select new Difference(table, key, there is null ? "missing" : ought is null ? "too much" : "different"),
        .. FactCheck.Differences(session, account, state),
    ];

    /// <summary>Makes the row what it should be.</summary>
    public void Repair(Session session, AccountId account, AccountState state)
    {
        if (Table == FactCheck.Table)
            FactCheck.Repair(session, account, state, Key);
        else
            RowTexts.Repair(Table, Key, session, account, state);
    }
}
