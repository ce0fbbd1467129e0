using System.Collections.Immutable;
using Beseda.Domain.Visitors;

namespace Beseda.Domain.Labels;

/// <summary>How a conversation is sorted from now on.</summary>
/// <param name="Tags">In the order of their ids.</param>
public sealed record ConversationLabelled(
    ConversationId Conversation, VisitorId Visitor, LabelId? Category, ImmutableArray<LabelId> Tags, OperatorId? By)
    : ConversationEvent(Conversation, Visitor);

/// <summary>Sorts a conversation, while it is open or after: by any operator who sees it.</summary>
/// <param name="Tags">All that it has from now on.</param>
public sealed record LabelConversation(ConversationId Conversation, LabelId? Category, ImmutableArray<LabelId> Tags) : Command
{
    public const int MostTags = 20;

    internal Refusal? Decide(Decision decision, Actor by)
    {
        var state = decision.State;
        if (by is Actor.Visitor)
            return Refusal.NotAllowed;
        if (!state.Conversations.TryGetValue(Conversation, out var conversation) || !Visibility.Sees(state, by, conversation))
            return Refusal.ConversationNotFound;

        ImmutableArray<LabelId> tags = [.. Tags.Distinct().Order()];
        if ((Category is { } category && !Fits(state, category, LabelKind.Category, conversation.Category == category))
            || tags.Length > MostTags || tags.Any(tag => !Fits(state, tag, LabelKind.Tag, conversation.AllTags().Contains(tag))))
            return Refusal.LabelNotFound;
        if (conversation.Category != Category || !conversation.AllTags().SequenceEqual(tags))
            decision.Add(new ConversationLabelled(Conversation, conversation.Visitor, Category, tags, (by as Actor.Operator)?.Id));
        return null;
    }

    /// <summary>What it has already, it may keep.</summary>
    private static bool Fits(AccountState state, LabelId id, LabelKind kind, bool has) =>
        state.Labels.GetValueOrDefault(id) is { } label && label.Kind == kind && (label.Enabled || has);
}
