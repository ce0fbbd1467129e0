using Beseda.Domain.Conversations;
using Beseda.Domain.Visitors;

namespace Beseda.Domain.Deliveries;

/// <summary>
/// The platform has taken a part of a message. By Beseda itself; the same part again changes nothing, also when it was sent
/// twice and goes by another name.
/// </summary>
public sealed record RecordSent(ConversationId Conversation, VisitorId Visitor, long Message, int Part, int Of, string External, long? Number) : Command
{
    internal Refusal? Decide(Decision decision, Actor by)
    {
        if (by is not Actor.System)
            return Refusal.NotAllowed;
        if (!decision.State.Conversations.ContainsKey(Conversation))
            return Refusal.ConversationNotFound;
        if (decision.State.MessageStates.GetValueOrDefault(Message)?.Parts.Contains(Part) is not true)
            decision.Add(new MessageSent(Conversation, Visitor, Message, Part, Of, External, Number));
        return null;
    }
}

/// <summary>It cannot be delivered. By Beseda itself.</summary>
public sealed record RecordFailure(ConversationId Conversation, VisitorId Visitor, long Message, DeliveryFault Reason, string? Code) : Command
{
    internal Refusal? Decide(Decision decision, Actor by)
    {
        if (by is not Actor.System)
            return Refusal.NotAllowed;
        if (!decision.State.Conversations.ContainsKey(Conversation))
            return Refusal.ConversationNotFound;
        if (decision.State.MessageStates.GetValueOrDefault(Message) is not { Delivery: not Delivery.None })
            decision.Add(new MessageFailed(Conversation, Visitor, Message, Reason, Code));
        return null;
    }
}

/// <summary>The visitor's device has, or the visitor has seen, what the channel calls so. What is unknown is passed over.</summary>
public sealed record ConfirmDelivery(IReadOnlyList<string> Externals, bool Seen) : Command
{
    internal Refusal? Decide(Decision decision, Actor by)
    {
        if (by is not Actor.Visitor { Id: var visitor })
            return Refusal.NotAllowed;
        var state = decision.State;
        var known = Externals.Where(external => state.Externals.ContainsKey((visitor, external)))
            .Select(external => state.MessageStates.GetValueOrDefault(state.Externals[(visitor, external)])).OfType<MessageState>()
            .DistinctBy(message => message.Message).OrderBy(message => message.Message).ToList();
        foreach (var message in known)
            if (message is { FromVisitor: false, Delivery: < Delivery.Delivered } && !IsHalfSent(message))
                decision.Add(new MessageDelivered(message.Conversation, message.Visitor, message.Message));
        if (Seen && known.Count > 0)
            See(decision, visitor, known[^1]);
        return known.Count == 0 ? Refusal.MessageNotFound : null;
    }

    /// <summary>The device has the first part; the rest may still fail, and that would have to be told.</summary>
    private static bool IsHalfSent(MessageState message) => message is { Delivery: Delivery.None, Parts.IsEmpty: false };

    private static void See(Decision decision, VisitorId visitor, MessageState newest)
    {
        var conversation = decision.State.Conversations.GetValueOrDefault(newest.Conversation);
        if (conversation is not null && newest.Message > conversation.ReadByVisitor)
            decision.Add(new MessageRead(conversation.Id, visitor, new Author(AuthorKind.Visitor), newest.Message));
    }
}

/// <summary>What the platform had taken, and calls so, could not be delivered after all. Said of a part that is no longer the message's, it changes nothing.</summary>
/// <param name="Code">As the platform names it.</param>
public sealed record DenyDelivery(string External, string? Code) : Command
{
    internal Refusal? Decide(Decision decision, Actor by)
    {
        if (by is not Actor.Visitor { Id: var visitor })
            return Refusal.NotAllowed;
        var state = decision.State;
        if (!state.Externals.TryGetValue((visitor, External), out var seq) || state.MessageStates.GetValueOrDefault(seq) is not { } message)
            return Refusal.MessageNotFound;
        if (!message.FromVisitor && message.Delivery != Delivery.Failed && message.Externals.Contains(External))
            decision.Add(new MessageFailed(message.Conversation, message.Visitor, seq, DeliveryFault.Refused, Code) { External = External });
        return null;
    }
}

/// <summary>Has a message that failed sent again. By an operator who sees it.</summary>
public sealed record ResendMessage(ConversationId Conversation, long Message) : Command
{
    internal Refusal? Decide(Decision decision, Actor by)
    {
        var state = decision.State;
        if (by is not Actor.Operator { Id: var person })
            return Refusal.NotAllowed;
        if (!state.Conversations.TryGetValue(Conversation, out var conversation) || !Visibility.Sees(state, by, conversation))
            return Refusal.ConversationNotFound;
        if (state.MessageStates.GetValueOrDefault(Message) is not { Deleted: false } message || message.Conversation != Conversation)
            return Refusal.MessageNotFound;
        if (message.Delivery == Delivery.Failed)
            decision.Add(new MessageResent(Conversation, message.Visitor, Message, person));
        return null;
    }
}
