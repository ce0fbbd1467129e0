namespace Beseda.Domain.Deliveries;

/// <summary>The platform has taken a part of a message.</summary>
/// <param name="Message">Its seq.</param>
/// <param name="Part">From 0.</param>
/// <param name="Of">How many parts it has.</param>
/// <param name="External">What the channel calls the part.</param>
/// <param name="Number">See <see cref="Conversations.MessagePosted.Number"/>.</param>
public sealed record MessageSent(
    ConversationId Conversation, VisitorId Visitor, long Message, int Part, int Of, string External, long? Number)
    : ConversationEvent(Conversation, Visitor);

/// <summary>The visitor's device has it.</summary>
public sealed record MessageDelivered(ConversationId Conversation, VisitorId Visitor, long Message) : ConversationEvent(Conversation, Visitor);

/// <summary>It cannot be delivered.</summary>
/// <param name="Reason">A code, never what people wrote: see <see cref="DeliveryFault"/>.</param>
public sealed record MessageFailed(ConversationId Conversation, VisitorId Visitor, long Message, DeliveryFault Reason, string? Code)
    : ConversationEvent(Conversation, Visitor)
{
    /// <summary>The part that the platform had taken before it found that out: it and those after it have to be sent again.</summary>
    public string? External { get; init; }
}

/// <summary>An operator wants it tried again.</summary>
public sealed record MessageResent(ConversationId Conversation, VisitorId Visitor, long Message, OperatorId By)
    : ConversationEvent(Conversation, Visitor);

/// <summary>Why a message cannot be delivered.</summary>
public enum DeliveryFault
{
    /// <summary>The platform does not take it as it is.</summary>
    Refused,
    /// <summary>The visitor has stopped the channel from writing to them, or is gone.</summary>
    Blocked,
    /// <summary>The platform lets companies write only for some time after the visitor's last message.</summary>
    TooLate,
    /// <summary>Tried for too long.</summary>
    Expired,
    /// <summary>The channel is switched off, or was removed.</summary>
    ChannelOff,
}
