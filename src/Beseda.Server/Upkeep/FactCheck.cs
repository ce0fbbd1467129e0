using Beseda.Domain.Conversations;
using Beseda.Journal;
using Beseda.Server.Reports.Facts;

namespace Beseda.Server.Upkeep;

/// <summary>Whether the facts of each day are those of its conversations.</summary>
internal static class FactCheck
{
    public const string Table = "fact_days";

    public static List<Difference> Differences(Session session, AccountId account, AccountState state)
    {
        var uncounted = FactRows.Uncounted(session, account, int.MaxValue).Select(one => one.Conversation).ToHashSet();
        var should = Days(state).ToDictionary(day => day.Key, day => day.ToList());
        var stored = FactRows.Bytes(session, account);
        return
        [
            .. from day in should.Keys.Union(stored.Select(one => one.Key)).Order()
               let conversations = should.GetValueOrDefault(day) ?? []
               // Such a day is packed anew soon, whatever it holds.
               where !conversations.Exists(one => uncounted.Contains(one.Id.Value))
               let wrong = Wrong(stored[day].ToDictionary(one => one.Block, one => one.Data), day, conversations)
               where wrong is not null
               select new Difference(Table, day, wrong),
        ];
    }

    /// <summary>Has the day packed anew; one without conversations is removed.</summary>
    public static void Repair(Session session, AccountId account, AccountState state, long day)
    {
        foreach (var one in Days(state).Where(one => one.Key == day).SelectMany(one => one))
            FactRows.Mark(session, account, one.Id, state.Seq);
        FactRows.Remove(session, account, day);
    }

    private static IEnumerable<IGrouping<long, Conversation>> Days(AccountState state) =>
        state.Conversations.Values.Where(one => !one.IsOpen && one.Tally is not null).GroupBy(FactRows.DayOf);

    /// <param name="stored">By block; what is damaged need not be readable.</param>
    private static string? Wrong(Dictionary<Block, byte[]> stored, long day, List<Conversation> conversations)
    {
        if (stored.Count == 0)
            return "missing";
        if (conversations.Count == 0)
            return "too much";
        var should = ConversationFacts.Of(conversations, DateTimeOffset.FromUnixTimeSeconds(day * FactRows.SecondsPerDay));
        return Blocks.All.All(block => stored.TryGetValue(block, out var bytes) && should.Write(block).AsSpan().SequenceEqual(bytes)) ? null : "different";
    }
}
