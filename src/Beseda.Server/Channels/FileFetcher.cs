using Beseda.Domain.Conversations;
using Beseda.Domain.Files;
using Beseda.Journal;
using Beseda.Server.Feeds;
using Beseda.Server.Files;
using Beseda.Server.Storage;
using Delivery = Beseda.Journal.Delivery;

namespace Beseda.Server.Channels;

/// <summary>Gets the files of one channel's messages: platforms keep them for hours, Beseda for as long as the message.</summary>
internal sealed class FileFetcher(AccountId account, ChannelId id, ChannelTools tools) : IConsumer
{
    private const int MostAttempts = 12;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public bool Wants(Frame frame) => frame is ChatFrame { Event: MessagePosted { Files: { } files }, Visitor: { Channel: { } channel } }
        && channel == id && files.Any(file => file.Stage == FileStage.Pending);

    public async Task<Delivery> DeliverAsync(Frame frame, int attempt, CancellationToken stop)
    {
        var message = (MessagePosted)((ChatFrame)frame).Event;
        var known = (await tools.Journal.Readers.ReadAsync(session => MessageRows.States(session, account, [frame.Seq]))).FirstOrDefault();
        if (known is { Deleted: true })
            return Delivery.Nothing.ToSay;
        for (var i = 0; i < message.Files!.Value.Length; i++)
        {
            var file = message.Files.Value[i];
            if (file.Stage != FileStage.Pending || known?.Files.ContainsKey(file.Id) is true)
                continue;
            var words = message.Words?.Files is { } all && i < all.Length ? all[i] : null;
            try
            {
                var arrived = words is { Source: { } source } ? await FetchAsync(file, words.Name, source, stop) : file with { Stage = FileStage.Lost };
                if (!await TellAsync(message, frame.Seq, arrived, words?.Name))
                    return new Delivery.Later("the journal takes nothing");
            }
            catch (Exception failure) when (PlatformException.Covers(failure) && !stop.IsCancellationRequested)
            {
                var why = PlatformException.Of(failure);
                if (attempt < MostAttempts && why.Fault is not (PlatformFault.Refused or PlatformFault.Blocked))
                    return new Delivery.Later(why.Code) { After = why.After };
                if (!await TellAsync(message, frame.Seq, file with { Stage = FileStage.Lost }, words?.Name))
                    return new Delivery.Later("the journal takes nothing");
            }
        }

        return Delivery.Done.It;
    }

    private async Task<MessageFile> FetchAsync(MessageFile file, string name, string source, CancellationToken stop)
    {
        var state = await tools.Journal.StateAsync(account);
        if (state.Channels.GetValueOrDefault(id) is not { } channel || tools.Connections.Of(account, channel) is not { } connected)
            return file with { Stage = FileStage.Lost };
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        enough.CancelAfter(Patience);
        using var fetched = await connected.Connection.FetchAsync(source, enough.Token);
        return await tools.Files.SaveAsync(account, 0, fetched.Name ?? name, fetched.ContentType ?? file.ContentType, fetched.Content, enough.Token, file.Id) switch
        {
            Saving.Saved saved => new MessageFile(saved.File.Id, FileStage.Ready, saved.File.ContentType, saved.File.Size, saved.File.Width, saved.File.Height),
            Saving.Refused { Why: FileRefusal.CutShort } => throw new PlatformException(PlatformFault.Later, "the file was cut short"),
            _ => file with { Stage = FileStage.Lost },
        };
    }

    private async Task<bool> TellAsync(MessagePosted message, long seq, MessageFile file, string? name)
    {
        var arrive = new ArriveFile(message.Conversation, message.Visitor, seq, file, name is null ? null : new FileWords(name));
        return await tools.Journal.SubmitAsync(account, new Spoken(Actor.System.Itself, arrive)) is not Answer.Unavailable;
    }
}
