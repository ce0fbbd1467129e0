using System.Reflection;
using Beseda.Chaos.Channels;

namespace Beseda.Chaos.Tests.Channels;

/// <summary>Short plays; <c>bin/chaos channels</c> makes long ones.</summary>
public sealed class Channel_play_tests(ITestOutputHelper output)
{
    private static readonly string Server = typeof(Channel_play_tests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(one => one.Key == "Server").Value!;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Servers_are_killed_while_people_talk_in_every_channel_and_nothing_is_lost_or_doubled_without_need(bool postgres)
    {
        var outcome = await ChannelPlay.PlayAsync(new ChannelArguments(Server, Messages: 60, Kills: 3, Conversations: 6, Seed: 1, postgres, Pace: 0.1));
        output.WriteLine(outcome.Told());
        Assert.Empty(outcome.Findings);
        Assert.Equal(Cast.All.Select(cast => (cast.Name, 60, 60)), outcome.Tallies.Select(one => (one.Channel, one.In, one.Out)));
        Assert.Equal(3, outcome.Evidence.Kills.Count);
    }

    [Fact]
    public async Task A_platform_in_trouble_holds_up_nobody_else_and_drains_by_itself()
    {
        var outcome = await ChannelPlay.PlayAsync(new ChannelArguments(
            Server, Messages: 60, Conversations: 6, Seed: 1, Postgres: false, Pace: 0.1, Trouble: TimeSpan.FromSeconds(8)));
        output.WriteLine(outcome.Told());
        Assert.Empty(outcome.Findings);
        Assert.Equal(2, outcome.Seen.Count);
    }
}
