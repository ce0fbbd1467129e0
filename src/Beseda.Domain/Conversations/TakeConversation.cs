using Beseda.Domain.Operators;
using Beseda.Domain.Routing;
using Beseda.Domain.Visitors;

namespace Beseda.Domain.Conversations;

/// <summary>Accepts what is offered to me, or takes what waits. By hand an operator may go over the limit.</summary>
public sealed record TakeConversation(ConversationId Conversation) : Command
{
    internal Refusal? Decide(Decision decision, Actor by)
    {
        var state = decision.State;
        if (by is not Actor.Operator { Id: var id } || !state.Operators.TryGetValue(id, out var person))
            return Refusal.NotAllowed;
        if (!state.Conversations.TryGetValue(Conversation, out var conversation) || !Visibility.Sees(person, conversation))
            return Refusal.ConversationNotFound;

        if (conversation.Stage == Stage.Closed)
            return Refusal.ConversationClosed;
        if (conversation.Stage != Stage.Queued && conversation.Operator != id)
            return Refusal.AlreadyTaken;

        // Who works is there: from here on losing them matters.
        if (conversation.Stage != Stage.Active && person.Shown == Status.Offline)
            Departure.Change(decision, id, Status.Away, reachable: true, StatusCause.Took);
        if (conversation.Stage == Stage.Queued)
        {
            var chosen = new Candidate(id, state.Index.Of(id).Count, person.Limit, person.IdleSince);
            decision.Add(new ConversationAssigned(Conversation, conversation.Visitor, id, null, Why.Of(Rule.Hand, chosen)));
        }

        if (conversation.Stage != Stage.Active)
            decision.Add(new ConversationAccepted(Conversation, conversation.Visitor, id) { Pauses = state.Account.Pauses });
        return null;
    }
}
