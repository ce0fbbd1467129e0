using System.Reflection;
using Beseda.Chaos.Channels;

namespace Beseda.Chaos.Tests.Channels;

/// <summary>A short play; <c>bin/chaos channels</c> makes long ones.</summary>
public sealed class Channel_play_tests(ITestOutputHelper output)
{
    private static readonly string Server = typeof(Channel_play_tests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(one => one.Key == "Server").Value!;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Servers_are_killed_while_people_talk_in_every_channel_and_nothing_is_lost_or_doubled_without_need(bool postgres)
    {
        var outcome = await ChannelPlay.PlayAsync(new ChannelArguments(Server, Messages: 40, Kills: 3, Conversations: 5, Seed: 1, postgres, Pace: 0.1));
        output.WriteLine(outcome.Told());
        Assert.Empty(outcome.Findings);
        Assert.Equal(Cast.All.Select(cast => (cast.Name, 40, 40)), outcome.Tallies.Select(one => (one.Channel, one.In, one.Out)));
        Assert.Equal(3, outcome.Evidence.Kills.Count);
    }
}
