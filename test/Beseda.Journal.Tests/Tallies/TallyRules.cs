using System.Diagnostics;

namespace Beseda.Journal.Tests.Tallies;

internal sealed class TallyRules : IRules<Board, Ask, Fact>
{
    public Ask Tick { get; } = new LookAgain();

    public long Seq(Board state) => state.Seq;

    public DateTimeOffset? Due(Board state) => state.Tallies.Values.Min(tally => tally.Due);

    public Verdict<Board, Fact> Decide(Board state, Ask command, DateTimeOffset now) => command switch
    {
        Count { Amount: 0 } => new Verdict<Board, Fact>.Refused(Why.NothingToCount),
        Count { Amount: Count.Unlucky } => throw new InvalidOperationException("A rule with a bug."),
        Count { Tally: var tally } when state.Of(tally).Closed => new Verdict<Board, Fact>.Refused(Why.IsClosed),
        Count count => Accept(state, now, count.Tally, count.Sender,
            Enumerable.Repeat<Fact>(new Counted(count.Tally, count.Amount, count.Words), count.Events)),
        Close close => Accept(state, now, close.Tally, 0, state.Of(close.Tally).Closed ? [] : [new Closed(close.Tally)]),
        Remind remind => Accept(state, now, remind.Tally, 0, [new Reminded(remind.Tally, remind.Due)]),
        Become become => Accept(state, now, null, become.Into, [new Became(become.From, become.Into)]),
        LookAgain => Accept(state, now, null, 0, state.Tallies.Values.Where(tally => tally.Due <= now).Select(tally => new Rang(tally.Id))),
        _ => throw new UnreachableException(),
    };

    public Board Evolve(Board state, Entry<Fact> entry)
    {
        var next = entry.Event switch
        {
            Counted e => state.With(state.Of(e.Tally) with { Sum = state.Of(e.Tally).Sum + e.Amount, Times = state.Of(e.Tally).Times + 1 }),
            Closed e => state.With(state.Of(e.Tally) with { Closed = true, Due = null }),
            Reminded e => state.With(state.Of(e.Tally) with { Due = e.Due }),
            Rang e => state.With(state.Of(e.Tally) with { Due = null }),
            Became e => state with { Formerly = state.Formerly.SetItem(e.Into, e.From) },
            _ => state,
        };
        return next with { Seq = entry.Seq, At = entry.At };
    }

    public RetryKey? Retry(Board state, Ask command) => command.ClientId is not { } id ? null
        : new RetryKey(state.Formerly.TryGetValue(command.Sender, out var former) ? [command.Sender, former] : [command.Sender], id);

    public Board Trim(Board state) => state with { Tallies = state.Tallies.RemoveRange(state.Tallies.Values.Where(t => t.Closed).Select(t => t.Id)) };

    private Verdict<Board, Fact>.Accepted Accept(Board state, DateTimeOffset now, long? tally, long sender, IEnumerable<Fact> facts)
    {
        now = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
        var entries = new List<Entry<Fact>>();
        foreach (var fact in facts)
        {
            var after = state.At.AddMicroseconds(1);
            var entry = new Entry<Fact>(state.Seq + 1, now > after ? now : after, fact);
            entries.Add(entry);
            state = Evolve(state, entry);
        }

        return new(entries, state, new Receipt(state.Seq, state.At, tally, sender));
    }
}
