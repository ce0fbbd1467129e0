namespace Beseda.Domain.Ratings;

/// <summary>One question put to a visitor about one operator of one conversation, and the answer.</summary>
/// <param name="Scale">5 (1–5) or 10 (0–10).</param>
public sealed record Rating(OperatorId Operator, int Scale, DateTimeOffset AskedAt, int? Score = null, DateTimeOffset? FirstScoredAt = null);

public sealed record RatingAsked(ConversationId Conversation, VisitorId Visitor, OperatorId Operator, int Scale)
    : ConversationEvent(Conversation, Visitor);

public sealed record ConversationRated(
    ConversationId Conversation, VisitorId Visitor, OperatorId Operator, int Scale, int Score, RatingWords? Words)
    : ConversationEvent(Conversation, Visitor)
{
    /// <summary>See <see cref="Conversations.MessagePosted.Number"/>.</summary>
    public long? Number { get; init; }
}

public sealed record RatingWords(string Note);
