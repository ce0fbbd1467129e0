namespace Beseda.Domain.Files;

/// <summary>A file of a message, as rules and metrics know it: without its name.</summary>
/// <param name="Id">As in <c>/files</c>.</param>
/// <param name="Size">Bytes; 0 while unknown.</param>
public sealed record MessageFile(string Id, FileStage Stage, string ContentType, long Size, int? Width = null, int? Height = null);

public enum FileStage
{
    /// <summary>Still on its way from the channel.</summary>
    Pending,
    Ready,
    /// <summary>It could not be had.</summary>
    Lost,
}

/// <param name="Source">Where its channel keeps it, as the channel names it, until it is ours.</param>
public sealed record FileWords(string Name, string? Source = null);

/// <summary>A pending file has come, or will not.</summary>
/// <param name="Message">The seq of the message it belongs to.</param>
public sealed record FileArrived(ConversationId Conversation, VisitorId Visitor, long Message, MessageFile File, FileWords? Words)
    : ConversationEvent(Conversation, Visitor);

/// <summary>Says what became of a pending file, once; of a message that was taken back nothing more is said. By Beseda itself.</summary>
public sealed record ArriveFile(ConversationId Conversation, VisitorId Visitor, long Message, MessageFile File, FileWords? Words) : Command
{
    internal Refusal? Decide(Decision decision, Actor by)
    {
        if (by is not Actor.System)
            return Refusal.NotAllowed;
        if (!decision.State.Conversations.ContainsKey(Conversation))
            return Refusal.ConversationNotFound;
        if (decision.State.MessageStates.GetValueOrDefault(Message) is not { } message || (!message.Deleted && !message.Files.ContainsKey(File.Id)))
            decision.Add(new FileArrived(Conversation, Visitor, Message, File, Words));
        return null;
    }
}
