using Beseda.Domain.Departments;

namespace Beseda.Domain.Conversations;

/// <summary>How conversations enter a queue, at its end or back at its head.</summary>
internal static class Queueing
{
    public static void Enter(Decision decision, Conversation conversation, DepartmentId department, QueueReason reason, long order)
    {
        var state = decision.State;
        var ahead = Ahead(state, conversation, department, order);
        var online = state.Operators.Values.Count(person => person.Online && person.In(department));
        decision.Add(new ConversationQueued(
            conversation.Id, conversation.Visitor, department, reason, ahead + 1, order, state.Departments[department].Works(decision.Now), online));
    }

    /// <summary>Back to the head of its queue. Several at once keep their order when the last goes first: see <see cref="ReturnAll"/>.</summary>
    public static void Return(Decision decision, Conversation conversation, QueueReason reason)
    {
        var queue = decision.State.Index.Queue(conversation.Department);
        var order = queue.IsEmpty ? conversation.Order : Math.Min(conversation.Order, queue.Min.Order - 1);
        Enter(decision, conversation, conversation.Department, reason, order);
    }

    public static void ReturnAll(Decision decision, IEnumerable<Conversation> conversations, QueueReason reason)
    {
        foreach (var conversation in conversations.OrderByDescending(one => one.Order).ToList())
            Return(decision, conversation, reason);
    }

    /// <summary>How many others stand before this order. Found by halving: a queue may be long.</summary>
    private static int Ahead(AccountState state, Conversation conversation, DepartmentId department, long order)
    {
        var place = state.Index.Queue(department).IndexOf(new Waiting(order, new ConversationId(long.MinValue)));
        var itself = conversation.Stage == Stage.Queued && conversation.Department == department && conversation.Order < order;
        return (place < 0 ? ~place : place) - (itself ? 1 : 0);
    }

    /// <summary>Where a new conversation goes that names no department, or one that is gone: the oldest.</summary>
    public static Department? Default(AccountState state) => state.Departments.Values.FirstOrDefault();
}
