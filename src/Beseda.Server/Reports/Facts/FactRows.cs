using Beseda.Domain.Conversations;
using Beseda.Journal;

namespace Beseda.Server.Reports.Facts;

/// <param name="Day">Of UTC, since 1970: on it the conversations started.</param>
/// <param name="Version">Another one with every writing.</param>
/// <param name="First">The first and last of its conversations.</param>
internal readonly record struct FactDay(long Day, long Version, long First, long Last);

/// <summary>
/// The statements over the facts: closed conversations by the day of their start, a row for each block of columns. Those that
/// were closed or changed since are <c>uncounted</c>: written down with the change, taken off when they stand in the blocks.
/// </summary>
internal static class FactRows
{
    public const long SecondsPerDay = 86_400;

    public const string Schema = """
        create table if not exists uncounted (account integer not null, conversation integer not null, seq integer not null, primary key (account, conversation)) without rowid;
        create table if not exists fact_days (
            account integer not null, day integer not null, version integer not null, first integer not null, last integer not null,
            rated integer not null, names blob not null, primary key (account, day)) without rowid;
        create table if not exists fact_blocks (
            account integer not null, day integer not null, block integer not null, data blob not null, primary key (account, day, block));
        """;

    public static long DayOf(Conversation one) => one.StartedAt.ToUnixTimeSeconds() / SecondsPerDay;

    public static void Mark(Session session, AccountId account, ConversationId conversation, long seq) =>
        session["insert into uncounted (account, conversation, seq) values ($1, $2, $3) on conflict (account, conversation) do update set seq = excluded.seq"]
            .Bind(1, account.Value).Bind(2, conversation.Value).Bind(3, seq).Run();

    public static List<(long Conversation, long Seq)> Uncounted(Session session, AccountId account, int limit) =>
        [.. session["select conversation, seq from uncounted where account = $1 order by conversation limit $2"].Bind(1, account.Value).Bind(2, limit)
            .All(row => (row.Number(0), row.Number(1)))];

    public static List<AccountId> AccountsWithUncounted(Session session) =>
        [.. session["select id from accounts where exists (select 1 from uncounted where uncounted.account = accounts.id)"].All(row => new AccountId(row.Number(0)))];

    public static FactDay? Day(Session session, AccountId account, long day) =>
        session["select version, first, last from fact_days where account = $1 and day = $2"].Bind(1, account.Value).Bind(2, day)
            .One(row => (FactDay?)new FactDay(day, row.Number(0), row.Number(1), row.Number(2)));

    /// <summary>Replaces a day's facts, if nobody else has meanwhile.</summary>
    /// <param name="before">As it was when they were gathered; null: there was none.</param>
    /// <returns>False: somebody has.</returns>
    public static bool Save(Session session, AccountId account, FactDay day, FactDay? before, ConversationFacts facts)
    {
        var saved = session["""
            insert into fact_days (account, day, version, first, last, rated, names) values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (account, day) do update set
                version = excluded.version, first = excluded.first, last = excluded.last, rated = excluded.rated, names = excluded.names
                where fact_days.version = $8
            returning day
            """]
            .Bind(1, account.Value).Bind(2, day.Day).Bind(3, day.Version).Bind(4, day.First).Bind(5, day.Last).Bind(6, LastRated(facts))
            .Bind(7, ConversationFacts.WriteNames(facts.Names)).Bind(8, before?.Version ?? 0).One(_ => true);
        if (!saved)
            return false;
        foreach (var block in Blocks.All)
            session["""
                insert into fact_blocks (account, day, block, data) values ($1, $2, $3, $4)
                on conflict (account, day, block) do update set data = excluded.data
                """].Bind(1, account.Value).Bind(2, day.Day).Bind(3, (long)block).Bind(4, facts.Write(block)).Run();
        return true;
    }

    public static void Remove(Session session, AccountId account, long day)
    {
        session["delete from fact_blocks where account = $1 and day = $2"].Bind(1, account.Value).Bind(2, day).Run();
        session["delete from fact_days where account = $1 and day = $2"].Bind(1, account.Value).Bind(2, day).Run();
    }

    /// <summary>All there is, as it lies there, by day.</summary>
    public static ILookup<long, (Block Block, byte[] Data)> Bytes(Session session, AccountId account) =>
        session["select day, block, data from fact_blocks where account = $1"].Bind(1, account.Value)
            .All(row => (Day: row.Number(0), Block: (Block)row.Number(1), Data: row.Blob(2))).ToLookup(row => row.Day, row => (row.Block, row.Data));

    public static void TakeOff(Session session, AccountId account, IReadOnlyCollection<(long Conversation, long Seq)> counted)
    {
        foreach (var (conversation, seq) in counted)
            session["delete from uncounted where account = $1 and conversation = $2 and seq = $3"]
                .Bind(1, account.Value).Bind(2, conversation).Bind(3, seq).Run();
    }

    /// <summary>The facts of days, one after the other, with the blocks that are asked for.</summary>
    /// <param name="rated">Also of days before the first, of which something was asked or rated at or after this time.</param>
    public static IEnumerable<(FactDay Day, ConversationFacts Facts)> Read(
        Session session, AccountId account, long first, long last, IReadOnlyList<Block> blocks, long? rated)
    {
        var days = session["""
            select day, version, first, last, names from fact_days
            where account = $1 and day <= $3 and (day >= $2 or rated >= $4) order by day
            """].Bind(1, account.Value).Bind(2, first).Bind(3, last).Bind(4, rated ?? long.MaxValue)
            .All(row => (Day: new FactDay(row.Number(0), row.Number(1), row.Number(2), row.Number(3)), Names: ConversationFacts.ReadNames(row.Bytes(4)))).ToList();
        foreach (var (day, names) in days.Where(one => one.Day.Day < first))
            foreach (var facts in Read(session, account, [(day, names)], day.Day, day.Day, blocks))
                yield return facts;
        foreach (var facts in Read(session, account, days, first, last, blocks))
            yield return facts;
    }

    /// <summary>Of neighbouring days, in one go.</summary>
    private static IEnumerable<(FactDay Day, ConversationFacts Facts)> Read(
        Session session, AccountId account, List<(FactDay Day, IReadOnlyList<string> Names)> days, long first, long last, IReadOnlyList<Block> blocks)
    {
        var known = days.ToDictionary(one => one.Day.Day);
        (FactDay Day, ConversationFacts Facts)? current = null;
        foreach (var (day, block, data) in session["""
            select day, block, data from fact_blocks where account = $1 and day >= $2 and day <= $3 and block = any($4) order by day
            """].Bind(1, account.Value).Bind(2, first).Bind(3, last).Bind(4, blocks.Select(block => (long)block))
            .All(row => (row.Number(0), (Block)row.Number(1), row.Blob(2))))
        {
            if (current?.Day.Day != day)
            {
                if (current is { } done)
                    yield return done;
                current = (known[day].Day, new ConversationFacts(DateTimeOffset.FromUnixTimeSeconds(day * SecondsPerDay), known[day].Names));
            }

            current!.Value.Facts.Read(block, data);
        }

        if (current is { } rest)
            yield return rest;
    }

    /// <summary>The last time at which anything was asked or rated.</summary>
    private static long LastRated(ConversationFacts facts)
    {
        var (of, asked, rated, start) = (facts[Column.RatingOf], facts[Column.Asked], facts[Column.Rated], facts[Column.Start]);
        var beginning = facts.Beginning.ToUnixTimeSeconds();
        return Enumerable.Range(0, of.Length).Select(i => beginning + start[of[i]] + Math.Max(asked[i], rated[i])).DefaultIfEmpty(0).Max();
    }
}
