using System.Globalization;
using Beseda.Bench.Servers;

namespace Beseda.Bench.Loads;

/// <summary>
/// Makes years of the demo account's past out of what the product has written there: bodies, words and rows are copies of
/// its own, ten events to a conversation, each conversation a visitor's of its own and closed. No server runs meanwhile.
/// </summary>
internal sealed class Filling(Ledger ledger)
{
    private const int Step = 1_000_000;
    private const string Tables = "('events', 'conversations', 'visitors')";

    /// <param name="count">Events; so many more lie there afterwards.</param>
    public void Add(int count)
    {
        Sample();
        // Entered one by one into indexes that are random in their nature, the rows would take hours.
        var indexes = ledger.Texts($"""
            select indexdef from pg_indexes where tablename in {Tables} and indexname not in (select conname from pg_constraint)
            """);
        foreach (var name in ledger.Texts($"select indexname::text from pg_indexes where tablename in {Tables} and indexname not in (select conname from pg_constraint)"))
            ledger.Run($"drop index {name}");
        var head = ledger.Head;
        for (var done = 0; done < count; done += Step)
            Add(head, done, Math.Min(Step, count - done));
        foreach (var index in indexes)
            ledger.Run($"set maintenance_work_mem = '512MB'; {index}");
        ledger.Run("vacuum analyze");
        ledger.Run("checkpoint");
    }

    private void Sample() => ledger.Run($"""
        drop table if exists sample;
        create table sample as select row_number() over (order by seq) - 1 as n, kind, body, words, client_id is not null as answers
            from events where account = {Ledger.Demo} and conversation is not null;
        create unique index on sample (n);
        analyze sample
        """);

    private void Add(long head, int done, int count)
    {
        // A conversation bears the number of its first event; its visitor's is as random as the product's are.
        ledger.Run(string.Create(CultureInfo.InvariantCulture, $"""
            create or replace function first_of(i bigint) returns bigint immutable language sql as 'select {head + 1} + i / 10 * 10';
            create or replace function visitor_of(i bigint) returns bigint immutable language sql as 'select hashint8extended(i / 10, 1) & 9223372036854775807';
            insert into events (account, seq, conversation, visitor, kind, at, body, words, sender, client_id)
            select {Ledger.Demo}, {head + 1} + i, first_of(i), visitor_of(i), s.kind, start.at + 1 + i, s.body, s.words,
                case when s.answers then visitor_of(i) end, case when s.answers then gen_random_uuid()::text end
            from generate_series({done}::bigint, {done + count - 1}) i
                join sample s on s.n = i % (select count(*) from sample)
                cross join (select at from events where account = {Ledger.Demo} and seq = {head}) start
            order by i;
            insert into visitors (account, id, state, words) select {Ledger.Demo}, visitor_of(i), s.state, s.words
            from generate_series({done}::bigint, {done + count - 1}, 10) i
                cross join (select state, words from visitors where account = {Ledger.Demo} limit 1) s;
            insert into conversations (account, id, visitor, open, seq, state) select {Ledger.Demo}, first_of(i), visitor_of(i), 0, first_of(i) + 9, s.state
            from generate_series({done}::bigint, {done + count - 1}, 10) i
                cross join (select state from conversations where account = {Ledger.Demo} limit 1) s
            """));
    }
}
