using Beseda.Protocol;

namespace Beseda.Workplace.Conversations;

/// <summary>What becomes of messages after they were posted: part of the message, not a line of its own.</summary>
public static class Aftermath
{
    /// <summary>The message it is about; null: about none.</summary>
    public static long? Of(Entry entry) => entry switch
    {
        MessageEdited one => one.Message,
        MessageDeleted one => one.Message,
        MessageSent one => one.Message,
        MessageDelivered one => one.Message,
        MessageFailed one => one.Message,
        MessageResent one => one.Message,
        FileArrived one => one.Message,
        _ => null,
    };

    public static MessagePosted After(MessagePosted message, Entry happened) => happened switch
    {
        MessageEdited edited => message with { Text = edited.Text, EditedAt = edited.At },
        MessageDeleted => message with { Text = null, Files = [], Buttons = null, Quoted = null, EditedAt = null },
        MessageSent when message.Delivery != Delivery.Delivered => message with { Delivery = Delivery.Sent, Failure = null },
        MessageDelivered => message with { Delivery = Delivery.Delivered, Failure = null },
        MessageFailed failed => message with { Delivery = Delivery.Failed, Failure = failed.Reason },
        MessageResent => message with { Delivery = null, Failure = null },
        FileArrived { File: var file } => message with
        {
            Files = [.. message.Files.Select(one => one.Id == file.Id ? file with { Name = file.Name.Length > 0 ? file.Name : one.Name } : one)],
        },
        _ => message,
    };
}
