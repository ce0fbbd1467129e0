namespace Beseda.Server.Channels;

/// <summary>Cuts a text that is too long for one message of a channel: between paragraphs, else sentences, else words.</summary>
internal static class Splitting
{
    private static readonly string[] Ends = ["\n\n", "\n", ". ", "! ", "? ", "… ", "; ", ", ", " "];

    /// <param name="most">UTF-16 units of a piece; 1 at least.</param>
    public static IEnumerable<string> Pieces(string text, int most)
    {
        var rest = text.AsMemory();
        while (rest.Length > most)
        {
            var cut = Cut(rest.Span, most);
            var piece = rest[..cut].Trim();
            if (!piece.IsEmpty)
                yield return piece.ToString();
            rest = rest[cut..].TrimStart();
        }

        if (!rest.IsEmpty || text.Length == 0)
            yield return rest.ToString();
    }

    /// <summary>The best end in the second half; failing that, wherever no character is torn apart.</summary>
    private static int Cut(ReadOnlySpan<char> text, int most)
    {
        var window = text[..Math.Min(text.Length, most + 1)];
        foreach (var end in Ends)
        {
            var at = window.LastIndexOf(end, StringComparison.Ordinal);
            if (at >= 0 && at + end.TrimEnd().Length > most / 2 && at + end.TrimEnd().Length <= most)
                return at + end.TrimEnd().Length;
        }

        return most > 1 && char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
    }
}
