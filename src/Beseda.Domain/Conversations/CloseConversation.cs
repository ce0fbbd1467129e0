using Beseda.Domain.Operators;
using Beseda.Domain.Ratings;
using Beseda.Domain.Visitors;

namespace Beseda.Domain.Conversations;

/// <summary>
/// Ends a conversation: the visitor theirs; an operator one that is theirs or waits; supervisors any. What is closed
/// already stays closed, and that is an answer, not an error.
/// </summary>
/// <param name="Conversation">Null: the visitor's open one.</param>
public sealed record CloseConversation(ConversationId? Conversation) : Command
{
    /// <summary>See <see cref="MessagePosted.Number"/>: pressing a button may be a message of its own.</summary>
    public long? Number { get; init; }

    internal Refusal? Decide(Decision decision, Actor by)
    {
        var state = decision.State;
        var id = Conversation ?? (by is Actor.Visitor visitor ? state.VisitorOrNew(visitor.Id).Open : null);
        if (id is null)
            return by is Actor.Visitor ? null : Refusal.ConversationNotFound;
        if (!state.Conversations.TryGetValue(id.Value, out var conversation) || !Visibility.Sees(state, by, conversation))
            return Refusal.ConversationNotFound;
        if (conversation.Stage == Stage.Closed)
            return null;
        if (by is Actor.Operator person && !MayClose(state.Operators[person.Id], conversation))
            return Refusal.AlreadyTaken;

        var closer = by switch { Actor.Visitor => Closer.Visitor, Actor.Operator => Closer.Operator, _ => Closer.System };
        Close(decision, conversation, closer, CloseReason.Finished, (by as Actor.Operator)?.Id, Number);
        return null;
    }

    /// <summary>Closes, and asks the visitor about the operator who had it last.</summary>
    internal static void Close(Decision decision, Conversation conversation, Closer by, CloseReason why, OperatorId? person = null, long? number = null)
    {
        decision.Add(new ConversationClosed(conversation.Id, conversation.Visitor, by, why, person) { Number = number });
        if (conversation.LastOperator is { } asked && why != CloseReason.Merged && conversation.Ratings.All(r => r.Operator != asked))
            decision.Add(new RatingAsked(conversation.Id, conversation.Visitor, asked, decision.State.Account.RatingScale));
    }

    private static bool MayClose(Operator person, Conversation conversation) =>
        conversation.Stage == Stage.Queued || conversation.Operator == person.Id || Visibility.SeesAll(person);
}
