using System.Text.Json;
using Beseda.Chaos.Channels;
using Beseda.Chaos.Histories;

namespace Beseda.Chaos.Tests.Channels;

/// <summary>The verdict on what was lost or doubled in channels finds each fault that is put into faultless evidence.</summary>
public sealed class Verdict_tests
{
    private static readonly DateTimeOffset Noon = DateTimeOffset.UnixEpoch.AddDays(20_000);
    private static readonly Cast Telegram = Cast.All.Single(cast => cast.Name == "telegram");
    private static readonly Cast Vk = Cast.All.Single(cast => cast.Name == "vk");
    private static readonly Cast Viber = Cast.All.Single(cast => cast.Name == "viber");

    [Fact]
    public void What_is_faultless_is_found_so()
    {
        var (tallies, findings) = Verdict.Of(Clean(Telegram, Vk, Viber));

        Assert.Empty(findings);
        Assert.Equal(new Tally("vk", 2, 0, 0, 0, 2, 0, 0), tallies[1]);
    }

    [Fact]
    public void What_a_customer_wrote_is_there_once()
    {
        var clean = Clean(Viber);

        Assert.Equal(["in: nothing lost"], Broken(clean with { Events = Without(clean, "in-viber-1-2") }));
        Assert.Equal(["in: none doubled"], Broken(clean with { Events = [.. clean.Events, clean.Events.First(one => one.Text == "in-viber-1-2") with { Seq = 90 }] }));
    }

    [Fact]
    public void What_an_operator_said_arrives_and_is_written_down_as_sent()
    {
        var clean = Clean(Viber);

        Assert.Equal(["out: nothing lost"], Broken(With(clean, story => story with { Arrived = [.. story.Arrived.Skip(1)] })));
        Assert.Equal(["out: what went out is written down"], Broken(clean with { Events = [.. clean.Events.Where(one => one.Kind != 24 || one.Number("message") != 12)] }));
        Assert.Equal(["out: nothing is given up"], Broken(clean with { Events = [.. clean.Events, Row(95, 26, """{"message":12}""")] }));
        Assert.Equal(["out: in order"], Broken(With(clean, story => story with { Arrived = [.. story.Arrived.Reverse()] })));
    }

    [Fact]
    public void A_message_may_arrive_twice_only_where_there_is_no_key_and_somebody_was_killed_between()
    {
        var killed = Clean(Telegram) with { Kills = [Noon.AddSeconds(15)] };
        Assert.Empty(Broken(Again(killed, "out-telegram-1-1", 20)));
        Assert.Equal(1, Verdict.Of(Again(killed, "out-telegram-1-1", 20)).Tallies.Single().OutDoubled);

        Assert.Equal(["out: doubled only if there is no help"], Broken(Again(killed, "out-telegram-1-2", 10.5)));
        Assert.Equal(["out: doubled only if there is no help"], Broken(Again(Clean(Telegram), "out-telegram-1-1", 20)));
        Assert.Equal(["out: doubled only if there is no help"], Broken(Again(Clean(Vk) with { Kills = killed.Kills }, "out-vk-1-1", 20)));
    }

    [Fact]
    public void Of_one_conversation_one_message_may_be_doubled_by_one_kill()
    {
        var once = Again(Clean(Telegram) with { Kills = [Noon.AddSeconds(15)] }, "out-telegram-1-1", 20);

        Assert.Equal(["out: one of a conversation per kill"], Broken(Again(once, "out-telegram-1-2", 21)));
        Assert.Empty(Broken(Again(once with { Kills = [Noon.AddSeconds(15), Noon.AddSeconds(22)] }, "out-telegram-1-1", 25)));
    }

    [Fact]
    public void Where_there_is_an_order_it_is_kept_unless_something_came_much_later()
    {
        var turned = Clean(Vk) with { Events = Turned(Clean(Vk)) };
        Assert.Equal(["in: in order"], Broken(turned));
        Assert.Equal(["in: in order"], Broken(turned with { Brought = Brought(late: 1) }));

        Assert.Empty(Broken(turned with { Brought = Brought(late: 5) }));
        Assert.Equal(1, Verdict.Of(turned with { Brought = Brought(late: 5) }).Tallies.Single().InOvertaken);
        Assert.Empty(Broken(Clean(Viber) with { Events = Turned(Clean(Viber)) }));

        Dictionary<string, Bringing> Brought(double late) => new()
        {
            ["in-vk-1-1"] = new(Noon, Noon.AddSeconds(late)),
            ["in-vk-1-2"] = new(Noon, Noon),
        };
    }

    private static IEnumerable<string> Broken(Evidence evidence) => Verdict.Of(evidence).Findings.Select(one => one.Law);

    /// <summary>One conversation in each, two messages each way; the operator's ten seconds after noon.</summary>
    private static Evidence Clean(params Cast[] casts) => new()
    {
        Stories = [.. casts.Select(cast => new Story(
            cast, $"{cast.Name}-1", [$"in-{cast.Name}-1-1", $"in-{cast.Name}-1-2"],
            [new($"out-{cast.Name}-1-1", 12, Noon), new($"out-{cast.Name}-1-2", 13, Noon)],
            [new($"out-{cast.Name}-1-1", Noon.AddSeconds(10)), new($"out-{cast.Name}-1-2", Noon.AddSeconds(10))]))],
        Events = [.. casts.SelectMany((cast, i) => new[]
        {
            Row((100 * i) + 10, 20, "{}", $"in-{cast.Name}-1-1"), Row((100 * i) + 11, 20, "{}", $"in-{cast.Name}-1-2"),
            Row((100 * i) + 12, 20, "{}", $"out-{cast.Name}-1-1"), Row((100 * i) + 13, 20, "{}", $"out-{cast.Name}-1-2"),
            Row((100 * i) + 14, 24, """{"message":12}"""), Row((100 * i) + 15, 24, """{"message":13}"""),
        })],
        Kills = [],
    };

    private static Evidence With(Evidence evidence, Func<Story, Story> change) => evidence with { Stories = [.. evidence.Stories.Select(change)] };

    private static Evidence Again(Evidence evidence, string text, double seconds) =>
        With(evidence, story => story with { Arrived = [.. story.Arrived, new Arrival(text, Noon.AddSeconds(seconds))] });

    private static List<TableEvent> Without(Evidence evidence, string text) => [.. evidence.Events.Where(one => one.Text != text)];

    /// <summary>The first of the customer's stands behind the second.</summary>
    private static List<TableEvent> Turned(Evidence evidence) => [.. evidence.Events.Select(one => one.Seq == 10 ? one with { Seq = 99 } : one)];

    private static TableEvent Row(long seq, int kind, string body, string? text = null) => new(seq, kind, 1, 1, seq, JsonElement.Parse(body), text);
}
