using Beseda.Domain.Conversations;
using Beseda.Domain.Deliveries;
using Beseda.Domain.Files;
using Beseda.Domain.Labels;
using Beseda.Domain.Metrics;
using Beseda.Domain.Ratings;
using Beseda.Domain.Visitors;

namespace Beseda.Domain;

/// <summary>
/// A decision under way: events are added one by one and folded at once, so that a later rule sees what an earlier one did.
/// Nothing outside holds it; a refusal just drops it.
/// </summary>
internal sealed class Decision(AccountState state, DateTimeOffset now)
{
    private readonly List<Recorded> events = [];
    private Receipt? receipt;

    public IReadOnlyList<Recorded> Events => events;

    public AccountState State { get; private set; } = state;

    public DateTimeOffset Now { get; } = now;

    public long NextSeq => State.Seq + 1;

    /// <summary>Something happened that may let a waiting conversation be offered; words alone never do.</summary>
    public bool Rearranges { get; private set; }

    public Recorded Add(Event happened)
    {
        Rearranges |= happened is not (MessagePosted or MessageRead or ConversationRated or MessageEdited or MessageDeleted or MessageSent
            or MessageDelivered or MessageFailed or MessageResent or FileArrived or VisitorStopped or VisitorsLinked or VisitorsSeparated or LabelChanged or ConversationLabelled);
        var at = NextAt();
        var recorded = new Recorded(NextSeq, at, happened is ConversationEvent e && Tally.Reads(e) ? Clocked(e, at) : happened);
        events.Add(recorded);
        State = Evolution.Apply(State, recorded);
        return recorded;
    }

    /// <summary>Names the event the caller hears of; without it, the last one.</summary>
    public void Answer(Recorded with, ConversationId? conversation = null, VisitorId? visitor = null) =>
        receipt = new Receipt(with.Seq, with.At, conversation, visitor);

    public void Answer(VisitorId visitor) => receipt = new Receipt(State.Seq, State.At, null, visitor);

    public Outcome Accept() =>
        new Outcome.Accepted(events, State, receipt ?? new Receipt(State.Seq, State.At));

    /// <summary>By the hours now in force where the conversation has been since its clock was last read.</summary>
    private ConversationEvent Clocked(ConversationEvent happened, DateTimeOffset at)
    {
        if (State.Conversations.GetValueOrDefault(happened.Conversation) is not { Tally: { } tally } conversation)
            return happened;
        var since = tally.StartedAt.AddMicroseconds(tally.Clock.Passed);
        var hours = State.Departments.GetValueOrDefault(conversation.Department)?.Hours;
        var worked = tally.Clock.Worked + (hours?.Within(since, at) ?? at - since).Ticks / TimeSpan.TicksPerMicrosecond;
        return worked == tally.Passed(at) ? happened : happened with { Worked = worked };
    }

    private DateTimeOffset NextAt()
    {
        var after = State.At.AddMicroseconds(1);
        return Now > after ? Now : after;
    }
}
