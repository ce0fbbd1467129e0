using System.Globalization;

namespace Beseda.Server.Storage;

/// <summary>Kinds by their name on the wire; one a newer release wrote, by its number.</summary>
internal static class KindNames
{
    public static string Of(Kind kind) => kind switch
    {
        Kind.AccountChanged => "account.changed",
        Kind.DepartmentChanged => "department.changed",
        Kind.OperatorChanged => "operator.changed",
        Kind.OperatorStatusChanged => Wire.Kinds.OperatorStatus,
        Kind.VisitorIdentified => Wire.Kinds.VisitorIdentified,
        Kind.VisitorsLinked => Wire.Kinds.VisitorsLinked,
        Kind.VisitorsSeparated => Wire.Kinds.VisitorsSeparated,
        Kind.ConversationStarted => Wire.Kinds.ConversationStarted,
        Kind.ConversationQueued => Wire.Kinds.ConversationQueued,
        Kind.ConversationAssigned => Wire.Kinds.ConversationAssigned,
        Kind.ConversationAccepted => Wire.Kinds.ConversationAccepted,
        Kind.ConversationTransferred => Wire.Kinds.ConversationTransferred,
        Kind.ConversationClosed => Wire.Kinds.ConversationClosed,
        Kind.ConversationMoved => Wire.Kinds.ConversationMoved,
        Kind.ConversationMerged => Wire.Kinds.ConversationMerged,
        Kind.ConversationLabelled => Wire.Kinds.ConversationLabelled,
        Kind.LabelChanged => "label.changed",
        Kind.MessagePosted => Wire.Kinds.MessagePosted,
        Kind.MessageRead => Wire.Kinds.MessageRead,
        Kind.VisitorStopped => Wire.Kinds.VisitorStopped,
        Kind.MessageEdited => Wire.Kinds.MessageEdited,
        Kind.MessageDeleted => Wire.Kinds.MessageDeleted,
        Kind.MessageSent => Wire.Kinds.MessageSent,
        Kind.MessageDelivered => Wire.Kinds.MessageDelivered,
        Kind.MessageFailed => Wire.Kinds.MessageFailed,
        Kind.MessageResent => Wire.Kinds.MessageResent,
        Kind.FileArrived => Wire.Kinds.FileArrived,
        Kind.ChannelChanged => "channel.changed",
        Kind.ChannelRemoved => "channel.removed",
        Kind.RatingAsked => Wire.Kinds.RatingAsked,
        Kind.ConversationRated => Wire.Kinds.ConversationRated,
        _ => ((short)kind).ToString(CultureInfo.InvariantCulture),
    };
}
