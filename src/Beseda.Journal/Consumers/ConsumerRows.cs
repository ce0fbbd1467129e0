namespace Beseda.Journal;

/// <summary>
/// Where consumers stand: a cursor, and the lanes behind it. Both are written only by whoever holds the lease; the lease is
/// judged by the database's clock.
/// </summary>
public static class ConsumerRows
{
    /// <summary>Part of the journal's own tables.</summary>
    internal const string Schema = """
        create table if not exists consumers (
            account integer not null, name text not null, cursor integer not null, lease text, lease_until integer not null default 0,
            failing_since integer, error text, paused integer not null default 0, primary key (account, name));
        create table if not exists lanes (
            account integer not null, name text not null, lane integer not null, next_seq integer not null,
            attempts integer not null, retry_at integer not null, error text, primary key (account, name, lane));
        """;

    public static void Add(Session session, ConsumerId id, long cursor) =>
        session["insert into consumers (account, name, cursor) values ($1, $2, $3) on conflict do nothing"]
            .Bind(1, id.Account.Value).Bind(2, id.Name).Bind(3, cursor).Run();

    public static void Remove(Session session, ConsumerId id)
    {
        session["delete from lanes where account = $1 and name = $2"].Bind(1, id.Account.Value).Bind(2, id.Name).Run();
        session["delete from consumers where account = $1 and name = $2"].Bind(1, id.Account.Value).Bind(2, id.Name).Run();
    }

    /// <summary>Begins anew after an event, whoever is at it now: they lose their lease.</summary>
    public static void Rewind(Session session, ConsumerId id, long cursor)
    {
        session["delete from lanes where account = $1 and name = $2"].Bind(1, id.Account.Value).Bind(2, id.Name).Run();
        session["update consumers set cursor = $3, lease = null, lease_until = 0 where account = $1 and name = $2"]
            .Bind(1, id.Account.Value).Bind(2, id.Name).Bind(3, cursor).Run();
    }

    public static void Pause(Session session, ConsumerId id, bool paused) =>
        session["update consumers set paused = $3, failing_since = null, lease = null, lease_until = 0 where account = $1 and name = $2"]
            .Bind(1, id.Account.Value).Bind(2, id.Name).Bind(3, paused ? 1 : 0).Run();

    public static ConsumerProgress? Progress(Session session, ConsumerId id)
    {
        var waiting = session["select count(*) from lanes where account = $1 and name = $2"]
            .Bind(1, id.Account.Value).Bind(2, id.Name).One(row => row.Number(0));
        return session["select cursor, failing_since, error, paused from consumers where account = $1 and name = $2"]
            .Bind(1, id.Account.Value).Bind(2, id.Name).One(row => new ConsumerProgress(
                row.Number(0), waiting, TimeOrNull(row, 1), row.IsNull(2) ? null : row.Text(2), row.Number(3) == 1));
    }

    internal static List<ConsumerId> Unheld(Session session, DateTimeOffset now) =>
        [.. session["select account, name from consumers where paused = 0 and (lease is null or lease_until < $1)"]
            .Bind(1, Events.Microseconds(now)).All(row => new ConsumerId(new AccountId(row.Number(0)), row.Text(1)))];

    /// <returns>False: somebody else has it.</returns>
    internal static bool Hold(Session session, ConsumerId id, string lease, DateTimeOffset now, TimeSpan time) =>
        session["""
            update consumers set lease = $3, lease_until = $4
            where account = $1 and name = $2 and paused = 0 and (lease is null or lease_until < $5) returning account
            """].Bind(1, id.Account.Value).Bind(2, id.Name).Bind(3, lease).Bind(4, Events.Microseconds(now + time))
            .Bind(5, Events.Microseconds(now)).All(_ => true).ToList().Count > 0;

    /// <returns>False: it is lost, or was taken away.</returns>
    internal static bool Extend(Session session, ConsumerId id, string lease, DateTimeOffset now, TimeSpan time) =>
        session["update consumers set lease_until = $4 where account = $1 and name = $2 and lease = $3 returning account"]
            .Bind(1, id.Account.Value).Bind(2, id.Name).Bind(3, lease).Bind(4, Events.Microseconds(now + time)).All(_ => true).ToList().Count > 0;

    internal static void Release(Session session, ConsumerId id, string lease) =>
        session["update consumers set lease = null, lease_until = 0 where account = $1 and name = $2 and lease = $3"]
            .Bind(1, id.Account.Value).Bind(2, id.Name).Bind(3, lease).Run();

    internal static List<Lane> Lanes(Session session, ConsumerId id) =>
        [.. session["select lane, next_seq, attempts, retry_at, error from lanes where account = $1 and name = $2"]
            .Bind(1, id.Account.Value).Bind(2, id.Name)
            .All(row => new Lane(row.Number(0), row.Number(1), (int)row.Number(2), Events.Time(row.Number(3)), row.IsNull(4) ? null : row.Text(4)))];

    /// <returns>False: the lease is lost, and nothing may be written.</returns>
    internal static bool Save(Session session, ConsumerId id, string lease, ConsumerProgress progress) =>
        session["""
            update consumers set cursor = $4, failing_since = $5, error = $6, paused = $7
            where account = $1 and name = $2 and lease = $3 returning account
            """].Bind(1, id.Account.Value).Bind(2, id.Name).Bind(3, lease).Bind(4, progress.Cursor)
            .Bind(5, progress.FailingSince is { } since ? Events.Microseconds(since) : null).Bind(6, progress.Error)
            .Bind(7, progress.Paused ? 1 : 0).All(_ => true).ToList().Count > 0;

    internal static void Park(Session session, ConsumerId id, Lane lane) =>
        session["""
            insert into lanes (account, name, lane, next_seq, attempts, retry_at, error) values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (account, name, lane) do update set
                next_seq = excluded.next_seq, attempts = excluded.attempts, retry_at = excluded.retry_at, error = excluded.error
            """].Bind(1, id.Account.Value).Bind(2, id.Name).Bind(3, lane.Id).Bind(4, lane.NextSeq).Bind(5, lane.Attempts)
            .Bind(6, Events.Microseconds(lane.RetryAt)).Bind(7, lane.Error).Run();

    internal static void Unpark(Session session, ConsumerId id, long lane) =>
        session["delete from lanes where account = $1 and name = $2 and lane = $3"]
            .Bind(1, id.Account.Value).Bind(2, id.Name).Bind(3, lane).Run();

    private static DateTimeOffset? TimeOrNull(Statement row, int column) => row.NumberOrNull(column) is { } at ? Events.Time(at) : null;
}

/// <summary>A conversation that is behind the cursor, because something of it could not be delivered.</summary>
/// <param name="Id">The conversation; 0 for events of none.</param>
/// <param name="NextSeq">What is to be delivered next.</param>
internal sealed record Lane(long Id, long NextSeq, int Attempts, DateTimeOffset RetryAt, string? Error)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    /// <summary>Half of the pause is left to chance, so that what failed together does not come back together.</summary>
    public static TimeSpan PauseAfter(int attempts)
    {
        var pause = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, attempts - 1), LongestPause.TotalSeconds));
        return pause * (0.5 + (Random.Shared.NextDouble() / 2));
    }
}
