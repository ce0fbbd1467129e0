namespace Beseda.Workplace.Conversations;

/// <summary>Finds web addresses in people's text. Only <c>http</c> and <c>https</c> become links; all else stays text.</summary>
public static class Links
{
    private static readonly string[] Schemes = ["https://", "http://"];

    private const string Map = "https://www.openstreetmap.org/?mlat=";

    /// <summary>Where somebody is: what a channel makes of a place they sent.</summary>
    public static bool IsPlace(string text) => text.StartsWith(Map, StringComparison.Ordinal) && !text.Any(char.IsWhiteSpace);

    /// <summary>The text in pieces; together they are the text.</summary>
    public static IEnumerable<(string Text, bool IsLink)> Split(string text)
    {
        var from = 0;
        while (Next(text, from) is { } found)
        {
            if (found.Start > from) yield return (text[from..found.Start], false);
            yield return (text[found.Start..found.End], true);
            from = found.End;
        }
        if (from < text.Length) yield return (text[from..], false);
    }

    private static (int Start, int End)? Next(string text, int from)
    {
        while (true)
        {
            var start = -1;
            var scheme = "";
            foreach (var one in Schemes)
                if (text.IndexOf(one, from, StringComparison.OrdinalIgnoreCase) is >= 0 and var at && (start < 0 || at < start)) (start, scheme) = (at, one);
            if (start < 0) return null;
            var end = start + scheme.Length;
            while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] is not ('<' or '>' or '"' or '«' or '»') && !char.IsControl(text[end])) end++;
            end = WithoutPunctuation(text, start, end);
            if (end > start + scheme.Length && Uri.TryCreate(text[start..end], UriKind.Absolute, out _)) return (start, end);
            from = start + scheme.Length;
        }
    }

    /// <summary>A full stop ends the sentence, not the address; a bracket belongs to it only if it was opened in it.</summary>
    private static int WithoutPunctuation(string text, int start, int end)
    {
        while (end > start)
        {
            var last = text[end - 1];
            if (last is ')' && text.AsSpan(start, end - start).Contains('(')) break;
            if (last is not ('.' or ',' or ';' or ':' or '!' or '?' or ')' or ']' or '\'' or '…')) break;
            end--;
        }
        return end;
    }
}
