using System.Text;

namespace Beseda.Domain.Conversations;

/// <summary>People's text, cleaned once on entry: what is stored can be shown, sent and searched everywhere.</summary>
public static class MessageText
{
    /// <summary>UTF-16 units, after trimming.</summary>
    public const int MaxLength = 10_000;

    /// <summary>
    /// Removes NUL and control characters but TAB and LF (CR LF and CR become LF), replaces lone surrogates, trims.
    /// Empty when nothing is left.
    /// </summary>
    public static string Clean(string text)
    {
        if (IsClean(text))
            return text.Trim();

        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                clean.Append(c).Append(text[++i]);
            else if (char.IsSurrogate(c))
                clean.Append('\uFFFD');
            else if (c == '\r')
                clean.Append(i + 1 < text.Length && text[i + 1] == '\n' ? "" : "\n");
            else if (!char.IsControl(c) || c is '\t' or '\n')
                clean.Append(c);
        }

        return clean.ToString().Trim();
    }

    /// <summary>One line: names, titles, comments. TAB and LF become spaces.</summary>
    public static string CleanLine(string text) => Clean(text).Replace('\n', ' ').Replace('\t', ' ').Replace('\u2028', ' ').Replace('\u2029', ' ').Trim();

    private static bool IsClean(string text)
    {
        foreach (var c in text)
            if (char.IsSurrogate(c) || (char.IsControl(c) && c is not ('\t' or '\n')))
                return false;
        return true;
    }
}
