using Beseda.Domain.Conversations;
using Beseda.Domain.Routing;
using FsCheck.Fluent;

namespace Beseda.Domain.Tests.Laws;

/// <summary>Laws are worth what the stories are worth that they are held against.</summary>
public sealed class Telling_tests
{
    private static readonly List<Story> Stories = [.. Script.Any.Generator.Sample(100, 150).Select(script => script.Play())];

    private static IEnumerable<Event> Events => Stories.SelectMany(story => story.Journal).Select(recorded => recorded.Event);

    [Fact]
    public void Every_kind_of_event_happens_in_the_stories() => Assert.Equal(
        typeof(Event).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Event)) && !type.IsAbstract && type != typeof(Unknown)).Select(type => type.Name).Order(),
        Events.Select(one => one.GetType().Name).Distinct().Order());

    [Fact]
    public void Every_command_is_accepted_in_some_story() => Assert.Equal(
        typeof(Command).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Command))).Select(type => type.Name).Order(),
        Stories.SelectMany(story => story.Turns).Where(turn => turn.Events.Count > 0).Select(turn => turn.Spoken.Command.GetType().Name).Distinct().Order());

    [Fact]
    public void Everything_that_routing_knows_happens_in_the_stories()
    {
        Assert.Equal(Enum.GetValues<QueueReason>(), Events.OfType<ConversationQueued>().Select(one => one.Reason).Distinct().Order());
        Assert.Equal(Enum.GetValues<Rule>(), Events.OfType<ConversationAssigned>().Select(one => one.Why.Rule).Distinct().Order());
        Assert.Equal(
            Enum.GetValues<Hindrance>().Except([Hindrance.NotChosen]),
            Events.OfType<ConversationAssigned>().SelectMany(one => one.Why.PassedOver).Select(one => one.Reason).Distinct().Order());
        Assert.Contains(Events, one => one is ConversationAssigned { Why.Considered.Length: > 2 });
    }
}
