using Beseda.Journal;
using Beseda.Server.Storage;

namespace Beseda.Server.Upkeep;

/// <summary>An account's state as its events alone make it: whole, with everything that ever was.</summary>
internal static class Folding
{
    private const int AtOnce = 1_000;
    private static readonly ChatRules Rules = new();
    private static readonly Subject<AccountState, Spoken, Event> Subject = new(Rules, new ChatCodec(), new ChatProjection(), new Feeds.ChatFrames());

    /// <summary>Folds what follows a state, to the head as this session sees it.</summary>
    /// <exception cref="InvalidOperationException">The journal has a hole, or its times do not rise.</exception>
    public static AccountState Fold(Session session, AccountId account, AccountState state)
    {
        while (true)
        {
            var some = session["""
                select seq, at, conversation, visitor, kind, body, words from events where account = $1 and seq > $2 order by seq limit $3
                """].Bind(1, account.Value).Bind(2, state.Seq).Bind(3, AtOnce).All(Subject.Read).ToList();
            foreach (var entry in some)
                state = entry.Seq == state.Seq + 1 && entry.At > state.At
                    ? Rules.Evolve(state, entry)
                    : throw new InvalidOperationException($"Account {account}: event {entry.Seq} at {entry.At:O} does not follow {state.Seq} at {state.At:O}.");
            if (some.Count < AtOnce)
                return state;
        }
    }
}
