namespace Beseda.Chaos.Checks;

/// <summary>The stored kinds and their names on the wire, written down anew from the protocol.</summary>
internal static class Kinds
{
    public const int DepartmentChanged = 2;
    public const int OperatorChanged = 3;
    public const int OperatorStatus = 4;
    public const int Started = 10;
    public const int Queued = 11;
    public const int Assigned = 12;
    public const int Accepted = 13;
    public const int Transferred = 14;
    public const int Closed = 15;
    public const int Moved = 16;

    private const string Directory = "directory.changed";

    public static readonly IReadOnlyDictionary<int, string> Names = new Dictionary<int, string>
    {
        [1] = Directory,
        [DepartmentChanged] = Directory,
        [OperatorChanged] = Directory,
        [OperatorStatus] = "operator.status",
        [5] = "visitor.identified",
        [Started] = "conversation.started",
        [Queued] = "conversation.queued",
        [Assigned] = "conversation.assigned",
        [Accepted] = "conversation.accepted",
        [Transferred] = "conversation.transferred",
        [Closed] = "conversation.closed",
        [Moved] = "conversation.moved",
        [17] = "conversation.merged",
        [19] = "conversation.labelled",
        [20] = "message.posted",
        [23] = "message.read",
        [30] = "rating.asked",
        [31] = "conversation.rated",
        [40] = Directory,
    };

    /// <summary>Happens within a conversation.</summary>
    public static bool IsOfConversation(int kind) => kind is >= Started and < 40;
}
