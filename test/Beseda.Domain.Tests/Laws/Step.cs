namespace Beseda.Domain.Tests.Laws;

/// <summary>
/// One thing that somebody does in a story. Its numbers are made sense of only when it is played (the how-manieth operator,
/// the how-manieth conversation), so that a story from which steps were taken is still a story.
/// </summary>
/// <param name="Wait">Before it, in milliseconds.</param>
internal readonly record struct Step(Deed Deed, int Who, int What, int How, long Wait);

internal enum Deed
{
    VisitorWrites,
    VisitorReads,
    VisitorCloses,
    VisitorRates,
    VisitorSignsIn,
    VisitorIsRecognised,
    OperatorTakes,
    OperatorAnswers,
    OperatorReads,
    OperatorNotes,
    OperatorHandsToOperator,
    OperatorHandsToDepartment,
    OperatorCloses,
    OperatorEdits,
    OperatorDeletes,
    OperatorResends,
    OperatorMerges,
    OperatorSeparates,
    OperatorLabels,
    OperatorSetsStatus,
    ConnectionIsLost,
    ConnectionIsBack,
    TimePasses,
    /// <summary>As the engine does it: the moment the next rule is due.</summary>
    TimePassesUntilDue,
    AdministratorRoutes,
    AdministratorChangesTimes,
    AdministratorChangesLimit,
    AdministratorChangesDepartments,
    AdministratorChangesRole,
    AdministratorEnables,
    AdministratorHires,
    AdministratorOpensDepartment,
    AdministratorChangesHours,
    AdministratorChangesLabels,
    AdministratorChangesScale,
    AdministratorChangesChannel,
    /// <summary>Or connects it again, when it is gone.</summary>
    AdministratorRemovesChannel,
    ChatBegins,
    ChatStarts,
    ChatWrites,
    ChatEdits,
    ChatDeletes,
    ChatPresses,
    ChatStops,
    ChatConfirms,
    PartIsSent,
    SendingFails,
    FileArrives,
    AnswerIsMirrored,
}
