using Beseda.Domain.Conversations;

namespace Beseda.Server.Channels.Mail;

/// <summary>What a letter says now, and what it repeats.</summary>
/// <param name="Pictures">Those shown inside of what it says now, by their names; null: it does not say where they belong.</param>
/// <param name="HasForm">It has pictures or tables, which text cannot show.</param>
internal sealed record LetterText(string Text, string Quoted, IReadOnlySet<string>? Pictures, bool HasForm)
{
    /// <summary>A little is left for the subject.</summary>
    public bool IsTooLong => Text.Length > MessageText.MaxLength - 300;

    public static LetterText Of(Letter letter)
    {
        var (texts, quotes, pictures, hasForm) = (new List<string>(), new List<string>(), new HashSet<string>(StringComparer.Ordinal), false);
        foreach (var passage in letter.Passages)
        {
            var rich = passage.Html is null ? null : RichText.Read(passage.Html);
            if (rich is not null)
                pictures.UnionWith(rich.Pictures);
            hasForm |= rich?.HasForm is true;
            var (said, quoted) = string.IsNullOrWhiteSpace(passage.Plain) ? (rich?.Text ?? "", rich?.Quoted ?? "") : (passage.Plain, "");
            var folded = Quotes.Fold(said);
            texts.Add(folded.Text);
            quotes.Add(string.Join("\n\n", ((string[])[folded.Quoted, quoted]).Where(part => part.Length > 0)));
        }

        return new LetterText(
            Joined(texts), Joined(quotes), letter.Passages.Any(passage => passage.Html is not null) ? pictures : null, hasForm);
    }

    private static string Joined(IEnumerable<string> parts) => string.Join("\n\n", parts.Where(part => part.Length > 0));
}
