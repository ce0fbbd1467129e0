using System.Security.Cryptography;

namespace Beseda.Journal;

/// <summary>The statements over the journal's own tables that both engines run as they are.</summary>
internal static class Events
{
    /// <summary>Columns as <see cref="Subject{TState,TCommand,TEvent}.Read"/> reads them.</summary>
    public const string After = """
        select seq, at, conversation, visitor, kind, body, words from events where account = $1 and seq > $2 order by seq limit $3
        """;

    /// <summary>Tells clients when their numbers no longer count: made once, anew after a restore.</summary>
    public static string JournalId(Session session) =>
        Keep(session, "id", () => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));

    /// <summary>What was kept under a name first.</summary>
    public static string Keep(Session session, string name, Func<string> make)
    {
        if (session["select value from journal where name = $1"].Bind(1, name).One(row => row.Text(0)) is { } kept)
            return kept;
        session["insert into journal (name, value) values ($1, $2) on conflict do nothing"].Bind(1, name).Bind(2, make()).Run();
        return session["select value from journal where name = $1"].Bind(1, name).One(row => row.Text(0))!;
    }

    public static AccountId AddAccount(Session session) =>
        new(session["insert into accounts (due) values (null) returning id"].All(row => row.Number(0)).ToList()[0]);

    public static List<(AccountId Account, DateTimeOffset? Due)> Accounts(Session session) =>
        [.. session["select id, due from accounts order by id"].All(row => (new AccountId(row.Number(0)), Time(row.NumberOrNull(1))))];

    public static (long Seq, DateTimeOffset At) Head(Session session, AccountId account) =>
        session["select seq, at from events where account = $1 order by seq desc limit 1"].Bind(1, account.Value)
            .One(row => ((long, DateTimeOffset)?)(row.Number(0), Time(row.Number(1)))) ?? (0, DateTimeOffset.UnixEpoch);

    public static void SetDue(Session session, AccountId account, DateTimeOffset? due) =>
        session["update accounts set due = $2 where id = $1"].Bind(1, account.Value).Bind(2, due is { } at ? Microseconds(at) : null).Run();

    /// <summary>From the columns <c>seq, at, conversation, visitor</c>.</summary>
    public static Receipt Receipt(Statement row, int from) => new(
        row.Number(from), Time(row.Number(from + 1)), row.NumberOrNull(from + 2), row.NumberOrNull(from + 3));

    public static long Microseconds(DateTimeOffset at) => (at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset Time(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    private static DateTimeOffset? Time(long? microseconds) => microseconds is { } known ? Time(known) : null;
}
