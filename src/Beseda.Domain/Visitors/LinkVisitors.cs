using System.Collections.Immutable;

namespace Beseda.Domain.Visitors;

/// <summary>
/// Two addresses are one person's, as has been proved. By Beseda itself. What an operator has taken apart is not joined again
/// for a telephone number, only when the visitor comes by a link of their own.
/// </summary>
public sealed record LinkVisitors(VisitorId One, VisitorId Other, LinkCause Cause) : Command
{
    internal Refusal? Decide(Decision decision, Actor by)
    {
        if (by is not Actor.System)
            return Refusal.NotAllowed;
        var (one, other) = (decision.State.VisitorOrNew(One), decision.State.VisitorOrNew(Other));
        return Cause == LinkCause.Phone && (one.Separated || other.Separated) ? null : Person.Join(decision, one, other, Cause);
    }
}

/// <summary>Whoever writes in a conversation: an operator knows visitors only by conversations that they see.</summary>
public readonly record struct Writer(ConversationId Conversation, VisitorId Visitor)
{
    /// <returns>Null: not for them to see, or it has moved since.</returns>
    internal Visitor? Find(AccountState state, Actor by) =>
        state.Conversations.GetValueOrDefault(Conversation) is { } conversation && conversation.Visitor == Visitor && Visibility.Sees(state, by, conversation)
            ? state.VisitorOrNew(Visitor)
            : null;
}

/// <summary>An operator knows that the same person writes in both conversations.</summary>
public sealed record MergeVisitors(Writer One, Writer Other) : Command
{
    internal Refusal? Decide(Decision decision, Actor by)
    {
        if (by is not Actor.Operator { Id: var person })
            return Refusal.NotAllowed;
        return One.Find(decision.State, by) is { } one && Other.Find(decision.State, by) is { } other
            ? Person.Join(decision, one, other, LinkCause.Operator, person)
            : Refusal.ConversationNotFound;
    }
}

/// <summary>
/// These addresses are somebody else's than the conversation's: the way back from a merger, whoever made it. Who is not of
/// the person is passed over; not all can leave.
/// </summary>
/// <param name="From">A conversation of the person.</param>
public sealed record SeparateVisitors(Writer From, ImmutableArray<VisitorId> Visitors) : Command
{
    internal Refusal? Decide(Decision decision, Actor by)
    {
        if (by is not Actor.Operator { Id: var person })
            return Refusal.NotAllowed;
        var state = decision.State;
        if (From.Find(state, by) is not { } known)
            return Refusal.ConversationNotFound;
        var all = Person.Of(state, known);
        var leaving = all.Where(one => Visitors.Contains(one.Id)).Select(one => one.Id).ToImmutableArray();
        if (known.Person is { } before && leaving.Length > 0 && leaving.Length < all.Length)
            decision.Answer(decision.Add(new VisitorsSeparated(before, leaving, leaving.Length > 1 ? new PersonId(decision.NextSeq) : null, person)));
        return null;
    }
}
