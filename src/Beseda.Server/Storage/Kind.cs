namespace Beseda.Server.Storage;

/// <summary>The stored numbers of the kinds. They are on customers' disks: entries may only be added.</summary>
public enum Kind : short
{
    AccountChanged = 1,
    DepartmentChanged = 2,
    OperatorChanged = 3,
    OperatorStatusChanged = 4,
    VisitorIdentified = 5,
    ConversationStarted = 10,
    ConversationQueued = 11,
    ConversationAssigned = 12,
    ConversationAccepted = 13,
    ConversationTransferred = 14,
    ConversationClosed = 15,
    ConversationMoved = 16,
    ConversationMerged = 17,
    MessagePosted = 20,
    MessageRead = 23,
    RatingAsked = 30,
    ConversationRated = 31,
}
