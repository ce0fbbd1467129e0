using FsCheck;
using FsCheck.Fluent;

namespace Beseda.Domain.Tests.Laws;

/// <summary>What a story is played from. Printed as the story that it makes.</summary>
internal sealed record Script(Step[] Steps)
{
    private const int Longest = 160;

    private static readonly Gen<Deed> Deeds = Gen.Frequency(
        (24, Gen.Constant(Deed.VisitorWrites)), (2, Gen.Constant(Deed.VisitorReads)), (6, Gen.Constant(Deed.VisitorCloses)),
        (3, Gen.Constant(Deed.VisitorRates)), (8, Gen.Constant(Deed.VisitorSignsIn)), (3, Gen.Constant(Deed.VisitorIsRecognised)),
        (4, Gen.Constant(Deed.OperatorMerges)), (5, Gen.Constant(Deed.OperatorSeparates)),
        (18, Gen.Constant(Deed.OperatorTakes)), (28, Gen.Constant(Deed.OperatorAnswers)), (2, Gen.Constant(Deed.OperatorReads)),
        (2, Gen.Constant(Deed.OperatorNotes)), (5, Gen.Constant(Deed.OperatorHandsToOperator)), (5, Gen.Constant(Deed.OperatorHandsToDepartment)),
        (5, Gen.Constant(Deed.OperatorCloses)), (2, Gen.Constant(Deed.OperatorEdits)), (2, Gen.Constant(Deed.OperatorDeletes)),
        (3, Gen.Constant(Deed.OperatorResends)), (8, Gen.Constant(Deed.OperatorSetsStatus)),
        (4, Gen.Constant(Deed.ConnectionIsLost)), (4, Gen.Constant(Deed.ConnectionIsBack)),
        (5, Gen.Constant(Deed.TimePasses)), (10, Gen.Constant(Deed.TimePassesUntilDue)),
        (2, Gen.Constant(Deed.AdministratorRoutes)), (2, Gen.Constant(Deed.AdministratorChangesTimes)),
        (2, Gen.Constant(Deed.AdministratorChangesLimit)), (2, Gen.Constant(Deed.AdministratorChangesDepartments)),
        (1, Gen.Constant(Deed.AdministratorChangesRole)), (2, Gen.Constant(Deed.AdministratorEnables)),
        (1, Gen.Constant(Deed.AdministratorHires)), (1, Gen.Constant(Deed.AdministratorOpensDepartment)), (3, Gen.Constant(Deed.AdministratorChangesHours)),
        (2, Gen.Constant(Deed.AdministratorChangesLabels)), (4, Gen.Constant(Deed.OperatorLabels)),
        (2, Gen.Constant(Deed.AdministratorChangesScale)), (2, Gen.Constant(Deed.AdministratorChangesChannel)),
        (1, Gen.Constant(Deed.AdministratorRemovesChannel)),
        (5, Gen.Constant(Deed.ChatBegins)), (4, Gen.Constant(Deed.ChatStarts)), (10, Gen.Constant(Deed.ChatWrites)),
        (2, Gen.Constant(Deed.ChatEdits)), (2, Gen.Constant(Deed.ChatDeletes)), (6, Gen.Constant(Deed.ChatPresses)),
        (3, Gen.Constant(Deed.ChatStops)), (8, Gen.Constant(Deed.ChatConfirms)),
        (10, Gen.Constant(Deed.PartIsSent)), (4, Gen.Constant(Deed.SendingFails)), (4, Gen.Constant(Deed.FileArrives)),
        (4, Gen.Constant(Deed.AnswerIsMirrored)));

    /// <summary>Often none at all, mostly seconds, sometimes just what a rule waits for, now and then hours.</summary>
    private static readonly Gen<long> Waits = Gen.Frequency(
        (10, Gen.Constant(0L)), (8, Gen.Choose(1, 20_000).Select(ms => (long)ms)), (3, Gen.Elements(30_000L, 120_000L, 29_999L, 60_000L)),
        (2, Gen.Choose(1, 90).Select(minutes => minutes * 60_000L)), (1, Gen.Choose(1, 200).Select(hours => hours * 3_600_000L)));

    private static readonly Gen<Step> Step =
        from deed in Deeds
        from who in Gen.Choose(0, 19)
        from what in Gen.Choose(0, 19)
        from how in Gen.Choose(0, 9)
        from wait in Waits
        select new Step(deed, who, what, how, wait);

    public static readonly Arbitrary<Script> Any = Arb.From(
        Gen.Choose(1, Longest).SelectMany(length => Step.ArrayOf(length)).Select(steps => new Script(steps)), Shorter);

    public Story Play() => new(this);

    public override string ToString() => $"\n{Play()}";

    /// <summary>First large parts are taken out, then single steps, then the waiting, so that what is left is all needed.</summary>
    private static IEnumerable<Script> Shorter(Script script)
    {
        var steps = script.Steps;
        for (var part = steps.Length / 2; part >= 1; part /= 2)
            for (var from = 0; from + part <= steps.Length; from += part)
                yield return new Script([.. steps[..from], .. steps[(from + part)..]]);
        for (var one = 0; one < steps.Length; one++)
            if (steps[one].Wait != 0)
                yield return new Script([.. steps[..one], steps[one] with { Wait = 0 }, .. steps[(one + 1)..]]);
    }
}
