using System.Collections.Concurrent;

namespace Beseda.Journal.Tests.Tallies;

/// <summary>The board as rows; and the place where tests reach into the writer.</summary>
internal sealed class TallyTable : IProjection<Board, Ask, Fact>
{
    /// <summary>No sum may reach this: the table refuses it.</summary>
    public const long TooMuch = 1_000_000_000;

    /// <summary>This tally's row cannot be read.</summary>
    public const long Unreadable = 404;

    /// <summary>Runs on the writing thread, with its session, before the rows that a batch names are loaded.</summary>
    public Action<Session>? Before { get; set; }

    /// <summary>Nothing of this account can be read.</summary>
    public AccountId? Breaks { get; set; }

    /// <summary>How many events each save held, also of those that failed.</summary>
    public ConcurrentQueue<int> Saves { get; } = [];

    public string Schema => $"""
        create table if not exists tallies (
            account integer not null, id integer not null, sum integer not null check (sum < {TooMuch}), times integer not null,
            closed integer not null, due integer, primary key (account, id)) without rowid;
        create table if not exists formerly (account integer not null, id integer not null, former integer not null, primary key (account, id));
        """;

    public Board Load(Session session, AccountId account, long seq, DateTimeOffset at)
    {
        if (account == Breaks)
            throw new FormatException("An account that cannot be read.");
        var board = Board.Empty with { Seq = seq, At = at };
        foreach (var tally in session["select id, sum, times, closed, due from tallies where account = $1 and closed = 0"].Bind(1, account.Value).All(Read))
            board = board.With(tally);
        foreach (var (id, former) in session["select id, former from formerly where account = $1"].Bind(1, account.Value).All(row => (row.Number(0), row.Number(1))))
            board = board with { Formerly = board.Formerly.SetItem(id, former) };
        return board;
    }

    public Board LoadNamed(Session session, AccountId account, Board state, IEnumerable<Ask> commands)
    {
        Before?.Invoke(session);
        foreach (var command in commands)
            state = command switch
            {
                Count { Tally: Unreadable } => session["select $1"].Bind(1, Unreadable).One<Board>(_ => throw new FormatException("A row that cannot be read."))!,
                Count { Tally: var id } => Named(session, account, state, id),
                Close { Tally: var id } => Named(session, account, state, id),
                Remind { Tally: var id } => Named(session, account, state, id),
                _ => state,
            };
        return state;
    }

    public Board LoadReferenced(Session session, AccountId account, Board state, IEnumerable<Fact> events) => state;

    public Board Reload(Session session, AccountId account, Board before, Board folded, IEnumerable<Fact> events)
    {
        foreach (var id in events.Select(happened => happened switch { Counted e => e.Tally, Closed e => e.Tally, Reminded e => e.Tally, Rang e => e.Tally, _ => -1 }).Distinct())
            if (id >= 0 && !before.Tallies.ContainsKey(id))
                folded = Named(session, account, folded with { Tallies = folded.Tallies.Remove(id) }, id);
        return folded;
    }

    public void Save(Session session, AccountId account, Board before, Board after, IReadOnlyList<Entry<Fact>> entries)
    {
        Saves.Enqueue(entries.Count);
        foreach (var tally in after.Tallies.Values)
            if (before.Tallies.GetValueOrDefault(tally.Id) != tally)
                session["insert into tallies (account, id, sum, times, closed, due) values ($1, $2, $3, $4, $5, $6) on conflict (account, id) do update set sum = $3, times = $4, closed = $5, due = $6"]
                    .Bind(1, account.Value).Bind(2, tally.Id).Bind(3, tally.Sum).Bind(4, tally.Times).Bind(5, tally.Closed ? 1 : 0).Bind(6, tally.Due?.UtcTicks).Run();
        foreach (var (id, former) in after.Formerly)
            session["insert into formerly (account, id, former) values ($1, $2, $3) on conflict (account, id) do update set former = $3"]
                .Bind(1, account.Value).Bind(2, id).Bind(3, former).Run();
    }

    private static Board Named(Session session, AccountId account, Board state, long id) =>
        !state.Tallies.ContainsKey(id)
        && session["select id, sum, times, closed, due from tallies where account = $1 and id = $2"].Bind(1, account.Value).Bind(2, id).One(Read) is { } tally
            ? state.With(tally)
            : state;

    private static Tally Read(Statement row) => new(
        row.Number(0), row.Number(1), (int)row.Number(2), row.Number(3) == 1,
        row.NumberOrNull(4) is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null);
}
