namespace Beseda.Domain.Conversations;

/// <summary>Time has passed: offers lapse, conversations of the gone return, idle ones close. A second tick does nothing.</summary>
public sealed record Tick : Command
{
    public static readonly Tick Now = new();

    /// <summary>So that one tick never makes a huge batch; what is left is due at once again.</summary>
    private const int MostAtOnce = 200;

    internal static Refusal? Decide(Decision decision, Actor by)
    {
        if (by is not Actor.System)
            return Refusal.NotAllowed;

        var due = decision.State.Index.Alarms.TakeWhile(alarm => alarm.At <= decision.Now).Take(MostAtOnce)
            .Select(alarm => decision.State.Conversations[alarm.Conversation]).ToList();
        Queueing.ReturnAll(decision, due.Where(c => Alarm.Lapse(c) <= decision.Now), QueueReason.AcceptTimeout);
        Queueing.ReturnAll(decision, due.Where(c => IsAbandoned(decision, c)), QueueReason.OperatorLost);
        foreach (var conversation in due)
            CloseIfIdle(decision, decision.State.Conversations[conversation.Id]);
        return null;
    }

    private static bool IsAbandoned(Decision decision, Conversation conversation) =>
        conversation.Operator is { } owner
        && Alarm.Return(
            conversation, decision.State.Departments[conversation.Department],
            decision.State.Operators.GetValueOrDefault(owner)) <= decision.Now;

    private static void CloseIfIdle(Decision decision, Conversation conversation)
    {
        if (Alarm.Idle(conversation, decision.State.Departments[conversation.Department]) <= decision.Now)
            CloseConversation.Close(decision, conversation, Closer.Timeout, CloseReason.Idle);
    }
}
