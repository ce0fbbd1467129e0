using Beseda.Domain.Deliveries;
using Beseda.Domain.Files;
using Beseda.Domain.Visitors;

namespace Beseda.Domain.Conversations;

/// <summary>Folds what becomes of messages.</summary>
internal static class Messages
{
    /// <summary>Of a chat in which nothing comes that closes a gap.</summary>
    private const int MostAhead = 50;

    /// <summary>Only what has a name in a channel is remembered: nobody asks for the rest by anything but its seq.</summary>
    public static AccountState Posted(AccountState state, MessagePosted e, long seq)
    {
        if (e.External is not { } external)
            return state;
        var next = state.With(new MessageState(seq, e.Conversation, e.Visitor)
        {
            FromVisitor = e.Author.Kind == AuthorKind.Visitor,
            Externals = [external],
        });
        return e.Author.Kind == AuthorKind.Visitor ? Heard(next, e.Visitor, e.Number) : Answered(next, e.Visitor, e.Number);
    }

    public static AccountState Changed(AccountState state, ConversationEvent happened, long seq) => happened switch
    {
        MessageEdited e => Change(state, e, e.Message, m => m with { Edits = m.Edits.Add(seq) }),
        MessageDeleted e => Change(state, e, e.Message, m => m with { Deleted = true }),
        MessageSent e => Answered(Change(state, e, e.Message, m => Sent(m, e)), e.Visitor, e.Number),
        MessageDelivered e => Change(state, e, e.Message, m => m with { Delivery = Delivery.Delivered, Failure = null }),
        MessageFailed e => Change(state, e, e.Message, m => Failed(m, e)),
        MessageResent e => Change(state, e, e.Message, m => m with { Delivery = Delivery.None, Failure = null }),
        FileArrived e => Change(state, e, e.Message, m => m with { Files = m.Files.SetItem(e.File.Id, e.File), Arrivals = [.. m.Arrivals ?? [], seq] }),
        _ => state,
    };

    private static MessageState Sent(MessageState message, MessageSent e)
    {
        var next = message with
        {
            Externals = message.Externals.Contains(e.External) ? message.Externals : message.Externals.Add(e.External),
            Parts = message.Parts.Contains(e.Part) ? message.Parts : message.Parts.Add(e.Part),
        };
        // It may turn out late that what was given up has arrived after all.
        return next.Parts.Length >= e.Of && next.Delivery != Delivery.Delivered
            ? next with { Delivery = Delivery.Sent, Failure = null }
            : next;
    }

    /// <summary>A new attempt begins with the first part that is missing.</summary>
    private static MessageState Failed(MessageState message, MessageFailed e)
    {
        var next = message with { Delivery = Delivery.Failed, Failure = e.Reason };
        if (e.External is not { } external || message.Externals.IndexOf(external) is not (>= 0 and var at))
            return next;
        // What came from the channel has a name of its own before those of its parts.
        var own = message.Externals.Length - message.Parts.Length;
        return next with { Externals = message.Externals[..Math.Max(at, own)], Parts = [.. message.Parts.Take(at - own)] };
    }

    /// <summary>One that is not in the working set evolves where it is loaded; one of which nothing became so far begins here.</summary>
    private static AccountState Change(AccountState state, ConversationEvent e, long message, Func<MessageState, MessageState> change) =>
        state.With(change(state.MessageStates.GetValueOrDefault(message) ?? new MessageState(message, e.Conversation, e.Visitor)));

    /// <summary>What is missing before words of the visitor has been waited for: the rule sees to that.</summary>
    public static AccountState Heard(AccountState state, VisitorId visitor, long? number) =>
        number is { } heard && state.VisitorOrNew(visitor) is var known && heard > known.LastNumber ? state.With(UpTo(known, heard)) : state;

    /// <summary>The company's own words say nothing of whether the visitor's before them have come.</summary>
    private static AccountState Answered(AccountState state, VisitorId visitor, long? number)
    {
        var known = state.VisitorOrNew(visitor);
        if (number is not { } answered || answered <= known.LastNumber || known.NumbersAhead.Contains(answered))
            return state;
        var ahead = known.NumbersAhead.Add(answered).Sort();
        return state.With(UpTo(known with { NumbersAhead = ahead }, ahead.Length > MostAhead ? ahead[0] : known.LastNumber));
    }

    private static Visitor UpTo(Visitor known, long last)
    {
        var ahead = known.NumbersAhead;
        for (; ahead is [var first, ..] && first <= last + 1; ahead = ahead.RemoveAt(0))
            last = Math.Max(last, first);
        return known with { LastNumber = last, NumbersAhead = ahead };
    }
}
