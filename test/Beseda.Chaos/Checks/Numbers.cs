using Beseda.Chaos.Histories;

namespace Beseda.Chaos.Checks;

/// <summary>Seqs are 1, 2, 3… without a hole, and time rises with them.</summary>
internal static class Numbers
{
    public static IEnumerable<Finding> Check(History history)
    {
        var (last, at) = (0L, long.MinValue);
        foreach (var e in history.Events)
        {
            if (e.Seq != last + 1)
                yield return new Finding("gapless", $"{e.Seq} follows {last}");
            if (e.At <= at)
                yield return new Finding("time rises", $"{e.Seq} is not later than {last}");
            if (!Kinds.Names.ContainsKey(e.Kind))
                yield return new Finding("known kinds", $"{e.Seq} is of kind {e.Kind}, which this check has yet to learn");
            (last, at) = (e.Seq, e.At);
        }
    }
}
