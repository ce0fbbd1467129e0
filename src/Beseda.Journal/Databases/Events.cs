using System.Security.Cryptography;

namespace Beseda.Journal;

/// <summary>The journal's own tables: every statement it runs.</summary>
internal static class Events
{
    public const string Schema = """
        create table if not exists journal (name text primary key, value text not null) without rowid;
        create table if not exists accounts (id integer primary key, due integer, indexed integer not null default 0);
        create table if not exists events (
            account integer not null, seq integer not null, conversation integer, visitor integer,
            kind integer not null, at integer not null,
            body blob not null check (length(body) <= 16384), words blob check (length(words) <= 65536),
            sender integer, client_id text,
            primary key (account, seq)) without rowid;
        create table if not exists conversation_events (
            account integer not null, conversation integer not null, seq integer not null,
            primary key (account, conversation, seq)) without rowid;
        create table if not exists client_ids (
            account integer not null, sender integer not null, client_id text not null, seq integer not null,
            primary key (account, sender, client_id)) without rowid;
        """;

    /// <summary>Tells clients when their numbers no longer count: made once, anew after a restore.</summary>
    public static string JournalId(Session session)
    {
        session["insert into journal (name, value) values ('id', $1) on conflict do nothing"]
            .Bind(1, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))).Run();
        return session["select value from journal where name = 'id'"].One(row => row.Text(0))!;
    }

    public static AccountId AddAccount(Session session) =>
        new(session["insert into accounts (due) values (null) returning id"].All(row => row.Number(0)).ToList()[0]);

    public static List<(AccountId Account, DateTimeOffset? Due)> Accounts(Session session) =>
        [.. session["select id, due from accounts order by id"].All(row => (new AccountId(row.Number(0)), Time(row.NumberOrNull(1))))];

    public static (long Seq, DateTimeOffset At) Head(Session session, AccountId account) =>
        session["select seq, at from events where account = $1 order by seq desc limit 1"].Bind(1, account.Value)
            .One(row => ((long, DateTimeOffset)?)(row.Number(0), Time(row.Number(1)))) ?? (0, DateTimeOffset.UnixEpoch);

    /// <param name="session">The writer's.</param>
    /// <param name="account">Whose journal.</param>
    /// <param name="entry">The event.</param>
    /// <param name="encoded">The same as bytes.</param>
    /// <param name="key">Of the command that it answers, so that the same command again gets the same answer.</param>
    public static void Append<TEvent>(
        Session session, AccountId account, in Entry<TEvent> entry, in Encoded encoded, (long Sender, string ClientId)? key) =>
        session["""
            insert into events (account, seq, conversation, visitor, kind, at, body, words, sender, client_id)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """]
            .Bind(1, account.Value).Bind(2, entry.Seq).Bind(3, encoded.Conversation).Bind(4, encoded.Visitor)
            .Bind(5, encoded.Kind).Bind(6, Microseconds(entry.At)).Bind(7, encoded.Body).Bind(8, encoded.Words)
            .Bind(9, key?.Sender).Bind(10, key?.ClientId)
            .Run();

    public static void SetDue(Session session, AccountId account, DateTimeOffset? due) =>
        session["update accounts set due = $2 where id = $1"].Bind(1, account.Value).Bind(2, due is { } at ? Microseconds(at) : null).Run();

    public static long Microseconds(DateTimeOffset at) => (at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset Time(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    private static DateTimeOffset? Time(long? microseconds) => microseconds is { } known ? Time(known) : null;
}
