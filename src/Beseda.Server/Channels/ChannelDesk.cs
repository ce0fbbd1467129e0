using Beseda.Domain.Channels;
using Beseda.Journal;
using Beseda.Server.Consumers;
using Beseda.Server.Doors;
using Beseda.Server.Operators;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Beseda.Server.Channels;

/// <summary>
/// Writes channels down, and tells their platforms. The platform is asked first who it is: what is written down has worked once.
/// </summary>
internal sealed class ChannelDesk(ChatJournal journal, Connections connections, AllConsumers consumers, ChannelHealth health)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public ChatJournal Journal => journal;

    public Connections Connections => connections;

    /// <param name="before">Null: it is new.</param>
    public async Task<IResult> SaveAsync(HttpContext http, OperatorPrincipal caller, Channel? before, Channel wanted)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        enough.CancelAfter(Patience);
        try
        {
            var introduced = await IntroduceAsync(caller.Account, wanted, enough.Token);
            var id = before?.Id ?? default;
            var saved = await journal.SubmitAsync(http, caller.Account, caller.Actor, new ChangeChannel(before?.Id, introduced), receipt =>
            {
                id = before?.Id ?? new ChannelId(receipt.Seq);
                return TypedResults.NoContent();
            });
            return saved is NoContent ? await SetUpAsync(caller.Account, id, enough.Token) : saved;
        }
        catch (Exception failure) when (PlatformException.Covers(failure) && !http.RequestAborted.IsCancellationRequested)
        {
            return EditChannels.Refused(wanted.Kind, PlatformException.Of(failure));
        }
    }

    public async Task<IResult> RemoveAsync(HttpContext http, OperatorPrincipal caller, Channel channel)
    {
        var removed = await journal.SubmitAsync(http, caller.Account, caller.Actor, new RemoveChannel(channel.Id));
        if (removed is not NoContent)
            return removed;
        await journal.WriteAsync((session, _) =>
        {
            ChannelConsumers.Remove(session, caller.Account, channel.Id);
            return true;
        });
        consumers.Look();
        await TryAsync(caller.Account, channel, (connection, stop) => connection.UnsubscribeAsync(stop), http.RequestAborted);
        return removed;
    }

    private async Task<Channel> IntroduceAsync(AccountId account, Channel wanted, CancellationToken stop)
    {
        if (!wanted.Enabled || connections.Connect(account, wanted) is not { } tried)
            return wanted;
        var introduction = await tried.Connection.IntroduceAsync(stop);
        var settings = wanted.Settings.SetItems(introduction.Settings);
        return wanted with
        {
            Name = wanted.Name.Length > 0 ? wanted.Name : introduction.Name,
            Settings = introduction.Link is { } link ? settings.SetItem(EditChannels.Link, link) : settings,
        };
    }

    private async Task<IResult> SetUpAsync(AccountId account, ChannelId id, CancellationToken stop)
    {
        await journal.WriteAsync((session, _) =>
        {
            ChannelConsumers.Add(session, account, id);
            return true;
        });
        consumers.Look();
        var state = await journal.StateAsync(account);
        var channel = state.Channels[id];
        if (channel.Enabled)
            await TryAsync(account, channel, (connection, end) => SubscribeAsync(account, channel, connection, end), stop);
        else
            await TryAsync(account, channel, (connection, end) => connection.UnsubscribeAsync(end), stop);
        return TypedResults.Ok(await journal.Readers.ReadAsync(session => EditChannels.Told(session, connections, account, channel, state.Seq)));
    }

    private async Task SubscribeAsync(AccountId account, Channel channel, IConnection connection, CancellationToken stop)
    {
        await connection.SubscribeAsync(stop);
        if (connection is IPolled { Polls: true } polled && await health.CursorAsync(account, channel.Id) is null && await polled.BeginAsync(stop) is { } begin)
            await health.BeginAsync(account, channel.Id, begin);
    }

    /// <summary>It is written down already: what the platform does not do now is tried again each minute, and shown meanwhile.</summary>
    private async Task TryAsync(AccountId account, Channel channel, Func<IConnection, CancellationToken, Task> act, CancellationToken stop)
    {
        if (connections.Of(account, channel) is not { } connected)
            return;
        try
        {
            await act(connected.Connection, stop);
            await health.RecoveredAsync(account, channel.Id, surely: true);
        }
        catch (Exception failure) when (PlatformException.Covers(failure))
        {
            await health.FailedAsync(account, channel.Id, PlatformException.Of(failure));
        }
    }
}
