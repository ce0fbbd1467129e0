using System.Globalization;
using System.Text.Json;
using Beseda.Protocol;
using Microsoft.Data.Sqlite;

namespace Beseda.Server.Tests.Reports;

/// <summary>
/// Counts by SQL over the events as the journal's door tells them: nothing of the product takes part but what it has written down.
/// </summary>
internal sealed class Sql : IDisposable
{
    private readonly SqliteConnection connection = new("Data Source=:memory:");

    public Sql(IEnumerable<RawEvent> events)
    {
        connection.Open();
        Run("""
            create table e (c integer, s integer primary key, at integer, kind text, author text, op integer, worked integer, within integer,
                department integer, channel text, location text, language text, category integer, tags text, scale integer, score integer);
            """);
        using var insert = connection.CreateCommand();
        insert.CommandText = "insert into e values ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
        for (var i = 0; i < 16; i++)
            insert.Parameters.Add(new SqliteParameter($"${i}", null));
        using var all = connection.BeginTransaction();
        insert.Transaction = all;
        foreach (var one in events.Where(one => one.Conversation is not null))
        {
            var row = Row(one);
            for (var i = 0; i < row.Length; i++)
                insert.Parameters[i].Value = row[i] ?? DBNull.Value;
            insert.ExecuteNonQuery();
        }

        all.Commit();
        Run(Moments);
    }

    /// <summary>Each event with its time since the start, as passed and as worked, in microseconds; and what follows from that.</summary>
    private const string Moments = """
        create index e_c on e (c, s);
        create table m as select e.*, at - (select at from e b where b.c = e.c and b.kind = 'conversation.started') as p from e;
        update m set worked = coalesce(worked, p);
        create index m_c on m (c, s);
        create index m_k on m (kind, c, s);
        create table conversation as select c, at as started, channel, location, language,
            (select m.department from m where m.c = b.c and m.kind in ('conversation.started', 'conversation.queued') order by s desc limit 1) as department,
            (select m.category from m where m.c = b.c and m.kind = 'conversation.labelled' order by s desc limit 1) as category,
            (select m.tags from m where m.c = b.c and m.kind = 'conversation.labelled' order by s desc limit 1) as tags,
            (select p from m where m.c = b.c and m.kind = 'conversation.closed') as closed,
            (select worked from m where m.c = b.c and m.kind = 'conversation.closed') as closed_worked,
            (select p from m where m.c = b.c and m.kind = 'conversation.queued' order by s limit 1) as waiting,
            (select worked from m where m.c = b.c and m.kind = 'conversation.queued' order by s limit 1) as waiting_worked,
            exists (select 1 from m where m.c = b.c and m.kind = 'conversation.queued' and m.within = 1) as within,
            exists (select 1 from m where m.c = b.c and m.kind = 'conversation.accepted') as accepted,
            exists (select 1 from m where m.c = b.c and m.author = 'visitor') as asked,
            exists (select 1 from m where m.c = b.c and m.author = 'operator') as answered
            from e b where kind = 'conversation.started';
        create table time (kind text, c integer, op integer, p integer, w integer);
        insert into time select 'duration', c, null, closed, closed_worked from conversation where closed is not null;
        insert into time select 'firstResponse', h.c, h.op, h.p - v.waiting, h.worked - v.waiting_worked from conversation v
            join m h on h.s = (select min(s) from m where m.c = v.c and author = 'operator') where v.waiting is not null;
        insert into time select 'queueWait', a.c, a.op, a.p - q.p, a.worked - q.worked from m a join m q on q.s = (
            select min(s) from m x where x.c = a.c and x.kind = 'conversation.queued' and x.s < a.s and x.s > coalesce(
                (select max(s) from m y where y.c = a.c and y.kind = 'conversation.accepted' and y.s < a.s), 0))
            where a.kind = 'conversation.accepted';
        insert into time select 'response', h.c, h.op, h.p - v.p, h.worked - v.worked from m h join m v on v.s = (
            select min(s) from m x where x.c = h.c and x.author = 'visitor' and x.s < h.s and x.s > coalesce(
                (select max(s) from m y where y.c = h.c and y.author = 'operator' and y.s < h.s), 0))
            where h.author = 'operator';
        create table stint as select a.s, a.c, a.op, a.p, a.worked, coalesce((select min(s) from m x where x.c = a.c and x.s > a.s and (
            x.kind in ('conversation.transferred', 'conversation.queued', 'conversation.closed', 'conversation.accepted') or x.kind = 'conversation.assigned' and x.op <> a.op)),
            9000000000000000) as until from m a where a.kind = 'conversation.accepted';
        insert into time select 'reaction', a.c, a.op, h.p - a.p, h.worked - a.worked from stint a join m h on h.s = (
            select min(s) from m x where x.c = a.c and x.author = 'operator' and x.op = a.op and x.s > a.s and x.s < a.until);
        create table gap as select a.c, a.op, x.s, x.p, x.worked,
            lag(x.p) over (partition by a.s order by x.s) as before, lag(x.worked) over (partition by a.s order by x.s) as before_worked,
            case (select author from m y where y.c = a.c and y.s < x.s and y.author in ('visitor', 'operator') order by y.s desc limit 1)
                when 'visitor' then 600000000 else 240000000 end as cap
            from stint a join m x on x.c = a.c and x.s >= a.s and x.s <= a.until
                and (x.s in (a.s, a.until) or x.author in ('visitor', 'operator', 'bot') or x.kind = 'conversation.assigned');
        insert into time select 'handling', gap.c, op, sum(min(p - coalesce(before, p), cap)), sum(min(gap.worked - coalesce(before_worked, gap.worked), cap))
            from gap join conversation v on v.c = gap.c where v.closed is not null group by gap.c, op;
        create table rating as select q.c, q.op, q.scale, q.at as asked,
            (select score from m r where r.c = q.c and r.op = q.op and r.kind = 'conversation.rated' order by s desc limit 1) as score,
            (select at from m r where r.c = q.c and r.op = q.op and r.kind = 'conversation.rated' order by s limit 1) as rated
            from m q where q.kind = 'rating.asked';
        create index time_c on time (c);
        """;

    public SortedDictionary<string, string> Count(Question asked)
    {
        Run("drop table if exists fits; drop table if exists chosen");
        Run($"""
            create temp table fits as select * from conversation v where 1 = 1
            {And("channel", asked.Channel)} {And("location", asked.Location)} {And("language", asked.Language)} {And("department", asked.Department)} {And("category", asked.Category)}
            {(asked.Tag is { } tag ? $"and exists (select 1 from json_each(v.tags) where value = {tag})" : "")}
            {(asked.Operator is { } person ? $"and exists (select 1 from stint where stint.c = v.c and stint.op = {person})" : "")};
            create temp table chosen as select * from fits where started >= {Micro(asked.From)} and started < {Micro(asked.To)};
            """);
        var table = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["conversations"] = Whole("select count(*) from chosen") };
        CountOutcomes(table);
        foreach (var kind in (string[])["firstResponse", "queueWait", "reaction", "response", "handling", "duration"])
        {
            CountTimes(table, kind, kind, "p", asked);
            CountTimes(table, $"{kind}.inHours", kind, "w", asked);
        }

        CountScores(table, "csi", 5, asked);
        CountScores(table, "nps", 10, asked);
        return table;
    }

    public void Dispose() => connection.Dispose();

    private void CountOutcomes(SortedDictionary<string, string> table)
    {
        Run("""
            drop table if exists ends;
            create temp table ends as select case
                when not asked then 'silent' when answered then 'handled' when waiting is null then 'contained'
                when not within and closed_worked = waiting_worked then 'offHours' when accepted then 'unanswered'
                when closed - waiting < 5000000 then 'shortAbandons' else 'abandoned' end as end from chosen where closed is not null
            """);
        foreach (var end in (string[])["handled", "abandoned", "unanswered", "offHours", "contained", "silent", "shortAbandons"])
            table[$"outcomes.{end}"] = Whole($"select count(*) from ends where end = '{end}'");
        Real(table, "missedShare", """
            select 1.0 * sum(end in ('abandoned', 'unanswered')) / nullif(sum(end in ('abandoned', 'unanswered', 'handled')), 0) from ends
            """);
    }

    private void CountTimes(SortedDictionary<string, string> table, string name, string kind, string column, Question asked)
    {
        Run($"""
            drop table if exists t;
            create temp table t as select time.{column} / 1000000 as v, row_number() over (order by time.{column} / 1000000) as r, count(*) over () as n
                from time join chosen on chosen.c = time.c where time.kind = '{kind}' {(kind == "duration" ? "" : And("time.op", asked.Operator))};
            """);
        table[$"{name}.n"] = Whole("select count(*) from t");
        if (table[$"{name}.n"] == "0")
            return;
        table[$"{name}.mean"] = Whole("select sum(v) / count(*) from t");
        table[$"{name}.median"] = Whole("select v from t where r = (n * 50 + 99) / 100");
        table[$"{name}.p90"] = Whole("select v from t where r = (n * 90 + 99) / 100");
    }

    private void CountScores(SortedDictionary<string, string> table, string name, int scale, Question asked)
    {
        Run($"""
            drop table if exists g;
            create temp table g as select rating.* from rating join fits on fits.c = rating.c where scale = {scale} {And("rating.op", asked.Operator)};
            drop table if exists a;
            create temp table a as select score from g where rated >= {Micro(asked.From)} and rated < {Micro(asked.To)};
            drop table if exists q;
            create temp table q as select score from g where asked >= {Micro(asked.From)} and asked < {Micro(asked.To)};
            """);
        table[$"{name}.n"] = Whole("select count(*) from a");
        table[$"{name}.asked"] = Whole("select count(*) from q");
        table[$"{name}.answered"] = Whole("select count(score) from q");
        Real(table, $"{name}.responseRate", "select 1.0 * count(score) / nullif(count(*), 0) from q");
        table[$"{name}.scores"] = string.Join(' ', Enumerable.Range(scale == 5 ? 1 : 0, scale == 5 ? 5 : 11).Select(score => Whole($"select count(*) from a where score = {score}")));
        if (scale == 5)
        {
            Real(table, "csi.mean", "select 1.0 * sum(score) / nullif(count(*), 0) from a");
            Real(table, "csi.share5", "select 1.0 * sum(score = 5) / nullif(count(*), 0) from a");
            Real(table, "csi.share45", "select 1.0 * sum(score >= 4) / nullif(count(*), 0) from a");
            return;
        }

        const string Shares = "select 1.0 * sum(score >= 9) / count(*) as p, 1.0 * sum(score <= 6) / count(*) as d, count(*) as n, 100.0 * (sum(score >= 9) - sum(score <= 6)) / count(*) as s from a having count(*) > 0";
        Real(table, "nps.score", $"select s from ({Shares})");
        Real(table, "nps.low", $"select max(-100.0, s - 100 * 1.96 * sqrt(max(0.0, p + d - (p - d) * (p - d)) / n)) from ({Shares})");
        Real(table, "nps.high", $"select min(100.0, s + 100 * 1.96 * sqrt(max(0.0, p + d - (p - d) * (p - d)) / n)) from ({Shares})");
    }

    private static object?[] Row(RawEvent one)
    {
        var body = one.Body;
        var message = one.Kind == "message.posted" && !body.GetProperty("note").GetBoolean() ? body.GetProperty("author") : (JsonElement?)null;
        var author = message?.GetProperty("kind").GetString();
        return
        [
            one.Conversation, one.Seq, Micro(one.At), one.Kind, author == "system" ? null : author, Number(message ?? body, "operator"), Number(body, "worked"),
            body.TryGetProperty("withinHours", out var within) ? within.GetBoolean() ? 1 : 0 : null, Number(body, "department"), Text(body, "channel"), Text(body, "location"),
            Text(body, "language"), Number(body, "category"), body.TryGetProperty("tags", out var tags) ? tags.GetRawText() : null, Number(body, "scale"), Number(body, "score"),
        ];
    }

    private static object? Number(JsonElement body, string name) => body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : null;

    private static object? Text(JsonElement body, string name) => body.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string And(string column, object? value) =>
        value is null ? "" : string.Create(CultureInfo.InvariantCulture, $"and {column} = {(value is string text ? $"'{text}'" : value)}");

    private static long Micro(DateTimeOffset at) => (at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / 10;

    private void Real(SortedDictionary<string, string> table, string name, string sql)
    {
        if (Scalar(sql) is { } value)
            table[name] = JsonSerializer.Serialize(Convert.ToDouble(value, CultureInfo.InvariantCulture));
    }

    private string Whole(string sql) => Convert.ToString(Scalar(sql), CultureInfo.InvariantCulture)!;

    private object? Scalar(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() is { } value and not DBNull ? value : null;
    }

    private void Run(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
