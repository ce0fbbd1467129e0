using System.Diagnostics;
using Beseda.Domain.Accounts;
using Beseda.Domain.Channels;
using Beseda.Domain.Conversations;
using Beseda.Domain.Deliveries;
using Beseda.Domain.Departments;
using Beseda.Domain.Files;
using Beseda.Domain.Labels;
using Beseda.Domain.Operators;
using Beseda.Domain.Ratings;
using Beseda.Domain.Routing;
using Beseda.Domain.Visitors;

namespace Beseda.Domain;

/// <summary>Every rule of Beseda in one pure function: state, actor, command and time in; events or a named refusal out.</summary>
public static class Decider
{
    public static Outcome Decide(AccountState state, Spoken spoken, DateTimeOffset now)
    {
        var decision = new Decision(state, Microseconds(now));
        var refusal = Decide(decision, spoken.By, spoken.Command);
        if (refusal is { } why)
            return new Outcome.Refused(why);

        if (decision.Rearranges)
            Router.Offer(decision);
        Dialogue.Speak(decision);
        return decision.Accept();
    }

    private static Refusal? Decide(Decision decision, Actor by, Command command) => command switch
    {
        PostMessage post => post.Decide(decision, by),
        MirrorMessage mirror => mirror.Decide(decision, by),
        EditMessage edit => edit.Decide(decision, by),
        DeleteMessage delete => delete.Decide(decision, by),
        StartConversation start => start.Decide(decision, by),
        StopVisitor stop => stop.Decide(decision, by),
        RecordSent sent => sent.Decide(decision, by),
        RecordFailure failure => failure.Decide(decision, by),
        ConfirmDelivery confirm => confirm.Decide(decision, by),
        DenyDelivery deny => deny.Decide(decision, by),
        ResendMessage resend => resend.Decide(decision, by),
        ArriveFile arrive => arrive.Decide(decision, by),
        TakeConversation take => take.Decide(decision, by),
        TransferConversation transfer => transfer.Decide(decision, by),
        CloseConversation close => close.Decide(decision, by),
        ReadMessages read => read.Decide(decision, by),
        RateConversation rate => rate.Decide(decision, by),
        SetStatus set => set.Decide(decision, by),
        LoseConnection lose => lose.Decide(decision, by),
        RegainConnection regain => regain.Decide(decision, by),
        IdentifyVisitor identify => identify.Decide(decision, by),
        LinkVisitors link => link.Decide(decision, by),
        MergeVisitors merge => merge.Decide(decision, by),
        SeparateVisitors separate => separate.Decide(decision, by),
        ChangeAccount change => change.Decide(decision, by),
        ChangeChannel change => change.Decide(decision, by),
        RemoveChannel remove => remove.Decide(decision, by),
        ChangeDepartment change => change.Decide(decision, by),
        ChangeOperator change => change.Decide(decision, by),
        ChangeLabel change => change.Decide(decision, by),
        LabelConversation label => label.Decide(decision, by),
        Tick => Tick.Decide(decision, by),
        _ => throw new UnreachableException($"No rule for {command.GetType().Name}."),
    };

    private static DateTimeOffset Microseconds(DateTimeOffset time) =>
        new(time.UtcTicks - time.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
}
