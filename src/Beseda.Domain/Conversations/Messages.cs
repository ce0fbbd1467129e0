using Beseda.Domain.Deliveries;
using Beseda.Domain.Files;

namespace Beseda.Domain.Conversations;

/// <summary>Folds what becomes of messages.</summary>
internal static class Messages
{
    /// <summary>Only what has a name in a channel is remembered: nobody asks for the rest by anything but its seq.</summary>
    public static AccountState Posted(AccountState state, MessagePosted e, long seq)
    {
        if (e.External is not { } external)
            return state;
        var next = state.With(new MessageState(seq, e.Conversation, e.Visitor) { Externals = [external] });
        return Numbered(next, e.Visitor, e.Number);
    }

    public static AccountState Changed(AccountState state, ConversationEvent happened, long seq) => happened switch
    {
        MessageEdited e => Change(state, e, e.Message, m => m with { Edits = m.Edits.Add(seq) }),
        MessageDeleted e => Change(state, e, e.Message, m => m with { Deleted = true }),
        MessageSent e => Numbered(Change(state, e, e.Message, m => Sent(m, e)), e.Visitor, e.Number),
        MessageDelivered e => Change(state, e, e.Message, m => m with { Delivery = Delivery.Delivered, Failure = null }),
        MessageFailed e => Change(state, e, e.Message, m => Failed(m, e)),
        MessageResent e => Change(state, e, e.Message, m => m with { Delivery = Delivery.None, Failure = null }),
        FileArrived e => Change(state, e, e.Message, m => m with { Files = m.Files.SetItem(e.File.Id, e.File) }),
        _ => state,
    };

    private static MessageState Sent(MessageState message, MessageSent e)
    {
        var externals = message.Externals.Contains(e.External) ? message.Externals : message.Externals.Add(e.External);
        return message with
        {
            Externals = externals,
            Outward = true,
            Delivery = externals.Length >= e.Of && message.Delivery == Delivery.None ? Delivery.Sent : message.Delivery,
        };
    }

    /// <summary>A new attempt begins with the first part that is missing.</summary>
    private static MessageState Failed(MessageState message, MessageFailed e) => message with
    {
        Delivery = Delivery.Failed,
        Failure = e.Reason,
        Externals = e.External is { } external && message.Externals.IndexOf(external) is >= 0 and var at ? message.Externals[..at] : message.Externals,
    };

    /// <summary>One that is not in the working set evolves where it is loaded; one of which nothing became so far begins here.</summary>
    private static AccountState Change(AccountState state, ConversationEvent e, long message, Func<MessageState, MessageState> change) =>
        state.With(change(state.MessageStates.GetValueOrDefault(message) ?? new MessageState(message, e.Conversation, e.Visitor)));

    public static AccountState Numbered(AccountState state, VisitorId visitor, long? number) =>
        number is { } last && state.VisitorOrNew(visitor) is var known && last > known.LastNumber
            ? state.With(known with { LastNumber = last })
            : state;
}
