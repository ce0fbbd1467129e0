using System.Collections.Immutable;
using System.Text;
using Beseda.Domain.Conversations;

namespace Beseda.Domain.Tests.Laws;

/// <summary>One command in a story: what it met and what came of it.</summary>
internal sealed record Turn(AccountState Before, Spoken Spoken, DateTimeOffset Now, Outcome Outcome)
{
    public IReadOnlyList<Recorded> Events => Outcome is Outcome.Accepted accepted ? accepted.Events : [];

    public AccountState After => Outcome is Outcome.Accepted accepted ? accepted.State : Before;

    /// <summary>Every event with the state that it met and the one it left.</summary>
    public IEnumerable<(AccountState Before, Recorded Recorded, AccountState After)> Unfolded()
    {
        var state = Before;
        foreach (var recorded in Events)
        {
            var next = Evolution.Apply(state, recorded);
            yield return (state, recorded, next);
            state = next;
        }
    }

    public override string ToString() =>
        $"{Now:MM-dd HH:mm:ss.fff}  {Portrait.Of(Spoken.By)}: {Portrait.Of(Spoken.Command)} → {(Outcome is Outcome.Refused no ? no.Why : Came)}";

    private string Came => string.Join(", ", Events.Select(recorded => recorded.Event switch
    {
        ConversationAssigned e => $"ConversationAssigned {e.Conversation} to {e.Operator}",
        ConversationEvent e => $"{e.GetType().Name} {e.Conversation}",
        var other => other.GetType().Name,
    }));
}

/// <summary>A script, played from an empty account.</summary>
internal sealed class Story
{
    private readonly List<Turn> turns = [];
    private ImmutableDictionary<long, MessageStub> messages = AccountState.Empty.Messages;
    /// <summary>No whole microsecond, as no clock's time is; and not in UTC.</summary>
    private DateTimeOffset now = new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.FromHours(3)).AddTicks(7);

    public Story(Script script)
    {
        foreach (var line in Cast.Opening())
            Play(line(State));
        Prologue = turns.Count;
        foreach (var step in script.Steps)
        {
            now += TimeSpan.FromMilliseconds(step.Wait);
            if (step.Deed == Deed.TimePassesUntilDue && State.Due is { } due && due > now)
                now = due;
            Play(Cast.Says(Met, step, turns.Count));
        }
    }

    public AccountState State { get; private set; } = AccountState.Empty;
    public IReadOnlyList<Turn> Turns => turns;
    /// <summary>So many turns are the same in every story.</summary>
    public int Prologue { get; }
    public IEnumerable<Recorded> Journal => turns.SelectMany(turn => turn.Events);

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var turn in turns.Skip(Prologue))
            text.AppendLine(turn.ToString());
        return text.ToString();
    }

    /// <summary>The state with the older messages, which the engine adds as commands name them and takes away afterwards.</summary>
    private AccountState Met => State with { Messages = messages };

    private void Play(Spoken spoken)
    {
        var met = Met;
        var turn = new Turn(met, spoken, now, Decider.Decide(met, spoken, now));
        turns.Add(turn);
        State = turn.After with { Messages = AccountState.Empty.Messages };
        foreach (var recorded in turn.Events)
            if (recorded.Event is MessagePosted e)
                messages = messages.Add(recorded.Seq, new MessageStub(recorded.Seq, e.Conversation, e.Visitor, e.Note, e.Author));
    }
}
