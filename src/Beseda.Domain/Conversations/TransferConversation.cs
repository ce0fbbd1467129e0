using Beseda.Domain.Operators;
using Beseda.Domain.Routing;
using Beseda.Domain.Visitors;

namespace Beseda.Domain.Conversations;

/// <summary>
/// Hands a conversation to another operator, who is to accept it, or to a department's queue. By whoever has it,
/// by a supervisor, and by any operator who sees it while it waits.
/// </summary>
/// <param name="Operator">Either this…</param>
/// <param name="Department">…or this.</param>
public sealed record TransferConversation(
    ConversationId Conversation, OperatorId? Operator, DepartmentId? Department, string? Comment) : Command
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
        if (!MayHandOver(person, conversation))
            return Went(conversation, id) ? null : Refusal.AlreadyTaken;

        return Operator is { } to ? ToOperator(decision, conversation, id, to) : ToDepartment(decision, conversation, id);
    }

    private Refusal? ToOperator(Decision decision, Conversation conversation, OperatorId by, OperatorId to)
    {
        var state = decision.State;
        if (!state.Operators.TryGetValue(to, out var person))
            return Refusal.OperatorNotFound;
        if (conversation.Operator == to)
            return null;
        if (!person.Online)
            return Refusal.OperatorUnavailable;

        var chosen = new Candidate(to, state.Index.Of(to).Count, person.Limit, person.IdleSince);
        var until = decision.Now + state.Departments[conversation.Department].AcceptWithin;
        Hand(decision, conversation, by, new Place(conversation.Department, to));
        decision.Add(new ConversationAssigned(conversation.Id, conversation.Visitor, to, until, Why.Of(Rule.Transfer, chosen)));
        return null;
    }

    private Refusal? ToDepartment(Decision decision, Conversation conversation, OperatorId by)
    {
        if (Department is not { } to || !decision.State.Departments.ContainsKey(to))
            return Refusal.DepartmentNotFound;
        if (conversation.Stage == Stage.Queued && conversation.Department == to)
            return null;

        Hand(decision, conversation, by, new Place(to, null));
        Queueing.Enter(decision, conversation, to, QueueReason.Transfer, decision.NextSeq);
        return null;
    }

    private void Hand(Decision decision, Conversation conversation, OperatorId by, Place to) =>
        decision.Add(new ConversationTransferred(
            conversation.Id, conversation.Visitor, new Place(conversation.Department, conversation.Operator), to, by,
            string.IsNullOrEmpty(Comment) ? null : new TransferWords(Comment)));

    /// <summary>The caller handed it over already, and asks again because the answer was lost.</summary>
    private bool Went(Conversation conversation, OperatorId by) => Operator is { } to
        ? conversation.Operator == to
        : conversation.Department == Department && conversation.Participants.Contains(by);

    private static bool MayHandOver(Operator person, Conversation conversation) =>
        conversation.Stage == Stage.Queued || conversation.Operator == person.Id || Visibility.SeesAll(person);
}
