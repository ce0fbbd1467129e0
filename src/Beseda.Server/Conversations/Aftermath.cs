using Beseda.Domain.Conversations;
using Beseda.Domain.Deliveries;
using Beseda.Domain.Files;
using Beseda.Server.Files;

namespace Beseda.Server.Conversations;

/// <summary>Tells what becomes of messages after they were posted.</summary>
internal static class Aftermath
{
    /// <summary>In a timeline it is part of the message, not a line of its own.</summary>
    public static bool IsPart(Event happened) => happened is
        MessageEdited or MessageDeleted or MessageSent or MessageDelivered or MessageFailed or MessageResent or FileArrived;

    public static Wire.Entry? Entry(long seq, DateTimeOffset at, ConversationEvent happened)
    {
        var conversation = happened.Conversation.Value;
        return happened switch
        {
            MessageEdited e => new Wire.MessageEdited { Seq = seq, At = at, Conversation = conversation, Message = e.Message, Text = e.Words?.Text },
            MessageDeleted e => new Wire.MessageDeleted { Seq = seq, At = at, Conversation = conversation, Message = e.Message, By = Names.Of(e.By.Kind) },
            // Only the last part says that all of it has gone.
            MessageSent e when e.Part == e.Of - 1 => new Wire.MessageSent { Seq = seq, At = at, Conversation = conversation, Message = e.Message },
            MessageDelivered e => new Wire.MessageDelivered { Seq = seq, At = at, Conversation = conversation, Message = e.Message },
            MessageFailed e => new Wire.MessageFailed
            {
                Seq = seq,
                At = at,
                Conversation = conversation,
                Message = e.Message,
                Reason = Names.Of(e.Reason),
                Code = e.Code,
            },
            MessageResent e => new Wire.MessageResent { Seq = seq, At = at, Conversation = conversation, Message = e.Message },
            FileArrived e => new Wire.FileArrived
            {
                Seq = seq,
                At = at,
                Conversation = conversation,
                Message = e.Message,
                File = FileLinks.Of(e.File, e.Words?.Name),
            },
            VisitorStopped e => new Wire.VisitorStopped { Seq = seq, At = at, Conversation = conversation, Stopped = e.Stopped },
            _ => null,
        };
    }

    /// <summary>A message's files as they are now.</summary>
    public static IReadOnlyList<Wire.FileLink> Files(MessagePosted message, Present? since) => message.Files is not { } files
        ? []
        : [.. files.Select((file, i) => FileLinks.Of(
            since?.State.Files.GetValueOrDefault(file.Id) ?? file,
            message.Words?.Files is { } words && i < words.Length ? words[i].Name : null))];

    public static Wire.Delivery? Of(Delivery delivery) => delivery switch
    {
        Delivery.None => null,
        Delivery.Sent => Wire.Delivery.Sent,
        Delivery.Delivered => Wire.Delivery.Delivered,
        Delivery.Failed => Wire.Delivery.Failed,
    };
}

/// <summary>A message in its present form.</summary>
internal sealed record Present(MessageState State, MessageWords? Edited, DateTimeOffset? EditedAt);
