using Beseda.Journal;

namespace Beseda.Server.Channels;

/// <summary>Updates that could not become commands at once, as they came: some wait for another one, the rest for a release that understands them.</summary>
internal static class Inbox
{
    public const string Schema = """
        create table if not exists channel_inbox (
            account integer not null, channel integer not null, key text not null, waits integer not null, then_what integer not null,
            received integer not null, due integer not null, why text, raw blob not null, primary key (account, channel, key));
        create index if not exists channel_inbox_waiting on channel_inbox (due) where waits = 1;
        """;

    private const string Columns = "account, channel, key, then_what, due, raw";

    public static void Keep(Session session, AccountId account, ChannelId channel, Item item, Taken why, DateTimeOffset now)
    {
        var early = why as Taken.TooEarly;
        session["""
            insert into channel_inbox (account, channel, key, waits, then_what, received, due, why, raw) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            on conflict (account, channel, key) do update set waits = excluded.waits, then_what = excluded.then_what, why = excluded.why
            """].Bind(1, account.Value).Bind(2, channel.Value).Bind(3, item.Key).Bind(4, early is null ? 0 : 1).Bind(5, (int)(early?.Then ?? Afterwards.Keep))
            .Bind(6, now.ToUnixTimeMilliseconds()).Bind(7, (now + (early?.Most ?? TimeSpan.Zero)).ToUnixTimeMilliseconds())
            .Bind(8, (why as Taken.NotUnderstood)?.Why).Bind(9, item.Raw).Run();
    }

    public static void Remove(Session session, AccountId account, ChannelId channel, string key) =>
        session["delete from channel_inbox where account = $1 and channel = $2 and key = $3"]
            .Bind(1, account.Value).Bind(2, channel.Value).Bind(3, key).Run();

    /// <summary>Those that wait, of all channels, the longest first.</summary>
    public static List<Kept> Waiting(Session session, int limit) =>
        [.. session[$"select {Columns} from channel_inbox where waits = 1 order by received limit $1"].Bind(1, limit).All(Read)];

    /// <summary>Those of a channel that were not understood.</summary>
    public static List<Kept> NotUnderstood(Session session, AccountId account, ChannelId channel, int limit) =>
        [.. session[$"select {Columns} from channel_inbox where account = $1 and channel = $2 and waits = 0 order by received limit $3"]
            .Bind(1, account.Value).Bind(2, channel.Value).Bind(3, limit).All(Read)];

    public static long CountNotUnderstood(Session session, AccountId account, ChannelId channel) =>
        session["select count(*) from channel_inbox where account = $1 and channel = $2 and waits = 0"]
            .Bind(1, account.Value).Bind(2, channel.Value).One(row => row.Number(0));

    private static Kept Read(Statement row) => new(
        new AccountId(row.Number(0)), new ChannelId(row.Number(1)), row.Text(2), (Afterwards)row.Number(3),
        DateTimeOffset.FromUnixTimeMilliseconds(row.Number(4)), row.Blob(5));
}

/// <param name="Due">It waits until then.</param>
internal sealed record Kept(AccountId Account, ChannelId Channel, string Key, Afterwards Then, DateTimeOffset Due, byte[] Raw);
