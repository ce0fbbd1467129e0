using Beseda.Domain.Visitors;

namespace Beseda.Domain.Ratings;

/// <summary>
/// The visitor's answer about one operator: once per operator asked about, changeable for an hour, possible for seven
/// days after being asked.
/// </summary>
/// <param name="Operator">Null: the last one asked about.</param>
public sealed record RateConversation(ConversationId Conversation, OperatorId? Operator, int Scale, int Score, string? Note) : Command
{
    /// <summary>See <see cref="Conversations.MessagePosted.Number"/>: pressing a button may be a message of its own.</summary>
    public long? Number { get; init; }

    public static readonly TimeSpan Possible = TimeSpan.FromDays(7);
    public static readonly TimeSpan Changeable = TimeSpan.FromHours(1);

    internal Refusal? Decide(Decision decision, Actor by)
    {
        var state = decision.State;
        if (by is not Actor.Visitor)
            return Refusal.NotAllowed;
        if (!state.Conversations.TryGetValue(Conversation, out var conversation) || !Visibility.Sees(state, by, conversation))
            return Refusal.ConversationNotFound;
        if (conversation.Ratings.LastOrDefault(r => Operator is null || r.Operator == Operator) is not { } asked)
            return Refusal.NotAsked;
        if (Refused(asked, decision.Now) is { } refusal)
            return refusal;

        if (asked.Score != Score || !string.IsNullOrEmpty(Note))
        {
            var words = string.IsNullOrEmpty(Note) ? null : new RatingWords(Note);
            decision.Add(new ConversationRated(Conversation, conversation.Visitor, asked.Operator, Scale, Score, words) { Number = Number });
        }

        return null;
    }

    private Refusal? Refused(Rating asked, DateTimeOffset now)
    {
        if (Scale != asked.Scale)
            return Refusal.WrongScale;
        if (Score < (Scale == 5 ? 1 : 0) || Score > Scale)
            return Refusal.ScoreOutOfRange;
        if (asked.Score == Score && string.IsNullOrEmpty(Note))
            return null;
        if (asked.FirstScoredAt is { } first)
            return now <= first + Changeable ? null : Refusal.AlreadyRated;
        return now <= asked.AskedAt + Possible ? null : Refusal.RatingLapsed;
    }
}
