using System.Collections.Concurrent;
using Beseda.Journal;

namespace Beseda.Server.Channels;

/// <summary>How each channel does: what it told last, what went wrong last, and how far it has been asked.</summary>
internal sealed class ChannelHealth(ChatJournal journal, TimeProvider clock)
{
    public const string Schema = """
        create table if not exists channel_health (
            account integer not null, channel integer not null, last_update integer, last_error integer, error text,
            state integer not null default 0, cursor text, last_from text, primary key (account, channel));
        """;

    private static readonly TimeSpan Seldom = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<(AccountId Account, ChannelId Channel), long> heard = new();
    private readonly ConcurrentDictionary<(AccountId Account, ChannelId Channel), (Wire.ChannelState State, string Error)> ill = new();
    private readonly ConcurrentDictionary<(AccountId Account, ChannelId Channel), bool> proven = new();

    /// <summary>Something came from it.</summary>
    /// <param name="from">Who from, as the channel names them.</param>
    public Task HeardAsync(AccountId account, ChannelId channel, string? from)
    {
        var now = clock.GetTimestamp();
        var last = heard.GetOrAdd((account, channel), 0);
        if (last != 0 && clock.GetElapsedTime(last, now) < Seldom || !heard.TryUpdate((account, channel), now, last))
            return Task.CompletedTask;
        return journal.WriteAsync((session, at) => Write(session["""
            insert into channel_health (account, channel, last_update, last_from) values ($1, $2, $3, $4)
            on conflict (account, channel) do update set last_update = excluded.last_update, last_from = coalesce(excluded.last_from, channel_health.last_from)
            """].Bind(1, account.Value).Bind(2, channel.Value).Bind(3, at.ToUnixTimeMilliseconds()).Bind(4, from)));
    }

    /// <summary>A call of it failed.</summary>
    public Task FailedAsync(AccountId account, ChannelId channel, PlatformException failure)
    {
        var state = failure.Fault == PlatformFault.Account ? Wire.ChannelState.TokenRefused : Wire.ChannelState.Failing;
        return SetAsync(account, channel, state, failure.Code);
    }

    public Task SetAsync(AccountId account, ChannelId channel, Wire.ChannelState state, string error)
    {
        if (ill.TryGetValue((account, channel), out var known) && known == (state, error))
            return Task.CompletedTask;
        ill[(account, channel)] = (state, error);
        return journal.WriteAsync((session, at) => Write(session["""
            insert into channel_health (account, channel, last_error, error, state) values ($1, $2, $3, $4, $5)
            on conflict (account, channel) do update set last_error = excluded.last_error, error = excluded.error, state = excluded.state
            """].Bind(1, account.Value).Bind(2, channel.Value).Bind(3, at.ToUnixTimeMilliseconds()).Bind(4, error).Bind(5, (int)state)));
    }

    /// <summary>It works, as far as was tried just now. The first time here that says so of illnesses, too, that another process has left behind.</summary>
    /// <param name="surely">Also where this node knows of no illness.</param>
    public Task RecoveredAsync(AccountId account, ChannelId channel, bool surely = false) =>
        ill.TryRemove((account, channel), out _) | proven.TryAdd((account, channel), true) || surely
            ? journal.WriteAsync((session, _) => Write(session["update channel_health set state = 0 where account = $1 and channel = $2 and state <> 0"]
                .Bind(1, account.Value).Bind(2, channel.Value)))
            : Task.CompletedTask;

    /// <summary>Who wrote last, or nearly so, as the channel names them.</summary>
    public static string? LastFrom(Session session, AccountId account, ChannelId channel) =>
        session["select last_from from channel_health where account = $1 and channel = $2"].Bind(1, account.Value).Bind(2, channel.Value)
            .One(row => row.IsNull(0) ? null : row.Text(0));

    /// <summary>When something came from it last, or a few seconds before; null: never.</summary>
    public Task<DateTimeOffset?> LastHeardAsync(AccountId account, ChannelId channel) => journal.Readers.ReadAsync(session =>
        session["select last_update from channel_health where account = $1 and channel = $2"].Bind(1, account.Value).Bind(2, channel.Value)
            .One(row => Time(row, 0)));

    public Task<string?> CursorAsync(AccountId account, ChannelId channel) => journal.Readers.ReadAsync(session =>
        session["select cursor from channel_health where account = $1 and channel = $2"].Bind(1, account.Value).Bind(2, channel.Value)
            .One(row => row.IsNull(0) ? null : row.Text(0)));

    /// <summary>Where a channel begins; where somebody else has said so already, that stands. Asked a moment later, a platform would leave out what came meanwhile.</summary>
    public Task BeginAsync(AccountId account, ChannelId channel, string cursor) => journal.WriteAsync((session, _) => Write(session["""
        insert into channel_health (account, channel, cursor) values ($1, $2, $3)
        on conflict (account, channel) do update set cursor = coalesce(channel_health.cursor, excluded.cursor)
        """].Bind(1, account.Value).Bind(2, channel.Value).Bind(3, cursor)));

    public Task MoveAsync(AccountId account, ChannelId channel, string cursor) => journal.WriteAsync((session, _) => Write(session["""
        insert into channel_health (account, channel, cursor) values ($1, $2, $3)
        on conflict (account, channel) do update set cursor = excluded.cursor
        """].Bind(1, account.Value).Bind(2, channel.Value).Bind(3, cursor)));

    /// <summary>As administrators are told.</summary>
    public static Wire.ChannelHealth Read(Session session, AccountId account, Beseda.Domain.Channels.Channel channel, long head)
    {
        var progress = ConsumerRows.Progress(session, ChannelConsumers.SenderOf(account, channel.Id));
        var told = session["select state, last_update, last_error, error from channel_health where account = $1 and channel = $2"]
            .Bind(1, account.Value).Bind(2, channel.Id.Value)
            .One(row => new Wire.ChannelHealth((Wire.ChannelState)row.Number(0), Time(row, 1), Time(row, 2), row.IsNull(3) ? null : row.Text(3)))
            ?? new Wire.ChannelHealth(Wire.ChannelState.Ok);
        return told with
        {
            State = channel.Enabled ? told.State : Wire.ChannelState.Off,
            Error = told.State == Wire.ChannelState.Ok ? null : told.Error,
            Lag = progress is null ? 0 : Math.Max(0, head - progress.Cursor),
            WaitingConversations = progress?.Waiting ?? 0,
            FailingSince = progress?.FailingSince,
            NotUnderstood = Inbox.CountNotUnderstood(session, account, channel.Id),
        };
    }

    private static bool Write(Statement statement)
    {
        statement.Run();
        return true;
    }

    private static DateTimeOffset? Time(Statement row, int column) =>
        row.NumberOrNull(column) is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
}
