using Beseda.Domain.Channels;
using Beseda.Domain.Conversations;
using Beseda.Domain.Deliveries;
using Beseda.Domain.Files;
using Beseda.Domain.Metrics;
using Beseda.Domain.Routing;
using FsCheck.Fluent;

namespace Beseda.Domain.Tests.Laws;

/// <summary>Laws are worth what the stories are worth that they are held against.</summary>
public sealed class Telling_tests
{
    private static readonly List<Story> Stories = [.. Script.Any.Generator.Sample(numberOfSamples: 400).Select(script => script.Play())];

    private static IEnumerable<Turn> Turns => Stories.SelectMany(story => story.Turns);

    private static IEnumerable<Event> Events => Stories.SelectMany(story => story.Journal).Select(recorded => recorded.Event);

    [Fact]
    public void Every_kind_of_event_happens_in_the_stories() => Assert.Equal(
        typeof(Event).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Event)) && !type.IsAbstract && type != typeof(Unknown)).Select(type => type.Name).Order(),
        Events.Select(one => one.GetType().Name).Distinct().Order());

    [Fact]
    public void Every_command_is_accepted_in_some_story() => Assert.Equal(
        typeof(Command).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Command))).Select(type => type.Name).Order(),
        Turns.Where(turn => turn.Events.Count > 0).Select(turn => turn.Spoken.Command.GetType().Name).Distinct().Order());

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

    [Fact]
    public void Everything_that_is_counted_happens_in_the_stories()
    {
        var tallies = Stories.SelectMany(story => story.State.Conversations.Values).Select(one => one.Tally!).ToList();
        Assert.Equal(
            Enum.GetValues<ConversationOutcome>().Except([ConversationOutcome.Contained]), tallies.Select(one => one.Outcome).OfType<ConversationOutcome>().Distinct().Order());
        Assert.Contains(tallies, one => one.FirstResponse is { Time: var time } && time.Worked < time.Passed && time.Worked > 0);
        Assert.Contains(tallies, one => one.Waits.Length > 1);
        Assert.Contains(tallies, one => one.Responses.Length > 1);
        Assert.Contains(tallies, one => one.Stints.Count(stint => stint.Reaction is not null) > 1);
    }

    [Fact]
    public void Everything_that_channels_know_happens_in_the_stories()
    {
        Assert.Equal(Enum.GetValues<DeliveryFault>(), Events.OfType<MessageFailed>().Select(one => one.Reason).Distinct().Order());
        Assert.Equal(Enum.GetValues<Delivery>(), Stories.SelectMany(story => story.State.MessageStates.Values).Select(one => one.Delivery).Distinct().Order());
        Assert.Equal([FileStage.Ready, FileStage.Lost], Events.OfType<FileArrived>().Select(one => one.File.Stage).Distinct().Order());
        Assert.Contains(Turns, turn => turn.Outcome is Outcome.Refused { Why: Refusal.OutOfOrder });
        Assert.Contains(Turns, turn => turn is { Spoken.Command: PostMessage { Late: true, Number: not null }, Events.Count: > 0 });
        Assert.Contains(Turns, turn => turn is { Spoken.Command: RecordSent, Outcome: Outcome.Accepted { Events.Count: 0 } });
        Assert.Contains(Turns, turn => turn is { Spoken.Command: MirrorMessage, Outcome: Outcome.Accepted { Events.Count: 0 } });
        Assert.Contains(Turns, turn => turn is { Spoken.Command: EditMessage or DeleteMessage, Outcome: Outcome.Refused { Why: Refusal.NotAllowed } });
    }

    [Fact]
    public void Every_line_of_the_dialogue_is_said_in_the_stories()
    {
        var said = Events.OfType<MessagePosted>().Where(one => one.Author.Kind == AuthorKind.System).Select(one => one.Words!).ToList();
        foreach (var line in new Func<DialogueTexts, string?>[] { t => t.Greeting, t => t.Wait, t => t.Away, t => t.Joined, t => t.Closed, t => t.Rate, t => t.Recommend, t => t.Thanks })
        {
            // What stands before the operator's name, or after it, tells the texts apart.
            var beginnings = Dialogue.Standard.Values.Select(line).Select(text => text!.Split("{operator}")).Select(parts => parts[0].Length > 0 ? parts[0] : parts[1]).ToList();
            Assert.Contains(said, words => beginnings.Exists(beginning => words.Text.Contains(beginning.Replace("{company}", "", StringComparison.Ordinal), StringComparison.Ordinal)));
        }

        Assert.Equal([0, 1, 5, 11], said.Select(words => words.Buttons?.Length ?? 0).Distinct().Order());
    }
}
