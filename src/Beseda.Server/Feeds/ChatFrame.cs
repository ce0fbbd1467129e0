using Beseda.Domain.Conversations;
using Beseda.Domain.Operators;
using Beseda.Domain.Visitors;
using Beseda.Journal;
using Beseda.Server.Conversations;

namespace Beseda.Server.Feeds;

/// <summary>What can stand in a feed: bytes for either side, and who may have them.</summary>
internal abstract class FeedFrame : Frame
{
    /// <summary>Empty when it is not for this visitor.</summary>
    public abstract ReadOnlyMemory<byte> For(VisitorId visitor);

    /// <inheritdoc cref="For(VisitorId)"/>
    public abstract ReadOnlyMemory<byte> For(Operator person);

    /// <summary>Whoever reads this has other rights from here on and must start anew.</summary>
    public virtual bool Resets(OperatorId person) => false;
}

/// <summary>An event on its way to readers; rendered at most once for either side.</summary>
internal sealed class ChatFrame(AccountState state, Entry<Event> entry) : FeedFrame
{
    // Only what rendering needs is kept, not the whole state: frames outlive it in the ring.
    private readonly AccountState names = AccountState.Empty with { Operators = state.Operators };
    private readonly Conversation? conversation = entry.Event is ConversationEvent e ? state.Conversations.GetValueOrDefault(e.Conversation) : null;
    private readonly Visitor? visitor = entry.Event is ConversationEvent e ? state.Visitors.GetValueOrDefault(e.Visitor) : null;
    private byte[]? forVisitor;
    private byte[]? forOperators;

    public override long Seq => entry.Seq;

    public DateTimeOffset At => entry.At;

    public Event Event => entry.Event;

    /// <summary>Whose conversation it is about.</summary>
    public Visitor? Visitor => visitor;

    public override IReadOnlyList<FeedKey> Keys { get; } = KeysOf(state, entry.Event);

    public override ReadOnlyMemory<byte> For(VisitorId reader) =>
        Visibility.ShownToVisitor(entry.Event) && IsOf(reader) ? forVisitor ??= Render(toOperators: false) : default(ReadOnlyMemory<byte>);

    public override ReadOnlyMemory<byte> For(Operator person) =>
        Visibility.ShownTo(person, entry.Event, conversation) ? forOperators ??= Render(toOperators: true) : default(ReadOnlyMemory<byte>);

    public override bool Resets(OperatorId person) => entry.Event is OperatorChanged changed && changed.Operator == person;

    /// <summary>Null when it is not for this person.</summary>
    public Wire.Entry? TellTo(Operator person) =>
        Visibility.ShownTo(person, entry.Event, conversation) ? new Telling(names, visitor, ToOperators: true).Entry(entry.Seq, entry.At, entry.Event) : null;

    private bool IsOf(VisitorId reader) => entry.Event switch
    {
        ConversationMoved moved => moved.Visitor == reader || moved.From == reader,
        ConversationEvent happened => happened.Visitor == reader || conversation?.Visitor == reader,
        _ => false,
    };

    private byte[] Render(bool toOperators)
    {
        var told = new Telling(names, visitor, toOperators).Entry(entry.Seq, entry.At, entry.Event);
        return told is null ? [] : EventStream.Frame(entry.Seq, told);
    }

    private static FeedKey[] KeysOf(AccountState state, Event happened)
    {
        if (happened is not ConversationEvent e)
            return happened is VisitorIdentified ? [FeedKeys.Everything] : [FeedKeys.Staff];

        var keys = new List<FeedKey>(4) { FeedKeys.Everything };
        if (Visibility.ShownToVisitor(happened))
            keys.Add(FeedKeys.Of(e.Visitor));
        if (state.Conversations.TryGetValue(e.Conversation, out var conversation))
        {
            keys.Add(FeedKeys.Of(conversation.Department));
            foreach (var person in conversation.Participants)
                keys.Add(FeedKeys.Of(person));
        }

        if (happened is ConversationMoved moved)
            keys.Add(FeedKeys.Of(moved.From));
        if (happened is ConversationTransferred transferred)
        {
            keys.Add(FeedKeys.Of(transferred.From.Department));
            if (transferred.To.Operator is null)
                keys.Add(FeedKeys.Of(transferred.To.Department));
        }

        return [.. keys];
    }
}

internal sealed class ChatFrames : IFrames<AccountState, Event>
{
    public Frame Frame(AccountState state, Entry<Event> entry) => new ChatFrame(state, entry);

    public string Pack(Frame signal) => ((SignalFrame)signal).Pack();

    public Frame? Unpack(AccountState state, string packed) => SignalFrame.Unpack(state, packed);
}
