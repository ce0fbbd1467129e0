using System.Collections.Immutable;
using System.Globalization;
using Beseda.Domain.Conversations;
using Beseda.Domain.Ratings;

namespace Beseda.Domain.Channels;

/// <summary>What a visitor may press instead of writing. A channel without buttons shows them as numbered lines.</summary>
/// <param name="Payload">What a press says: one of <see cref="Close"/>, <see cref="Scored"/>, or anything; at most 64 bytes.</param>
/// <param name="Url">Opens a page instead.</param>
public sealed record Button(string Text, string? Payload = null, string? Url = null)
{
    public const string Close = "close";
    private const string Rate = "rate";

    public static Button Closing(string? text) => new(text ?? "", Close);

    /// <summary>One for each score of the scale.</summary>
    internal static ImmutableArray<Button> Scores(RatingAsked asked) =>
        [.. Enumerable.Range(asked.Scale == 5 ? 1 : 0, asked.Scale == 5 ? 5 : 11).Select(score => new Button(
            asked.Scale == 5 ? $"{score} ★" : score.ToString(CultureInfo.InvariantCulture), Scored(asked.Conversation, asked.Scale, score)))];

    private static string Scored(ConversationId conversation, int scale, int score) =>
        string.Create(CultureInfo.InvariantCulture, $"{Rate}:{conversation.Value}:{scale}:{score}");

    /// <summary>What a press of one of Beseda's own buttons asks for; null: it is somebody else's, and stands for its text.</summary>
    /// <param name="number">See <see cref="MessagePosted.Number"/>.</param>
    public static Command? Meaning(string payload, long? number = null)
    {
        if (payload == Close)
            return new CloseConversation(null) { Number = number };
        return payload.Split(':') is [Rate, var conversation, var scale, var score]
            && Number(conversation) is { } id && Small(scale) is { } of && Small(score) is { } points
                ? new RateConversation(new ConversationId(id), null, of, points, null) { Number = number }
                : null;
    }

    private static int? Small(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
