using Beseda.Journal;
using Beseda.Server.Reports.Counting;
using Beseda.Server.Reports.Facts;
using Beseda.Server.Storage;

namespace Beseda.Server.Reports;

/// <summary>Reads what reports count, beside everything else: a long report delays no feed.</summary>
internal sealed class ReportReading(Database database) : IDisposable
{
    private const int MostUncounted = 1_000_000;

    private readonly IReaders readers = database.OpenReaders();

    /// <summary>Counts in one pass, and one snapshot, what has happened until now.</summary>
    /// <param name="counts">Of the same period.</param>
    public Task RunAsync(AccountId account, ReportQuery query, params IReadOnlyList<ICounting> counts) => readers.ReadAsync(session =>
    {
        var first = Day(query.From);
        var last = Day(query.To.AddSeconds(-1));
        var fresh = Fresh(session, account);
        var known = fresh[Column.Id].ToHashSet();
        foreach (var (day, facts) in FactRows.Read(
            session, account, first, last, [.. counts.SelectMany(count => count.Blocks).Distinct().Order()],
            counts.Any(count => count.LooksBack) ? query.From.ToUnixTimeSeconds() : null))
        {
            var except = known.Where(id => id >= day.First && id <= day.Last).ToHashSet();
            foreach (var count in counts)
                count.Add(facts, except);
        }

        foreach (var count in counts)
            count.Add(fresh, new HashSet<long>());
        return true;
    });

    public void Dispose() => readers.Dispose();

    /// <summary>What is open, or was closed or changed since the days' facts were written.</summary>
    private static ConversationFacts Fresh(Session session, AccountId account)
    {
        var uncounted = FactRows.Uncounted(session, account, MostUncounted).ConvertAll(one => one.Conversation);
        return ConversationFacts.Of([.. ConversationRows.Find(session, account, uncounted), .. ConversationRows.Open(session, account)]);
    }

    private static long Day(DateTimeOffset time) => (long)Math.Floor((double)time.ToUnixTimeSeconds() / FactRows.SecondsPerDay);
}
