using System.Text.RegularExpressions;

namespace Beseda.Server.Channels.Mail;

/// <summary>
/// Parts what a letter says from what it repeats of others, by the marks that mail programs leave. What stands between quotes,
/// or is passed on, is left as it is: rather too much is shown than too little.
/// </summary>
internal static partial class Quotes
{
    private const int LongestMark = 400;
    private const int LongestSignature = 12;

    public static (string Text, string Quoted) Fold(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()).ToList();
        var start = Start(lines);
        var (said, quoted) = start is { } at ? (lines[..at], lines[at..]) : Top(lines) is { } end ? (lines[end..], lines[..end]) : (lines, []);
        var signed = Signature(said);
        return (Tidy(said[..signed]), Tidy([.. said[signed..], .. quoted]));
    }

    /// <summary>The first line from which on all has been said before.</summary>
    private static int? Start(List<string> lines)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            if (line.Length is 0 or > LongestMark)
                continue;
            if (PassedOn().IsMatch(line))
                return null;
            if (Original().IsMatch(line) || IsBlock(lines, i))
                return i > 0 && Rule().IsMatch(lines[i - 1]) ? i - 1 : i;
            if (Attribution(lines, i) is { } next && IsAllQuoted(lines, next, orNothing: true))
                return i;
            if (line[0] == '>' && IsAllQuoted(lines, i, orNothing: false))
                return i;
        }

        return null;
    }

    /// <summary>Behind a quote at the very top, answered below; null: there is none, or answers stand between.</summary>
    private static int? Top(List<string> lines)
    {
        var first = lines.FindIndex(line => line.Length > 0);
        if (first < 0)
            return null;
        var from = Attribution(lines, first) ?? first;
        while (from < lines.Count && lines[from].Length == 0)
            from++;
        var end = from;
        while (end < lines.Count && (lines[end].StartsWith('>') || (lines[end].Length == 0 && end > from)))
            end++;
        return end > from && end < lines.Count && !lines[end..].Exists(line => line.StartsWith('>')) ? end : null;
    }

    /// <summary>From here on there is nothing but quotes and signatures.</summary>
    /// <param name="orNothing">Or no marks at all: some programs quote without.</param>
    private static bool IsAllQuoted(List<string> lines, int from, bool orNothing)
    {
        var next = lines.FindIndex(from, line => line.Length > 0);
        if (next < 0 || (orNothing && !lines[next].StartsWith('>')))
            return orNothing;
        var end = lines.FindIndex(next, line => line.Length > 0 && !line.StartsWith('>'));
        return end < 0 || Signature(lines[end..]) == 0;
    }

    /// <summary>"On Monday somebody wrote:", over up to three lines.</summary>
    /// <returns>The line behind it.</returns>
    private static int? Attribution(List<string> lines, int at)
    {
        if (!Dated().IsMatch(lines[at]) && !lines[at].Contains('@', StringComparison.Ordinal))
            return null;
        var whole = "";
        for (var i = at; i < lines.Count && i < at + 3 && lines[i].Length is > 0 and <= LongestMark && !lines[i].StartsWith('>'); i++)
        {
            whole = $"{whole} {lines[i]}".Trim();
            if (!whole.EndsWith(':'))
                continue;
            var next = lines.FindIndex(i + 1, line => line.Length > 0);
            var isQuoted = next >= 0 && lines[next].StartsWith('>');
            var isSaid = Said().IsMatch(whole);
            var isNamed = Named().IsMatch(whole);
            return (isSaid || isNamed) && (isQuoted || (Year().IsMatch(whole) && (isNamed || whole.Contains('@', StringComparison.Ordinal) || whole.StartsWith("On ", StringComparison.Ordinal))))
                ? i + 1
                : null;
        }

        return null;
    }

    /// <summary>Outlook's head of what it repeats: at least three of its lines.</summary>
    private static bool IsBlock(List<string> lines, int at) =>
        From().IsMatch(lines[at]) && lines.Skip(at + 1).Take(5).Count(line => line.Length <= LongestMark && Field().IsMatch(line)) >= 2;

    /// <summary>Where a signature at the end begins (two dashes, and a space that is trimmed here); all there is, if none does.</summary>
    private static int Signature(List<string> lines)
    {
        var end = lines.FindLastIndex(line => line.Length > 0) + 1;
        var at = end > 0 ? lines.FindLastIndex(end - 1, Math.Min(end, LongestSignature), line => line == "--") : -1;
        if (at >= 0)
            end = at;
        var last = lines[..end].FindLastIndex(line => line.Length > 0);
        if (last >= 0 && lines[last].Length <= LongestMark && Device().IsMatch(lines[last]))
            end = last;
        return end == lines.FindLastIndex(line => line.Length > 0) + 1 ? lines.Count : end;
    }

    private static string Tidy(List<string> lines) => Gaps().Replace(string.Join('\n', lines), "\n\n").Trim();

    [GeneratedRegex(@"^\W*(-{2,}|_{2,})?\s*(Forwarded message|Begin forwarded message|Forwarded Message|Пересылаемое сообщение|Пересланное сообщение|Начало переадресованного сообщения|Перенаправленное сообщение)\b", RegexOptions.IgnoreCase)]
    private static partial Regex PassedOn();

    [GeneratedRegex(@"^\s*[-_*]{2,}\s*(Original Message|Original Appointment|Исходное сообщение|Исходное письмо|Оригинальное сообщение|Reply message|Ursprüngliche Nachricht|Message d'origine)\s*[-_*]*\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Original();

    [GeneratedRegex(@"^\s*[_-]{5,}\s*$")]
    private static partial Regex Rule();

    [GeneratedRegex(@"^\s*\*?(From|От|Von|De)\s*:\*?\s*\S", RegexOptions.IgnoreCase)]
    private static partial Regex From();

    [GeneratedRegex(@"^\s*\*?(Sent|Date|To|Cc|Subject|Отправлено|Дата|Кому|Копия|Тема|Gesendet|An|Betreff|Envoyé|À|Objet)\s*:\*?\s*\S", RegexOptions.IgnoreCase)]
    private static partial Regex Field();

    [GeneratedRegex(@"(19|20)\d\d|\b\d{1,2}[:.]\d{2}\b")]
    private static partial Regex Dated();

    [GeneratedRegex(@"\b(19|20)\d\d\b|\b\d{1,2}[./]\d{1,2}[./]\d{2}\b")]
    private static partial Regex Year();

    [GeneratedRegex(@"\b(wrote|writes|a écrit|escribió|ha scritto|escreveu|пишет|пишут|писал|писала|написал|написала|(на)?писал\(а\))\s*:$|^Am .*\bschrieb\b.*:$", RegexOptions.IgnoreCase)]
    private static partial Regex Said();

    [GeneratedRegex(@"[^\s<>@]+@[^\s<>@]+>?\s*:$")]
    private static partial Regex Named();

    [GeneratedRegex(@"^(Sent from (my|Yahoo|Mail|Outlook)|Get Outlook for|Отправлено (с|из|через)\s|Sent via )[^.!?]{0,80}[.!]?(\s*<?https?://\S+>?)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Device();

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex Gaps();
}
