using Beseda.Domain.Conversations;
using Beseda.Domain.Deliveries;
using Beseda.Journal;
using Beseda.Server.Feeds;
using Beseda.Server.Files;
using Beseda.Server.Storage;
using Delivery = Beseda.Journal.Delivery;

namespace Beseda.Server.Channels;

/// <summary>
/// Sends what is said to the visitors of one channel. What the platform has taken is written down part by part, and looked at
/// before every attempt: only what was under way when a process died can go out twice, and only where the platform cannot tell.
/// </summary>
internal sealed class ChannelSender(AccountId account, ChannelId id, ChannelTools tools) : IConsumer
{
    /// <summary>Over some hours; then an operator is told that it failed.</summary>
    private const int MostAttempts = 18;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

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

        try
        {
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
            enough.CancelAfter(Patience);
            var outcome = happened switch
            {
                MessagePosted posted => await SendAsync(connected, to, chat.Seq, posted, enough.Token),
                MessageResent resent => await ResendAsync(connected, to, resent, enough.Token),
                MessageEdited edited => await EditAsync(connected, to, chat.Seq, edited, enough.Token),
                MessageDeleted deleted => await DeleteAsync(connected, to, deleted, enough.Token),
                MessageRead read => await ShowSeenAsync(connected, to, read, enough.Token),
                _ => Delivery.Nothing.ToSay,
            };
            if (outcome is Delivery.Done)
                await tools.Health.RecoveredAsync(account, id);
            return outcome;
        }
        catch (Exception failure) when (failure is PlatformException or HttpRequestException or OperationCanceledException or IOException)
        {
            return await FailedAsync(connected, chat, PlatformException.Of(failure), attempt);
        }
    }

    private async Task<Delivery> SendAsync(Connected connected, string to, long message, MessagePosted posted, CancellationToken stop)
    {
        var state = await StateOfAsync(message);
        if (state is { Deleted: true } or { Delivery: Beseda.Domain.Conversations.Delivery.Failed } || posted.Words is null)
            return Delivery.Nothing.ToSay;
        var parts = await PartsAsync(connected, to, message, posted, state, stop);
        for (var i = 0; i < parts.Count; i++)
        {
            if (state?.Parts.Contains(i) is true)
                continue;
            await connected.Throttle.WaitAsync(to, stop);
            var sent = await connected.Connection.SendAsync(parts[i], stop);
            var record = new RecordSent(posted.Conversation, posted.Visitor, message, i, parts.Count, sent.External, sent.Number);
            if (!await WriteAsync(record))
                return new Delivery.Later("the journal takes nothing");
        }

        return Delivery.Done.It;
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
        catch (Exception failure) when (failure is PlatformException or HttpRequestException or OperationCanceledException or IOException)
        {
            // A courtesy: what is said must not wait for it.
        }

        return Delivery.Nothing.ToSay;
    }

    private async Task<List<Part>> PartsAsync(
        Connected connected, string to, long message, MessagePosted posted, MessageState? state, CancellationToken stop)
    {
        var words = posted.Words!;
        var answered = posted.ReplyTo is { } reply ? await StateOfAsync(reply) : null;
        var files = posted.Files is { } attached
            ? attached.Select((file, i) => new Attachment(
                state?.Files.GetValueOrDefault(file.Id) ?? file, words.Files is { } names && i < names.Length ? names[i].Name : "file",
                tools.Address.Of(FileLinks.UrlOf(file.Id, words.Files is { } named && i < named.Length ? named[i].Name : null)),
                async () => await tools.Files.OpenAsync(file.Id, stop) ?? throw new PlatformException(PlatformFault.Refused, "the file is gone"))).ToList()
            : [];
        var parts = Parts.Of(
            connected.Platform.Description.Capabilities, to, words.Text, words.Buttons ?? [], files, answered?.Externals.FirstOrDefault(),
            Mark.Of(posted.Conversation, message), Key(message));
        return parts.ConvertAll(part => part with { Automatic = posted.Author.Kind == AuthorKind.System });
    }

    /// <summary>The same after a restart, another after a restore: numbers are given out anew then.</summary>
    private int Key(long message)
    {
        var hash = 2166136261u;
        foreach (var c in $"{tools.Journal.Id}:{account}:{message}")
            hash = unchecked((hash ^ c) * 16777619);
        return unchecked((int)hash);
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
        var message = chat.Event switch { MessagePosted => chat.Seq, MessageResent resent => resent.Message, _ => 0 };
        var about = (ConversationEvent)chat.Event;
        if (message != 0 && !await WriteAsync(new RecordFailure(about.Conversation, about.Visitor, message, reason, code)))
            return new Delivery.Later("the journal takes nothing");
        return new Delivery.Never(code ?? $"{reason}");
    }

    private async Task<MessageState?> StateOfAsync(long message) =>
        (await tools.Journal.Readers.ReadAsync(session => MessageRows.States(session, account, [message]))).FirstOrDefault();

    private async Task<bool> WriteAsync(Command command, Actor? by = null) =>
        await tools.Journal.SubmitAsync(account, new Spoken(by ?? Actor.System.Itself, command)) is not Answer.Unavailable;
}
