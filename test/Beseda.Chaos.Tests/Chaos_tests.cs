using System.Reflection;
using Beseda.Chaos.Checks;
using Beseda.Chaos.Histories;

namespace Beseda.Chaos.Tests;

/// <summary>A short run; <c>bin/chaos</c> makes long ones.</summary>
public sealed class Chaos_tests(ITestOutputHelper output)
{
    private static readonly string Server = typeof(Chaos_tests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(one => one.Key == "Server").Value!;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whatever_breaks_every_message_arrives_once_and_in_order(bool postgres)
    {
        var outcome = await Run.PlayAsync(new Arguments(Server, TimeSpan.FromSeconds(60), Seed: 1, Postgres: postgres));
        output.WriteLine(outcome.Told());
        Assert.Empty(outcome.Findings);
        // Talk and trouble there was.
        Assert.InRange(outcome.Acknowledged, 200, int.MaxValue);
        Assert.InRange(outcome.Faults.Count, 8, int.MaxValue);
        AssertThatTheCheckerLooked(outcome.History);
    }

    /// <summary>The same history with one fault put into it is not taken for faultless.</summary>
    private static void AssertThatTheCheckerLooked(History history)
    {
        var message = history.Messages.First(one => one.Seq is not null);
        Assert.Contains(Checker.Check(history with { Events = [.. history.Events.Where(e => e.Seq != message.Seq)] }), one => one.Law == "nothing lost");

        var reader = history.Readers.Single(one => one.Sender == message.Sender);
        var deaf = reader with { Legs = [.. reader.Legs.Select(leg => leg with { Frames = [.. leg.Frames.Where(frame => frame.Seq != message.Seq)] })] };
        Assert.Contains(Checker.Check(history with { Readers = [.. history.Readers.Select(one => one == reader ? deaf : one)] }), one => one.Law == "feeds miss nothing");

        var closed = history.Conversations.Select((row, i) => i == 0 ? row with { Stage = "never" } : row);
        Assert.Contains(Checker.Check(history with { Conversations = [.. closed] }), one => one.Law == "rows equal events");
    }
}
