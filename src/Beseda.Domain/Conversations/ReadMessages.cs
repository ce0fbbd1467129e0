using Beseda.Domain.Visitors;

namespace Beseda.Domain.Conversations;

/// <summary>
/// Everything up to <paramref name="Message"/> has been seen. For operators the conversation is named, and only the one
/// whose it is marks it read; for visitors it is the newest of theirs in the working set.
/// </summary>
public sealed record ReadMessages(ConversationId? Conversation, long Message) : Command
{
    internal Refusal? Decide(Decision decision, Actor by)
    {
        if (by is Actor.System)
            return Refusal.NotAllowed;
        var state = decision.State;
        var id = Conversation ?? (by is Actor.Visitor visitor ? state.VisitorOrNew(visitor.Id).Open : null);
        if (id is null)
            return by is Actor.Visitor ? null : Refusal.ConversationNotFound;
        if (!state.Conversations.TryGetValue(id.Value, out var conversation) || !Visibility.Sees(state, by, conversation))
            return Refusal.ConversationNotFound;

        var upTo = Math.Min(Message, conversation.LastMessage);
        if (by is Actor.Operator { Id: var person })
        {
            if (conversation.Operator == person && upTo > conversation.ReadByOperator)
                Mark(decision, conversation, new Author(AuthorKind.Operator, person), upTo);
        }
        else if (upTo > conversation.ReadByVisitor)
        {
            Mark(decision, conversation, new Author(AuthorKind.Visitor), upTo);
        }

        return null;
    }

    private static void Mark(Decision decision, Conversation conversation, Author by, long upTo) =>
        decision.Add(new MessageRead(conversation.Id, conversation.Visitor, by, upTo));
}
