using Beseda.Domain.Conversations;
using Beseda.Domain.Deliveries;
using Beseda.Domain.Labels;
using Beseda.Domain.Operators;

namespace Beseda.Domain.Visitors;

/// <summary>
/// Who sees what: the one place. Desk, feed, timeline, history, files and search all ask here.
/// </summary>
public static class Visibility
{
    /// <summary>
    /// A conversation is seen by its visitor, the operators of its department, those it is or was assigned to,
    /// supervisors and administrators.
    /// </summary>
    public static bool Sees(AccountState state, Actor viewer, Conversation conversation) => viewer switch
    {
        Actor.Visitor { Id: var visitor } => conversation.Visitor == visitor,
        Actor.Operator { Id: var id } => state.Operators.GetValueOrDefault(id) is { } person && Sees(person, conversation),
        Actor.System => true,
        _ => false,
    };

    public static bool Sees(Operator person, Conversation conversation) => person.Enabled
        && (SeesAll(person) || person.In(conversation.Department) || conversation.Participants.Contains(person.Id));

    public static bool SeesAll(Operator person) => person.Role is Role.Supervisor or Role.Administrator;

    /// <summary>Of a conversation they see: visitors get no notes; a hand-over is also told to the department it leaves.</summary>
    public static bool ShownToVisitor(Event happened) => happened switch
    {
        MessagePosted { Note: true } or MessageEdited { Note: true } or MessageDeleted { Note: true } => false,
        // How it gets to their messenger is not told to whoever it is for.
        MessageSent or MessageDelivered or MessageFailed or MessageResent or VisitorStopped => false,
        ConversationLabelled => false,
        ConversationEvent => true,
        _ => false,
    };

    /// <inheritdoc cref="ShownToVisitor"/>
    public static bool ShownTo(Operator person, Event happened, Conversation? conversation) => happened switch
    {
        ConversationTransferred transfer when person.Enabled && person.In(transfer.From.Department) => true,
        ConversationEvent => conversation is not null && Sees(person, conversation),
        Unknown => false,
        VisitorIdentified => SeesAll(person) && person.Enabled,
        _ => person.Enabled,
    };
}
