using System.Collections.Immutable;
using Beseda.Domain.Accounts;
using Beseda.Domain.Channels;
using Beseda.Domain.Conversations;
using Beseda.Domain.Deliveries;
using Beseda.Domain.Departments;
using Beseda.Domain.Files;
using Beseda.Domain.Labels;
using Beseda.Domain.Operators;
using Beseda.Domain.Ratings;
using Beseda.Domain.Visitors;
using static Beseda.Domain.Tests.Company;

namespace Beseda.Domain.Tests.Commands;

/// <summary>Every stage, actor and command with each other.</summary>
public sealed class Matrix_tests
{
    [Fact]
    public void Nothing_throws_and_what_is_accepted_can_be_folded()
    {
        var tried = 0;
        foreach (var scene in Scene.All)
            foreach (var (name, actor) in scene.Actors)
                foreach (var command in CommandsOn(scene))
                {
                    if (Try(scene, name, actor, command) is Outcome.Accepted accepted)
                        Assert.Equal(accepted.State.Seq, scene.Company.State.Seq + accepted.Events.Count);
                    tried++;
                }

        Assert.Equal(4 * 11 * CommandsOn(Scene.All[0]).Count, tried);
    }

    [Fact]
    public void Nothing_throws_in_an_account_that_is_empty()
    {
        foreach (var (_, actor) in Scene.All[0].Actors)
            foreach (var command in CommandsOn(Scene.All[0]))
                Decider.Decide(AccountState.Empty, new Spoken(actor, command), Scene.All[0].Company.Now);
    }

    [Fact]
    public void Every_command_there_is_stands_in_the_matrix() => Assert.Equal(
        typeof(Command).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Command))).Select(type => type.Name).Order(),
        CommandsOn(Scene.All[0]).Select(command => command.GetType().Name).Distinct().Order());

    [Fact]
    public void Every_event_can_be_folded_even_where_nothing_is_known_of_what_it_is_about()
    {
        foreach (var recorded in Scene.All.SelectMany(scene => scene.Company.Journal))
            Assert.Equal(recorded.Seq, Evolution.Apply(AccountState.Empty, recorded).Seq);
    }

    [Fact]
    public void An_event_of_a_newer_release_changes_nothing_but_the_position()
    {
        var state = Scene.All[1].Company.State;
        var next = Evolution.Apply(state, new Recorded(state.Seq + 1, state.At.AddSeconds(1), new Unknown(99)));

        Assert.Equal(state with { Seq = state.Seq + 1, At = state.At.AddSeconds(1) }, next);
    }

    private static Outcome Try(Scene scene, string name, Actor actor, Command command)
    {
        try
        {
            return scene.Company.Ask(actor, command);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{scene.Company[scene.Conversation].Stage}, {name}: {command}", e);
        }
    }

    private static List<Command> CommandsOn(Scene scene)
    {
        var (company, here) = (scene.Company, scene.Conversation);
        var admin = company.Record(company.Admin);
        var support = company.State.Departments[company.Support];
        List<Command> commands =
        [
            new PostMessage("x", "!"), new PostMessage("x", "!") { Department = scene.Sales }, new PostMessage("x", "!") { ReplyTo = 1 },
            new CloseConversation(null), new ReadMessages(null, long.MaxValue),
            new TransferConversation(here, scene.Colleague, scene.Sales, ""), new TransferConversation(here, null, null, null),
            new TransferConversation(here, scene.Disabled, null, "!"), new TransferConversation(here, new(999), null, null),
            new TransferConversation(here, null, new(999), null), new TransferConversation(here, null, company.Support, null),
            new RateConversation(here, null, 10, -1, ""), new RateConversation(here, new(999), 5, 5, "!"),
            new LoseConnection(scene.Holder), new LoseConnection(scene.Disabled), new LoseConnection(new(999)),
            new RegainConnection(scene.Holder), new RegainConnection(scene.Disabled), new RegainConnection(new(999)),
            new IdentifyVisitor("c", "d", Persons.Profile("Vera"), Vera, Ivan), new IdentifyVisitor("c", "d", Persons.Profile("Vera"), Olga, Ivan),
            new IdentifyVisitor("c", "d", Persons.Profile("Ivan"), Ivan, Ivan), new IdentifyVisitor("c", "d", Persons.Profile("Vera"), Vera, null),
            new LinkVisitors(Ivan, Olga, LinkCause.Phone), new LinkVisitors(Ivan, Ivan, LinkCause.Link), new LinkVisitors(new(999), Petr, LinkCause.Operator),
            new MergeVisitors(new(here, Ivan), new(here, Ivan)), new MergeVisitors(new(here, Olga), new(new(999), Ivan)),
            new SeparateVisitors(new(here, Ivan), [Ivan]), new SeparateVisitors(new(new(999), Ivan), []),
            new ChangeAccount(Account.None), new ChangeAccount(Account.None with { Key = "x" }),
            new ChangeDepartment(null, support), new ChangeDepartment(company.Support, support with { Routing = Routed.Automatic }),
            new ChangeDepartment(new(999), support),
            new ChangeOperator(null, admin), new ChangeOperator(company.Admin, admin with { Enabled = false }),
            new ChangeOperator(scene.Holder, company.Record(scene.Holder) with { Enabled = false, Departments = ImmutableArray<DepartmentId>.Empty }),
            new ChangeOperator(new(999), admin), new ChangeOperator(null, admin with { User = 99, Departments = [new(999)] }),
            new ChangeLabel(null, new Label(default, LabelKind.Tag, "x", true)), new ChangeLabel(null, new Label(default, LabelKind.Category, "x", true) { Parent = new(999) }),
            new ChangeLabel(new(999), new Label(default, LabelKind.Tag, "x", true)),
            new LabelConversation(here, new(999), []), new LabelConversation(here, null, [new(999)]), new LabelConversation(new(999), null, []),
            Tick.Now,
        ];
        commands.AddRange(OfChannels(scene));
        commands.AddRange(Enum.GetValues<Status>().Select(status => new SetStatus(status)));
        foreach (ConversationId? id in new ConversationId?[] { here, new(999), new(0), new(-1) })
            commands.AddRange(
            [
                new PostMessage("x", "!") { Conversation = id }, new PostMessage("x", "!") { Conversation = id, Note = true, ReplyTo = 1 },
                new TakeConversation(id!.Value), new TransferConversation(id.Value, scene.Holder, null, null),
                new TransferConversation(id.Value, null, scene.Sales, "!"), new CloseConversation(id),
                new ReadMessages(id, long.MaxValue), new ReadMessages(id, long.MinValue), new RateConversation(id.Value, null, 5, 5, null),
            ]);
        return commands;
    }

    private static List<Command> OfChannels(Scene scene)
    {
        var channel = scene.Company.State.Channels[scene.Channel];
        List<Command> commands =
        [
            new PostMessage("x", "!") { External = "e", Number = 1 }, new PostMessage("x", "!") { External = "e", Number = -1, ReplyToExternal = "?" },
            new StartConversation("x", "telegram", null, null), new StartConversation("x", "telegram", "link", new(999)),
            new StopVisitor(true), new StopVisitor(false),
            new ConfirmDelivery([], true), new ConfirmDelivery(["?", "?"], true), new DenyDelivery("?", null), new DenyDelivery("e", "7"),
            new MirrorMessage("x", Ivan, "!", "m", null), new MirrorMessage("x", Petr, "!", "m", 7),
            new ChangeChannel(null, channel), new ChangeChannel(channel.Id, channel with { Enabled = false }), new ChangeChannel(new(999), channel),
            new ChangeChannel(channel.Id, channel with { Department = new(999) }), new RemoveChannel(channel.Id), new RemoveChannel(new(999)),
            new EditMessage(new MessageName(null, "?"), "!"), new DeleteMessage(new MessageName(null)),
        ];
        foreach (var message in new[] { scene.Question, scene.Answer, scene.Note, 999, 0, -1 })
            foreach (var conversation in new[] { scene.Conversation, new(999) })
                commands.AddRange(
                [
                    new EditMessage(new MessageName(message), "!"), new DeleteMessage(new MessageName(message, "?")),
                    new RecordSent(conversation, Ivan, message, 0, 1, "e", 5), new RecordSent(conversation, Ivan, message, 7, 1, "", null),
                    new RecordFailure(conversation, Ivan, message, DeliveryFault.Expired, null), new ResendMessage(conversation, message),
                    new ArriveFile(conversation, Ivan, message, new MessageFile("f", FileStage.Lost, "", 0), null),
                ]);
        return commands;
    }
}
