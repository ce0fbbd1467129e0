using Beseda.Journal;

namespace Beseda.Server.Storage;

/// <summary>When each operator's console last said that it is alive, to whichever node; microseconds of the database's clock.</summary>
internal static class PresenceRows
{
    public static void Save(Session session, AccountId account, OperatorId person, DateTimeOffset seen) =>
        session["""
            insert into presence (account, operator, seen) values ($1, $2, $3)
            on conflict (account, operator) do update set seen = excluded.seen where excluded.seen > presence.seen
            """].Bind(1, account.Value).Bind(2, person.Value).Bind(3, Microseconds(seen)).Run();

    public static List<(AccountId Account, OperatorId Operator)> SilentSince(Session session, DateTimeOffset since) =>
        [.. session["select account, operator from presence where seen < $1"].Bind(1, Microseconds(since))
            .All(row => (new AccountId(row.Number(0)), new OperatorId(row.Number(1))))];

    public static void Forget(Session session, AccountId account, OperatorId person, DateTimeOffset since) =>
        session["delete from presence where account = $1 and operator = $2 and seen < $3"]
            .Bind(1, account.Value).Bind(2, person.Value).Bind(3, Microseconds(since)).Run();

    private static long Microseconds(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
