using System.Diagnostics;
using Beseda.Domain.Conversations;
using Beseda.Journal;

namespace Beseda.Server.Storage;

/// <summary>The domain, as the journal asks for it.</summary>
public sealed class ChatRules : IRules<AccountState, Spoken, Event>
{
    public Spoken Tick { get; } = new(Actor.System.Itself, Beseda.Domain.Conversations.Tick.Now);

    public long Seq(AccountState state) => state.Seq;

    public DateTimeOffset? Due(AccountState state) => state.Due;

    public Verdict<AccountState, Event> Decide(AccountState state, Spoken command, DateTimeOffset now) =>
        Decider.Decide(state, command, now) switch
        {
            Outcome.Accepted accepted => new Verdict<AccountState, Event>.Accepted(
                Entries(accepted.Events), accepted.State, Receipt(accepted.Receipt)),
            Outcome.Refused refused => new Verdict<AccountState, Event>.Refused(refused.Why),
            _ => throw new UnreachableException(),
        };

    public AccountState Evolve(AccountState state, Entry<Event> entry) =>
        Evolution.Apply(state, new Recorded(entry.Seq, entry.At, entry.Event));

    /// <summary>Visitors' ids are positive, operators' stand below zero: one column names both.</summary>
    public RetryKey? Retry(AccountState state, Spoken command) => command switch
    {
        { By: Actor.Visitor { Id: var visitor }, Command: PostMessage post } => new RetryKey(Senders(state, visitor), post.ClientId),
        { By: Actor.Visitor { Id: var visitor }, Command: StartConversation start } => new RetryKey(Senders(state, visitor), start.ClientId),
        { Command: MirrorMessage mirror } => new RetryKey(Senders(state, mirror.Visitor), mirror.ClientId),
        { By: Actor.Operator { Id: var person }, Command: PostMessage post } => new RetryKey([-person.Value], post.ClientId),
        _ => null,
    };

    /// <summary>Keeps what is open, and its visitors.</summary>
    public AccountState Trim(AccountState state)
    {
        var next = state with
        {
            Messages = AccountState.Empty.Messages,
            MessageStates = AccountState.Empty.MessageStates,
            Externals = AccountState.Empty.Externals,
        };
        foreach (var conversation in state.Conversations.Values)
            if (!conversation.IsOpen)
                next = next.Without(conversation);
        foreach (var visitor in state.Visitors.Values)
            if (visitor.Open is null)
                next = next.Without(visitor);
        return next;
    }

    private static long[] Senders(AccountState state, VisitorId visitor) =>
        state.Visitors.TryGetValue(visitor, out var known) && !known.Formerly.IsEmpty
            ? [visitor.Value, .. known.Formerly.Select(former => former.Value)]
            : [visitor.Value];

    private static IReadOnlyList<Entry<Event>> Entries(IReadOnlyList<Recorded> events) =>
        [.. events.Select(recorded => new Entry<Event>(recorded.Seq, recorded.At, recorded.Event))];

    private static Beseda.Journal.Receipt Receipt(Beseda.Domain.Receipt receipt) =>
        new(receipt.Seq, receipt.At, receipt.Conversation?.Value, receipt.Visitor?.Value);
}
