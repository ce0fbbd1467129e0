using Beseda.Domain.Departments;
using Beseda.Domain.Operators;

namespace Beseda.Domain.Conversations;

/// <summary>The next time an open conversation needs a rule although nobody says anything.</summary>
public readonly record struct Alarm(DateTimeOffset At, ConversationId Conversation) : IComparable<Alarm>
{
    public int CompareTo(Alarm other) => (At, Conversation).CompareTo((other.At, other.Conversation));

    public static Alarm? Of(Conversation conversation, Department? department, Operator? owner)
    {
        if (!conversation.IsOpen || department is null)
            return null;
        var at = Idle(conversation, department);
        if (Lapse(conversation) is { } lapse && lapse < at)
            at = lapse;
        if (Return(conversation, department, owner) is { } back && back < at)
            at = back;
        return new Alarm(at, conversation.Id);
    }

    /// <summary>An offer not accepted by then goes to somebody else.</summary>
    public static DateTimeOffset? Lapse(Conversation conversation) =>
        conversation.Stage == Stage.Assigned ? conversation.Until : null;

    /// <summary>
    /// A running conversation whose operator went away after it came to them returns to the queue then. One who takes a
    /// conversation while shown as gone evidently is not.
    /// </summary>
    public static DateTimeOffset? Return(Conversation conversation, Department department, Operator? owner) =>
        conversation.Stage == Stage.Active && owner?.GoneSince is { } gone && gone > conversation.AssignedAt
            ? gone + department.Grace
            : null;

    /// <summary>Rounded up to a minute, so that each message does not move it.</summary>
    public static DateTimeOffset Idle(Conversation conversation, Department department)
    {
        var ticks = (conversation.LastMessageAt + department.CloseAfter).UtcTicks;
        var over = ticks % TimeSpan.TicksPerMinute;
        return new DateTimeOffset(over == 0 ? ticks : ticks - over + TimeSpan.TicksPerMinute, TimeSpan.Zero);
    }
}
