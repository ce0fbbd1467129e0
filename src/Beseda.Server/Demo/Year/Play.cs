using Beseda.Journal;

namespace Beseda.Server.Demo.Year;

/// <summary>
/// Plays what people do at the times they do it: the rules decide as they do for real, and the history is what they decided.
/// </summary>
internal sealed class Play(AccountState state, DateTimeOffset until)
{
    private readonly PriorityQueue<Action<DateTimeOffset>, (DateTimeOffset, long)> plans = new();
    private readonly List<Entry<Event>> entries = [];
    private long planned;

    /// <summary>Something happened.</summary>
    public event Action<Recorded>? Happened;

    public AccountState State { get; private set; } = state;

    /// <summary>The state that the entries follow.</summary>
    public AccountState Before { get; private set; } = state;

    /// <summary>What has happened since it was last taken.</summary>
    public IReadOnlyList<Entry<Event>> Entries => entries;

    /// <summary>Whatever lies beyond the end does not happen.</summary>
    public void Plan(DateTimeOffset at, Action<DateTimeOffset> what)
    {
        if (at < until)
            plans.Enqueue(what, (at, planned++));
    }

    /// <summary>Until so many events have happened, or nothing is planned any more.</summary>
    /// <returns>False: it is over.</returns>
    public bool Go(int events)
    {
        while (entries.Count < events)
        {
            if (!plans.TryPeek(out var what, out var next))
                return false;
            if (State.Due is { } due && due <= next.Item1)
            {
                Say(due, Actor.System.Itself, Domain.Conversations.Tick.Now);
                continue;
            }

            plans.Dequeue();
            what(next.Item1);
        }

        return true;
    }

    /// <returns>Null: it was refused.</returns>
    public Domain.Receipt? Say(DateTimeOffset at, Actor by, Command command)
    {
        if (Decider.Decide(State, new Spoken(by, command), at) is not Outcome.Accepted accepted)
            return null;
        State = accepted.State;
        foreach (var recorded in accepted.Events)
            entries.Add(new Entry<Event>(recorded.Seq, recorded.At, recorded.Event));
        foreach (var recorded in accepted.Events)
            Happened?.Invoke(recorded);
        return accepted.Receipt;
    }

    /// <summary>What has happened is written down: it goes on without it, and without conversations that are long over.</summary>
    public void Take(Predicate<Domain.Conversations.Conversation> over)
    {
        entries.Clear();
        foreach (var one in State.Conversations.Values)
            if (!one.IsOpen && over(one))
                State = State.Without(one);
        Before = State;
    }
}
