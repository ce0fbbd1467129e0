using Beseda.Domain.Conversations;
using Beseda.Domain.Deliveries;
using Beseda.Journal;
using Beseda.Server.Feeds;
using Beseda.Server.Storage;
using Delivery = Beseda.Journal.Delivery;

namespace Beseda.Server.Channels;

/// <summary>
/// Sends what is said to the visitors of one channel. What the platform has taken is written down part by part, and looked at
/// before every attempt: only what was under way when a process died, or its answer was lost, can go out twice, and only where
/// the platform cannot tell. What could not be written down is kept until it can.
/// </summary>
/// <param name="isFirst">Nobody has sent anything of this channel before.</param>
internal sealed class ChannelSender(AccountId account, ChannelId id, ChannelTools tools, bool isFirst) : IConsumer
{
    /// <summary>Over some hours; then an operator is told that it failed.</summary>
    private const int MostAttempts = 18;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>The largest file, on a slow line.</summary>
    private static readonly TimeSpan FilePatience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    private readonly MessageParts letters = new(account, tools);
    private readonly Doubts doubts = new(isFirst ? DateTimeOffset.MinValue : tools.Clock.GetUtcNow());

    public bool Wants(Frame frame) => frame is ChatFrame { Visitor: { Channel: { } channel }, Event: var happened } && channel == id && happened is
        MessagePosted { Note: false, External: null, Author.Kind: not AuthorKind.Visitor } or MessageResent
        or MessageEdited { Note: false, By.Kind: not AuthorKind.Visitor } or MessageDeleted { Note: false, By.Kind: not AuthorKind.Visitor }
        or MessageRead { By.Kind: AuthorKind.Operator };

    public async Task<Delivery> DeliverAsync(Frame frame, int attempt, CancellationToken stop)
    {
        var chat = (ChatFrame)frame;
        var happened = (ConversationEvent)chat.Event;
        var state = await tools.Journal.StateAsync(account);
        if (state.Channels.GetValueOrDefault(id) is not { Enabled: true } channel || tools.Connections.Of(account, channel) is not { } connected)
            return await GiveUpAsync(chat, DeliveryFault.ChannelOff, null);
        if (chat.Visitor?.Profile?.Subject is not { } to)
            return Delivery.Nothing.ToSay;

        if (connected.Connection.Echoes && happened is MessagePosted or MessageResent)
            await HearEchoAsync(happened, chat, stop);
        try
        {
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
            enough.CancelAfter(Patience);
            var outcome = happened switch
            {
                MessagePosted posted => await SendAsync(connected, to, chat.Seq, posted, stop),
                MessageResent resent => await ResendAsync(connected, to, resent, stop),
                MessageEdited edited => await EditAsync(connected, to, chat.Seq, edited, enough.Token),
                MessageDeleted deleted => await DeleteAsync(connected, to, deleted, enough.Token),
                MessageRead read => await ShowSeenAsync(connected, to, read, enough.Token),
                _ => Delivery.Nothing.ToSay,
            };
            if (outcome is Delivery.Done)
                await tools.Health.RecoveredAsync(account, id);
            return outcome;
        }
        catch (Exception failure) when (PlatformException.Covers(failure))
        {
            // Cut short by a stop of our own: the platform is not to blame.
            return stop.IsCancellationRequested ? new Delivery.Later("stopped") : await FailedAsync(connected, chat, PlatformException.Of(failure), attempt);
        }
    }

    private async Task<Delivery> SendAsync(Connected connected, string to, long message, MessagePosted posted, CancellationToken stop)
    {
        var state = await StateOfAsync(message);
        if (state is { Deleted: true } or { Delivery: Beseda.Domain.Conversations.Delivery.Failed } || posted.Words is null)
            return Delivery.Nothing.ToSay;
        var parts = await letters.OfAsync(connected, to, message, posted, state, stop);
        for (var i = 0; i < parts.Count; i++)
        {
            if (state?.Parts.Contains(i) is true)
                continue;
            if (tools.Unwritten.Find(account, message, i) is not { } sent)
            {
                await connected.Throttle.WaitAsync(to, stop);
                sent = await SendAsync(connected.Connection, message, i, parts[i], stop);
                tools.Unwritten.Keep(account, message, i, sent);
            }

            if (!await WriteAsync(new RecordSent(posted.Conversation, posted.Visitor, message, i, parts.Count, sent.External, sent.Number)))
                return new Delivery.Later("the journal takes nothing");
            tools.Unwritten.Forget(account, message, i);
            doubts.End(message);
        }

        return Delivery.Done.It;
    }

    private async Task<Sent> SendAsync(IConnection connection, long message, int number, Part part, CancellationToken stop)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        enough.CancelAfter(part.File is null ? Patience : FilePatience);
        doubts.Begin(message, number);
        try
        {
            return await connection.SendAsync(part, enough.Token);
        }
        catch (Exception failure) when (PlatformException.Of(failure).Fault != PlatformFault.Uncertain)
        {
            doubts.End(message);
            throw;
        }
    }

    /// <summary>What may have gone out is given time to come back before it goes out again.</summary>
    private async Task HearEchoAsync(ConversationEvent happened, ChatFrame chat, CancellationToken stop)
    {
        var message = MessageOf(chat);
        var state = await StateOfAsync(message);
        if (doubts.About(happened.Conversation, message, chat.At, state?.Parts.Length ?? 0) is not { } part)
            return;
        var began = tools.Clock.GetTimestamp();
        while (state?.Parts.Contains(part) is not true && tools.Clock.GetElapsedTime(began) < tools.EchoPatience)
        {
            await Task.Delay(LookEvery, tools.Clock, stop);
            state = await StateOfAsync(message);
        }
    }

    private async Task<Delivery> ResendAsync(Connected connected, string to, MessageResent resent, CancellationToken stop)
    {
        var original = (await tools.Journal.ReadAsync(account, resent.Message - 1, 1)).FirstOrDefault();
        return original.Event is MessagePosted posted
            ? await SendAsync(connected, to, resent.Message, posted, stop)
            : Delivery.Nothing.ToSay;
    }

    private async Task<Delivery> EditAsync(Connected connected, string to, long seq, MessageEdited edited, CancellationToken stop)
    {
        // Only the newest edit counts, and a message of several parts stays as it is.
        if (!connected.Platform.Description.Capabilities.Edit || edited.Words is null
            || await StateOfAsync(edited.Message) is not { Externals: [var external], Deleted: false } state || state.Edits[^1] != seq)
            return Delivery.Nothing.ToSay;
        await connected.Throttle.WaitAsync(to, stop);
        await connected.Connection.EditAsync(to, external, edited.Words.Text, stop);
        return Delivery.Done.It;
    }

    private async Task<Delivery> DeleteAsync(Connected connected, string to, MessageDeleted deleted, CancellationToken stop)
    {
        if (!connected.Platform.Description.Capabilities.Delete || await StateOfAsync(deleted.Message) is not { Externals.IsEmpty: false } state)
            return Delivery.Nothing.ToSay;
        foreach (var external in state.Externals)
            await connected.Connection.DeleteAsync(to, external, stop);
        return Delivery.Done.It;
    }

    private async Task<Delivery> ShowSeenAsync(Connected connected, string to, MessageRead read, CancellationToken stop)
    {
        if (await StateOfAsync(read.Message) is not { FromVisitor: true, Externals: [var external, ..] })
            return Delivery.Nothing.ToSay;
        try
        {
            await connected.Connection.ShowSeenAsync(to, external, stop);
        }
        catch (Exception failure) when (PlatformException.Covers(failure))
        {
            // A courtesy: what is said must not wait for it.
        }

        return Delivery.Nothing.ToSay;
    }

    private async Task<Delivery> FailedAsync(Connected connected, ChatFrame chat, PlatformException failure, int attempt)
    {
        if (failure.After is { } quiet)
            connected.Throttle.Close(quiet < Patience ? quiet : Patience);
        switch (failure.Fault)
        {
            case PlatformFault.Refused:
                return await GiveUpAsync(chat, DeliveryFault.Refused, failure.Code);
            case PlatformFault.TooLate:
                return await GiveUpAsync(chat, DeliveryFault.TooLate, failure.Code);
            case PlatformFault.Blocked:
                await WriteAsync(new StopVisitor(true), new Actor.Visitor(((ConversationEvent)chat.Event).Visitor));
                return await GiveUpAsync(chat, DeliveryFault.Blocked, failure.Code);
        }

        await tools.Health.FailedAsync(account, id, failure);
        return attempt >= MostAttempts && failure.Fault != PlatformFault.Account
            ? await GiveUpAsync(chat, DeliveryFault.Expired, failure.Code)
            : new Delivery.Later(failure.Code) { After = failure.After };
    }

    /// <summary>An operator sees that it failed, and why.</summary>
    private async Task<Delivery> GiveUpAsync(ChatFrame chat, DeliveryFault reason, string? code)
    {
        var message = MessageOf(chat);
        var about = (ConversationEvent)chat.Event;
        if (message != 0 && !await WriteAsync(new RecordFailure(about.Conversation, about.Visitor, message, reason, code)))
            return new Delivery.Later("the journal takes nothing");
        return new Delivery.Never(code ?? $"{reason}");
    }

    /// <returns>0: it sends none.</returns>
    private static long MessageOf(ChatFrame chat) => chat.Event switch { MessagePosted => chat.Seq, MessageResent resent => resent.Message, _ => 0 };

    private async Task<MessageState?> StateOfAsync(long message) =>
        (await tools.Journal.Readers.ReadAsync(session => MessageRows.States(session, account, [message]))).FirstOrDefault();

    private async Task<bool> WriteAsync(Command command, Actor? by = null) =>
        await tools.Journal.SubmitAsync(account, new Spoken(by ?? Actor.System.Itself, command)) is not Answer.Unavailable;
}
