namespace Beseda.Journal;

/// <summary>An event on its way to a consumer.</summary>
internal readonly record struct Due(long Seq, long Lane, Frame Frame);

/// <summary>What a consumer reads: events with the rows they refer to, as the readers of feeds get them.</summary>
internal sealed class ConsumerReads<TState, TCommand, TEvent>(
    Journal<TState, TCommand, TEvent> journal, Subject<TState, TCommand, TEvent> subject, AccountId account)
    where TState : class
{
    public Task<List<Due>> AfterAsync(long seq, int limit) =>
        ReadAsync(session => session[Events.After].Bind(1, account.Value).Bind(2, seq).Bind(3, limit));

    /// <summary>The events of one lane, both ends included.</summary>
    public Task<List<Due>> OfLaneAsync(long lane, long from, long to, int limit) => ReadAsync(session =>
    {
        var seqs = lane == 0
            ? session["select seq from events where account = $1 and seq >= $2 and seq <= $3 and conversation is null order by seq limit $4"]
                .Bind(1, account.Value).Bind(2, from).Bind(3, to).Bind(4, limit).All(row => row.Number(0)).ToList()
            : [.. session.OfConversations(account, [lane], to + 1).Where(seq => seq >= from).Reverse().Take(limit)];
        return session["""
            select seq, at, conversation, visitor, kind, body, words from events where account = $1 and seq = any($2) order by seq
            """].Bind(1, account.Value).Bind(2, seqs);
    });

    private async Task<List<Due>> ReadAsync(Func<Session, Statement> find)
    {
        var found = await journal.Readers.ReadAsync(session =>
            find(session).All(row => (Lane: row.NumberOrNull(2) ?? 0, Entry: subject.Read(row))).ToList());
        if (found.Count == 0)
            return [];
        var state = await journal.StateAsync(account);
        var wide = await journal.Readers.ReadAsync(session =>
            subject.Projection.LoadReferenced(session, account, state, found.Select(one => one.Entry.Event)));
        return found.ConvertAll(one => new Due(one.Entry.Seq, one.Lane, subject.Frames.Frame(wide, one.Entry)));
    }
}
