using System.Reflection;

namespace Beseda.Chaos.Tests;

/// <summary>A short run; <c>bin/chaos</c> makes long ones.</summary>
public sealed class Chaos_tests(ITestOutputHelper output)
{
    private static readonly string Server = typeof(Chaos_tests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(one => one.Key == "Server").Value!;

    [Fact]
    public async Task Whatever_breaks_every_message_arrives_once_and_in_order()
    {
        var outcome = await Run.PlayAsync(new Arguments(Server, TimeSpan.FromSeconds(60), Seed: 1, Postgres: false));
        output.WriteLine(outcome.Told());
        Assert.Empty(outcome.Findings);
        // Talk and trouble there was.
        Assert.InRange(outcome.Acknowledged, 200, int.MaxValue);
        Assert.InRange(outcome.Faults.Count, 8, int.MaxValue);
    }
}
