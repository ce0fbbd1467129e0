using Beseda.Domain.Channels;
using Beseda.Journal;

namespace Beseda.Server.Channels;

/// <summary>What comes from a channel, whichever way: one after the other, each on the disk before the next.</summary>
internal sealed class Intake(Reception reception, Waiting waiting, ChannelHealth health)
{
    /// <returns>Null: all of it is on the disk. Else nothing is to be confirmed: all of it may be brought again, after so long.</returns>
    public async Task<TimeSpan?> TakeAsync(AccountId account, Connected connected, IReadOnlyList<Item> items, CancellationToken stop)
    {
        foreach (var item in items)
        {
            var taken = await reception.TakeAsync(account, connected, item, late: false, stop);
            if (taken is Taken.Unavailable unavailable)
                return unavailable.After;
            if (taken is not Taken.Done)
                await waiting.KeepAsync(account, connected.Channel.Id, item, taken);
            if (item.Update is Update.Pressed pressed)
                await AnswerAsync(connected, pressed, stop);
        }

        if (items.Count > 0)
            await health.HeardAsync(account, connected.Channel.Id, items[^1].Update.From is { Length: > 0 } from ? from : null);
        return null;
    }

    /// <summary>What is said inside the answer to who has only opened the chat.</summary>
    public static Reply? Welcome(AccountState state, Connected connected, IReadOnlyList<Item> items)
    {
        if (items is not [{ Update: Update.Opened opened }])
            return null;
        var greeting = Dialogue.Of(connected.Channel, opened.Who?.Language).Greeting;
        return string.IsNullOrEmpty(greeting)
            ? null
            : connected.Connection.Welcome(greeting.Replace("{company}", state.Account.Name, StringComparison.Ordinal));
    }

    /// <summary>A device that waits for it shows a clock meanwhile; nothing is lost when it does not hear.</summary>
    private static async Task AnswerAsync(Connected connected, Update.Pressed pressed, CancellationToken stop)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        enough.CancelAfter(TimeSpan.FromSeconds(2));
        try
        {
            await connected.Connection.AnswerPressAsync(pressed, enough.Token);
        }
        catch (Exception failure) when (PlatformException.Covers(failure))
        {
            // It stops by itself.
        }
    }
}
