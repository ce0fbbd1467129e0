namespace Beseda.Journal.Sqlite;

/// <summary>The journal's own tables in SQLite, and what is written to them in its own way.</summary>
internal static class SqliteTables
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

    public static void Append(Session session, AccountId account, in StoredEvent stored)
    {
        var encoded = stored.Encoded;
        session["""
            insert into events (account, seq, conversation, visitor, kind, at, body, words, sender, client_id)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """]
            .Bind(1, account.Value).Bind(2, stored.Seq).Bind(3, encoded.Conversation).Bind(4, encoded.Visitor)
            .Bind(5, encoded.Kind).Bind(6, Events.Microseconds(stored.At)).Bind(7, encoded.Body).Bind(8, encoded.Words)
            .Bind(9, stored.Key?.Sender).Bind(10, stored.Key?.ClientId)
            .Run();
    }
}
