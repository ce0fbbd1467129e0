namespace Beseda.Server.Storage;

/// <summary>The stored numbers of the kinds. They are on customers' disks: entries may only be added.</summary>
public enum Kind : short
{
    AccountChanged = 1,
    DepartmentChanged = 2,
    OperatorChanged = 3,
    OperatorStatusChanged = 4,
    VisitorIdentified = 5,
    ChannelChanged = 6,
    ChannelRemoved = 7,
    ConversationStarted = 10,
    ConversationQueued = 11,
    ConversationAssigned = 12,
    ConversationAccepted = 13,
    ConversationTransferred = 14,
    ConversationClosed = 15,
    ConversationMoved = 16,
    ConversationMerged = 17,
    VisitorStopped = 18,
    MessagePosted = 20,
    MessageEdited = 21,
    MessageDeleted = 22,
    MessageRead = 23,
    MessageSent = 24,
    MessageDelivered = 25,
    MessageFailed = 26,
    MessageResent = 27,
    FileArrived = 28,
    RatingAsked = 30,
    ConversationRated = 31,
}
