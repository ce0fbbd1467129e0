using System.Text.RegularExpressions;

namespace Beseda.Journal.Postgres;

/// <summary>The journal's own tables in PostgreSQL, and every statement over them that SQLite does not share.</summary>
internal static partial class PostgresTables
{
    /// <summary>
    /// <c>accounts</c> is locked, never counted in: a row that every batch changed would die under any long snapshot. Half
    /// of each page stays free for the times that do change.
    /// </summary>
    public const string Schema = """
        create table if not exists journal (name text primary key, value text not null);
        create table if not exists accounts (id bigint generated always as identity primary key, due bigint) with (fillfactor = 50);
        create index if not exists accounts_due on accounts (due) where due is not null;
        create table if not exists events (
            account bigint not null, seq bigint not null, conversation bigint, visitor bigint,
            kind smallint not null, at bigint not null,
            body bytea not null check (length(body) <= 16384), words bytea check (length(words) <= 65536),
            sender bigint, client_id text,
            primary key (account, seq));
        create index if not exists events_of_conversation on events (account, conversation, seq) where conversation is not null;
        create unique index if not exists events_answering on events (account, sender, client_id) where client_id is not null;
        """;

    /// <summary>The account's row stays locked to the transaction's end. No row: there is no such account.</summary>
    public const string Lock = """
        select (extract(epoch from clock_timestamp()) * 1000000)::bigint from accounts where id = $1 for update
        """;

    public const string Now = "select (extract(epoch from clock_timestamp()) * 1000000)::bigint";

    /// <summary>Writes to the log and nowhere else, so that the commit waits for the standby like any other.</summary>
    public const string Witness = "select pg_logical_emit_message(true, 'beseda', '')";

    public const string Append = """
        insert into events (account, seq, conversation, visitor, kind, at, body, words, sender, client_id)
        select $1, u.* from unnest($2, $3, $4, $5, $6, $7, $8, $9, $10) u
        """;

    /// <summary>From a known event on, so that it is also seen whether that one is still there.</summary>
    public const string From = """
        select seq, at, conversation, visitor, kind, body, words from events where account = $1 and seq >= $2 order by seq limit $3
        """;

    /// <summary>Each look-up by itself: a plan made while the table was small must not scan it for ever.</summary>
    public const string Find = """
        select k.sender, k.client_id, e.seq, e.at, e.conversation, e.visitor from unnest($2, $3) k(sender, client_id)
        cross join lateral (select * from events v
            where v.account = $1 and v.sender = k.sender and v.client_id = k.client_id limit 1) e
        """;

    public const string OfConversation = """
        select seq from events where account = $1 and conversation = any($2) and seq < $3 order by seq desc
        """;

    /// <summary>The limit is never reached: it keeps each conversation's look-up by itself.</summary>
    public const string AfterKnown = """
        select e.seq, e.at, e.conversation, e.visitor, e.kind, e.body, null::bytea from unnest($2, $3) k(conversation, known)
        cross join lateral (select * from events v
            where v.account = $1 and v.conversation = k.conversation and v.seq > k.known order by v.seq limit 1000000) e
        order by e.seq
        """;

    /// <summary>Heads of accounts, and which have moved beyond what is known.</summary>
    public const string Moved = """
        select k.account, e.seq from unnest($1, $2) k(account, known)
        cross join lateral (select v.seq from events v where v.account = k.account order by v.seq desc limit 1) e
        where e.seq <> k.known
        """;

    /// <summary>Who keeps an account loaded sees to its times; what is two seconds late is anybody's.</summary>
    public const string Overdue = """
        select id from accounts where due <= coalesce($1, (extract(epoch from clock_timestamp()) * 1000000)::bigint) - 2000000
        """;

    /// <summary>
    /// Ends whoever holds an account for too long and is waited for by the server: a process that froze with half of its
    /// statements sent is caught by none of the server's own time-outs. Not who waits for a standby: ended, that commit would
    /// be seen before it is safe.
    /// </summary>
    public const string Break = """
        select pg_terminate_backend(b.pid) from accounts a join pg_stat_activity b on b.backend_xid = a.xmax
        where a.id = $1 and b.pid <> pg_backend_pid() and b.wait_event = 'ClientRead' and b.xact_start < clock_timestamp() - interval '3 seconds' limit 1
        """;

    public static string Translate(string statement) => Integer().Replace(Blob().Replace(statement, "bytea"), "bigint")
        .Replace(" without rowid", "", StringComparison.Ordinal);

    [GeneratedRegex(@"\bblob\b")]
    private static partial Regex Blob();

    [GeneratedRegex(@"\binteger\b")]
    private static partial Regex Integer();
}
