using Beseda.Server.Reports.Facts;

namespace Beseda.Server.Reports.Counting;

/// <summary>Which of some conversations a query is about, whenever they were.</summary>
internal static class Selection
{
    /// <param name="except">Known better elsewhere.</param>
    public static bool[] Of(ConversationFacts facts, ReportQuery query, IReadOnlySet<long> except)
    {
        var rows = new bool[facts.Count];
        Array.Fill(rows, true);
        if (except.Count > 0)
            Keep(rows, facts[Column.Id], id => !except.Contains(id));
        Keep(rows, facts, Column.Channel, query.Channels);
        Keep(rows, facts, Column.Location, query.Locations);
        Keep(rows, facts, Column.Language, query.Languages);
        Keep(rows, facts[Column.Department], query.Departments);
        Keep(rows, facts[Column.Category], query.Categories);
        if (query.Tags.Count > 0)
            KeepListed(rows, facts[Column.TagOf], facts[Column.Tag], query.Tags);
        if (query.Operators.Count > 0)
            KeepListed(rows, facts[Column.StintOf], facts[Column.StintBy], query.Operators);
        return rows;
    }

    private static void Keep(bool[] rows, ConversationFacts facts, Column column, IReadOnlySet<string> names)
    {
        if (names.Count == 0)
            return;
        // None of them may be known here: then nothing fits.
        bool[] fits = [.. facts.Names.Select(names.Contains)];
        Keep(rows, facts[column], place => fits[place]);
    }

    private static void Keep(bool[] rows, long[] values, IReadOnlySet<long> wanted)
    {
        if (wanted.Count > 0)
            Keep(rows, values, wanted.Contains);
    }

    private static void Keep(bool[] rows, long[] values, Predicate<long> fits)
    {
        for (var row = 0; row < rows.Length; row++)
            rows[row] = rows[row] && fits(values[row]);
    }

    /// <summary>Rows of which one entry in a list fits.</summary>
    private static void KeepListed(bool[] rows, long[] of, long[] values, IReadOnlySet<long> wanted)
    {
        var listed = new bool[rows.Length];
        for (var i = 0; i < of.Length; i++)
            listed[of[i]] |= wanted.Contains(values[i]);
        for (var row = 0; row < rows.Length; row++)
            rows[row] &= listed[row];
    }
}
