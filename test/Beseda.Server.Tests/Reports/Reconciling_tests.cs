using Beseda.Domain.Conversations;
using Beseda.Protocol;
using Beseda.Server.Reports.Facts;

namespace Beseda.Server.Tests.Reports;

/// <summary>
/// One table of numbers three ways: the domain's definitions over conversations folded from their events, the report, and SQL that
/// knows the events alone. Equal to the last digit.
/// </summary>
public sealed class Reconciling_tests(Server server)
{
    [Fact]
    public async Task Some_weeks_of_the_demo_s_provider()
    {
        var until = DateTimeOffset.UtcNow.AddMinutes(-1);
        var history = await History.OfProviderAsync(server, 21, 700, until);

        await ReconcileAsync(history, until.AddDays(-17), until.AddDays(-4));
    }

    [Theory]
    [InlineData(1, "Europe/Berlin", "2026-03-27T16:00:00Z")]
    [InlineData(2, "Europe/Berlin", "2025-10-24T20:00:00Z")]
    [InlineData(3, "Asia/Kathmandu", "2026-01-01T00:00:00Z")]
    [InlineData(4, "America/New_York", "2026-03-06T00:00:00Z")]
    [InlineData(5, "Australia/Lord_Howe", "2026-04-03T00:00:00Z")]
    public async Task People_who_do_anything_at_any_time(int seed, string zone, string from)
    {
        var start = DateTimeOffset.Parse(from, System.Globalization.CultureInfo.InvariantCulture);
        var history = await History.AtRandomAsync(server, seed, zone, start);

        await ReconcileAsync(history, start.AddDays(1), start.AddDays(9));
    }

    private static async Task ReconcileAsync(History history, DateTimeOffset from, DateTimeOffset to)
    {
        (from, to) = (ConversationFacts.WholeSecond(from), ConversationFacts.WholeSecond(to));
        var all = await history.FoldedAsync();
        using var sql = new Sql(await RawAsync(history));
        var questions = Questions(all, from, to).ToList();
        // Before anything stands in the days' facts; when all does; and when only some does.
        foreach (var counted in (bool[])[false, true])
        {
            if (counted)
                await history.CountAsync();
            foreach (var asked in questions)
            {
                var reported = Numbers.Of((await history.Admin.GetAsync($"/api/reports/overview?{asked.Query}")).Must(200).Json);
                AssertSame(Reference.Count(all, asked), reported, asked, "domain", "report");
                if (counted)
                    AssertSame(sql.Count(asked), reported, asked, "sql", "report");
            }
        }
    }

    /// <summary>Everything, each value of each dimension, and some of them together.</summary>
    private static IEnumerable<Question> Questions(List<Conversation> all, DateTimeOffset from, DateTimeOffset to)
    {
        var period = new Question(from, to);
        yield return new Question(all[0].StartedAt.AddDays(-2), all[^1].StartedAt.AddDays(30));
        yield return period;
        foreach (var channel in all.Select(one => one.Channel).Distinct())
            yield return period with { Channel = channel };
        foreach (var department in all.Select(one => one.Department.Value).Distinct())
            yield return period with { Department = department };
        foreach (var person in all.SelectMany(one => one.Tally!.Stints).Select(stint => stint.Operator.Value).Distinct().Take(3))
        {
            yield return period with { Operator = person };
            yield return period with { Operator = person, Channel = all[0].Channel, Department = all[0].Department.Value };
        }

        foreach (var category in all.Select(one => one.Category?.Value).OfType<long>().Distinct().Take(2))
            yield return period with { Category = category };
        foreach (var tag in all.SelectMany(one => one.AllTags()).Distinct().Take(2))
            yield return period with { Tag = tag.Value };
        yield return period with { Location = "cabinet", Language = "ru" };
        yield return period with { Channel = "nowhere" };
    }

    private static async Task<List<RawEvent>> RawAsync(History history)
    {
        var raw = new List<RawEvent>();
        while ((await history.Admin.GetAsync($"/api/admin/journal?since={raw.Count}&limit=1000")).Read<JournalPage>() is { Events: { Count: > 0 } some })
            raw.AddRange(some);
        // The door tells milliseconds; what is counted has microseconds.
        var exact = new Dictionary<long, DateTimeOffset>();
        while (await history.Journal.ReadAsync(history.Account, exact.Count, 10_000) is { Count: > 0 } some)
            some.ForEach(entry => exact[entry.Seq] = entry.At);
        return raw.ConvertAll(one => one with { At = exact[one.Seq] });
    }

    private static void AssertSame(
        SortedDictionary<string, string> one, SortedDictionary<string, string> other, Question asked, string oneName, string otherName) => Assert.True(
        one.SequenceEqual(other),
        $"{asked.Query}\n{string.Join('\n', one.Keys.Union(other.Keys).Where(key => one.GetValueOrDefault(key) != other.GetValueOrDefault(key))
            .Select(key => $"{key}: {oneName} {one.GetValueOrDefault(key)}, {otherName} {other.GetValueOrDefault(key)}"))}");
}
