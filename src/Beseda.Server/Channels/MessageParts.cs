using System.Collections.Immutable;
using Beseda.Domain.Channels;
using Beseda.Domain.Conversations;
using Beseda.Domain.Files;
using Beseda.Journal;
using Beseda.Server.Files;
using Beseda.Server.Storage;

namespace Beseda.Server.Channels;

/// <summary>What is to be sent of a message: its words, its files as they are now, and what can be pressed.</summary>
internal sealed class MessageParts(AccountId account, ChannelTools tools)
{
    public async Task<List<Part>> OfAsync(
        Connected connected, string to, long message, MessagePosted posted, MessageState? state, CancellationToken stop)
    {
        var words = posted.Words!;
        var answered = posted.ReplyTo is { } reply
            ? (await tools.Journal.Readers.ReadAsync(session => MessageRows.States(session, account, [reply]))).FirstOrDefault()
            : null;
        var files = posted.Files is { } attached
            ? attached.Select((file, i) => Attach(
                state?.Files.GetValueOrDefault(file.Id) ?? file, words.Files is { } names && i < names.Length ? names[i].Name : null, stop)).ToList()
            : [];
        var parts = Parts.Of(
            connected.Platform, to, words.Text, words.Buttons ?? [], files, answered?.Externals.FirstOrDefault(),
            Mark.Of(posted.Conversation, message), Key(message));
        var thread = connected.Platform.WritesLetters ? await ThreadAsync(message, posted, answered) : null;
        parts = parts.ConvertAll(part => part with { Automatic = posted.Author.Kind == AuthorKind.System, Thread = thread });
        if (parts.Count > 0)
            parts[^1] = parts[^1] with { Standing = await StandingAsync(connected, posted) };
        return parts;
    }

    /// <summary>A letter continues the one that it answers, else the visitor's newest.</summary>
    private async Task<Thread?> ThreadAsync(long message, MessagePosted posted, MessageState? answered)
    {
        var before = answered is { FromVisitor: true }
            ? answered
            : await tools.Journal.Readers.ReadAsync(session => MessageRows.NewestOfVisitor(session, account, posted.Visitor, message));
        if (before is not { Externals: [var external, ..] })
            return null;
        var original = (await tools.Journal.ReadAsync(account, before.Message - 1, 1)).FirstOrDefault();
        return new Thread(external, (original.Event as MessagePosted)?.Words?.Subject);
    }

    private Attachment Attach(MessageFile file, string? name, CancellationToken stop)
    {
        var isPhoto = file is { Width: { } width, Height: { } height } && Picture.IsBearable(width, height);
        return new Attachment(
            file, name ?? "file", tools.Address.Of(FileLinks.UrlOf(file.Id, name)),
            async () => await tools.Files.OpenAsync(file.Id, stop) ?? throw new PlatformException(PlatformFault.Refused, "the file is gone"))
        {
            Photo = isPhoto ? tools.Address.Of(FileLinks.PhotoOf(file.Id)) : null,
        };
    }

    /// <summary>As long as the conversation is open, the visitor can close it.</summary>
    private async Task<ImmutableArray<Button>> StandingAsync(Connected connected, MessagePosted posted)
    {
        var state = await tools.Journal.StateAsync(account);
        if (state.Conversations.GetValueOrDefault(posted.Conversation) is not { IsOpen: true })
            return [];
        var label = Dialogue.Of(connected.Channel, state.Visitors.GetValueOrDefault(posted.Visitor)?.Language).CloseButton;
        return string.IsNullOrEmpty(label) ? [] : [Button.Closing(label)];
    }

    /// <summary>The same after a restart, another after a restore: numbers are given out anew then.</summary>
    private int Key(long message)
    {
        var hash = 2166136261u;
        foreach (var c in $"{tools.Journal.Id}:{account}:{message}")
            hash = unchecked((hash ^ c) * 16777619);
        return unchecked((int)hash);
    }
}
