using System.Collections.Concurrent;
using Beseda.Domain.Conversations;
using Beseda.Journal;

namespace Beseda.Server.Channels;

/// <summary>Shows visitors of channels that an operator types. A signal: it may be lost, and never waits.</summary>
internal sealed class TypingNews(Connections connections, TimeProvider clock)
{
    private const int MostAtOnce = 64;

    /// <summary>Platforms show it for about five seconds.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(4);

    private readonly ConcurrentDictionary<(AccountId Account, VisitorId Visitor), long> shown = new();
    private int atOnce;

    public void Show(AccountId account, AccountState state, Conversation conversation)
    {
        if (state.Visitors.GetValueOrDefault(conversation.Visitor) is not { Channel: { } id, Profile.Subject: { } to }
            || state.Channels.GetValueOrDefault(id) is not { Enabled: true } channel || connections.Of(account, channel) is not { } connected
            || !connected.Platform.Description.Capabilities.TypingShown)
            return;
        var now = clock.GetTimestamp();
        if (shown.TryGetValue((account, conversation.Visitor), out var last) && clock.GetElapsedTime(last, now) < Again)
            return;
        if (shown.Count > 10_000)
            shown.Clear();
        shown[(account, conversation.Visitor)] = now;
        if (Interlocked.Increment(ref atOnce) > MostAtOnce)
            Interlocked.Decrement(ref atOnce);
        else
            _ = ShowAsync(connected.Connection, to);
    }

    private async Task ShowAsync(IConnection connection, string to)
    {
        try
        {
            using var enough = new CancellationTokenSource(Again, clock);
            await connection.ShowTypingAsync(to, enough.Token);
        }
        catch (Exception failure) when (PlatformException.Covers(failure))
        {
            // Then they do not see it.
        }
        finally
        {
            Interlocked.Decrement(ref atOnce);
        }
    }
}
