using System.Collections.Immutable;
using Beseda.Domain.Accounts;
using Beseda.Domain.Conversations;
using Beseda.Domain.Departments;
using Beseda.Domain.Hours;
using Beseda.Domain.Labels;
using Beseda.Domain.Operators;
using Beseda.Domain.Ratings;
using Beseda.Domain.Visitors;

namespace Beseda.Domain.Tests.Laws;

/// <summary>Who is in a story, and what a step means in the state it meets.</summary>
internal static class Cast
{
    private const int Browsers = 7;
    private const int Customers = 2;

    private static readonly Department Support = new(
        default, "Support", Routed.Automatic, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromHours(1));

    /// <summary>Half of every hour, so that many a time is worked in part.</summary>
    private static readonly WorkingHours Often = new("UTC", [.. from day in Enum.GetValues<DayOfWeek>() from hour in Enumerable.Range(0, 24) select new Shift(day, new Opening(new(hour, 0), new(hour, 30)))], []);

    /// <summary>Three departments, an administrator and five operators of all kinds, most of them online, and two channels with two chats each.</summary>
    public static IEnumerable<Func<AccountState, Spoken>> Opening()
    {
        foreach (var (name, routing) in new[] { ("Support", Routed.Automatic), ("Sales", Routed.Automatic), ("By hand", Routed.Hand) })
            yield return _ => BySystem(new ChangeDepartment(null, Support with { Name = name, Routing = routing, Hours = name == "Support" ? null : Often }));
        yield return _ => Hired(1, Role.Administrator, 4, []);
        yield return state => Hired(2, Role.Operator, 1, Some(state, 0));
        yield return state => Hired(3, Role.Operator, 2, Some(state, 0, 1));
        yield return state => Hired(4, Role.Operator, 4, Some(state, 0, 1, 2));
        yield return state => Hired(5, Role.Supervisor, 3, Some(state, 2));
        yield return state => Hired(6, Role.Operator, 1, Some(state, 1));
        for (var one = 1; one < 5; one++)
        {
            var person = one;
            yield return state => new Spoken(new Actor.Operator(At(state.Operators, person)), new SetStatus(Status.Online));
        }

        foreach (var kind in new[] { Chats.Telegram, Chats.Vk })
            yield return _ => BySystem(Chats.Connects(kind));
        for (var one = 0; one < 4; one++)
        {
            var chat = new Step(Deed.ChatBegins, one, 0, one, 0);
            yield return state => Chats.Says(state, chat, 0);
        }
    }

    public static Spoken Says(AccountState state, Step step, int turn) => step.Deed switch
    {
        <= Deed.VisitorRates => new Spoken(new Actor.Visitor(Visitor(state, step)), OfVisitor(state, step, turn)),
        Deed.VisitorSignsIn => BySystem(SignsIn(step)),
        Deed.VisitorIsRecognised => BySystem(new LinkVisitors(Anybody(step.Who), Anybody(step.What), step.How < 5 ? LinkCause.Phone : LinkCause.Link)),
        <= Deed.OperatorSetsStatus => new Spoken(new Actor.Operator(Speaker(state, step)), OfOperator(state, step, turn)),
        Deed.ConnectionIsLost => BySystem(new LoseConnection(At(state.Operators, step.Who))),
        Deed.ConnectionIsBack => BySystem(new RegainConnection(At(state.Operators, step.Who))),
        Deed.TimePasses or Deed.TimePassesUntilDue => BySystem(Tick.Now),
        >= Deed.ChatBegins and <= Deed.ChatConfirms => Chats.Says(state, step, turn),
        >= Deed.PartIsSent => BySystem(Carriage.Says(state, step, turn)),
        _ => new Spoken(step.How == 9 ? new Actor.Operator(At(state.Operators, step.What)) : Actor.System.Itself, OfAdministrator(state, step)),
    };

    private static Command OfVisitor(AccountState state, Step step, int turn) => step.Deed switch
    {
        Deed.VisitorWrites => new PostMessage($"v{turn}", "?") { Department = step.How < 4 ? null : At(state.Departments, step.How) },
        Deed.VisitorReads => new ReadMessages(step.How < 5 ? null : Conversation(state, step), state.Seq - step.How),
        Deed.VisitorCloses => new CloseConversation(step.How < 7 ? null : Conversation(state, step)),
        _ => new RateConversation(Asked(state, step), null, step.How < 8 ? 5 : 10, step.How, step.How == 3 ? "!" : null),
    };

    private static IdentifyVisitor SignsIn(Step step)
    {
        var customer = step.What % Customers;
        return new IdentifyVisitor(
            $"customer {customer}", $"digest {step.How / 8}", Persons.Profile($"Customer {customer}"),
            new VisitorId(200 + customer), step.How == 0 ? null : new VisitorId(100 + step.Who % Browsers));
    }

    private static Command OfOperator(AccountState state, Step step, int turn) => step.Deed switch
    {
        Deed.OperatorTakes => new TakeConversation(Conversation(state, step)),
        Deed.OperatorAnswers => new PostMessage($"o{turn}", "!") { Conversation = Conversation(state, step) },
        Deed.OperatorNotes => new PostMessage($"o{turn}", "!") { Conversation = Conversation(state, step), Note = true },
        Deed.OperatorReads => new ReadMessages(Conversation(state, step), state.Seq - step.How),
        Deed.OperatorHandsToOperator => new TransferConversation(Conversation(state, step), At(state.Operators, step.How), null, null),
        Deed.OperatorHandsToDepartment => new TransferConversation(Conversation(state, step), null, At(state.Departments, step.How), "!"),
        Deed.OperatorCloses => new CloseConversation(Conversation(state, step)),
        Deed.OperatorEdits => new EditMessage(new MessageName(Said(state, step)?.Seq ?? step.What), "!!"),
        Deed.OperatorDeletes => new DeleteMessage(new MessageName(Said(state, step)?.Seq ?? step.What)),
        Deed.OperatorMerges => new MergeVisitors(Writes(state, step), Writes(state, step with { What = step.What / 2, How = step.How + 3 })),
        Deed.OperatorSeparates => Separates(state, step),
        Deed.OperatorResends => Carriage.Resends(state, step),
        Deed.OperatorLabels => Labels(state, step),
        _ => new SetStatus(step.How < 6 ? Status.Online : step.How < 8 ? Status.Away : Status.Offline),
    };

    private static Command OfAdministrator(AccountState state, Step step)
    {
        var department = state.Departments[At(state.Departments, step.What)];
        var person = state.Operators[At(state.Operators, step.Who)];
        var saved = new OperatorChanged(
            person.Id, person.User, person.Role, person.Limit, person.Departments, person.Enabled, person.Profile);
        return step.Deed switch
        {
            Deed.AdministratorRoutes => new ChangeDepartment(department.Id, department with { Routing = (Routed)(step.How % 2) }),
            Deed.AdministratorChangesTimes => new ChangeDepartment(department.Id, department with
            {
                AcceptWithin = TimeSpan.FromSeconds(5 + 10 * (step.How % 4)),
                Grace = TimeSpan.FromSeconds(30 * (step.How % 3)),
                CloseAfter = TimeSpan.FromMinutes(1 + 30 * (step.How % 5)),
            }),
            Deed.AdministratorChangesHours => new ChangeDepartment(department.Id, department with { Hours = Works(step) }),
            Deed.AdministratorChangesLabels => ChangesLabel(state, step),
            Deed.AdministratorChangesLimit => new ChangeOperator(person.Id, saved with { Limit = step.How % 5 }),
            Deed.AdministratorChangesDepartments => new ChangeOperator(person.Id, saved with { Departments = Some(state, step.How, step.What) }),
            Deed.AdministratorChangesRole => new ChangeOperator(person.Id, saved with { Role = (Role)(step.How % 3) }),
            Deed.AdministratorEnables => new ChangeOperator(person.Id, saved with { Enabled = step.How >= 4 }),
            Deed.AdministratorHires => new ChangeOperator(null, saved with { User = 10 + step.What, Limit = 1 + step.How % 4 }),
            Deed.AdministratorOpensDepartment => new ChangeDepartment(null, department),
            Deed.AdministratorChangesChannel or Deed.AdministratorRemovesChannel => Chats.Changed(state, step, department.Id),
            _ => new ChangeAccount(state.Account with { RatingScale = step.How < 5 ? 5 : 10 }),
        };
    }

    /// <summary>A new one, mostly; or one that is there is put away, or under another.</summary>
    private static ChangeLabel ChangesLabel(AccountState state, Step step)
    {
        if (state.Labels.IsEmpty || step.How < 6)
            return new ChangeLabel(null, new Label(default, (LabelKind)(step.How % 2), $"Label {step.What}", true));
        var label = state.Labels[At(state.Labels, step.What)];
        return new ChangeLabel(label.Id, label with { Enabled = step.How != 6, Parent = step.How == 9 ? At(state.Labels, step.Who) : null });
    }

    private static LabelConversation Labels(AccountState state, Step step)
    {
        var some = state.Labels.Values.Where((_, i) => (i + step.How) % 2 == 0).ToLookup(label => label.Kind, label => label.Id);
        return new LabelConversation(
            Conversation(state, step), some[LabelKind.Category].Cast<LabelId?>().FirstOrDefault(), [.. some[LabelKind.Tag].Reverse()]);
    }

    /// <summary>Always, never, or some hours of every day, also over midnight.</summary>
    private static WorkingHours? Works(Step step) => step.How switch
    {
        0 => null,
        1 => new WorkingHours("UTC", [], []),
        _ => new WorkingHours(
            step.How < 6 ? "Europe/Moscow" : "Europe/Berlin",
            [.. Enum.GetValues<DayOfWeek>().Select(day => new Shift(day, new Opening(new TimeOnly(step.What, 15 * (step.Who % 4)), new TimeOnly(2 * step.How, 0))))], []),
    };

    private static VisitorId Visitor(AccountState state, Step step)
    {
        if (step.Deed == Deed.VisitorRates && state.Conversations.GetValueOrDefault(Asked(state, step)) is { } about && step.Who < 15)
            return about.Visitor;
        return new VisitorId(step.Who < 16 ? 100 + step.Who % Browsers : 200 + step.Who % Customers);
    }

    /// <summary>A browser, a customer or a chat.</summary>
    private static VisitorId Anybody(int which) => new(which < Browsers ? 100 + which : which < Browsers + Customers ? 193 + which : 300 + which % 4);

    private static Writer Writes(AccountState state, Step step)
    {
        var conversation = Conversation(state, step);
        return new Writer(conversation, state.Conversations.GetValueOrDefault(conversation)?.Visitor ?? new VisitorId(100));
    }

    /// <summary>Of a person, if there is one; now and then all of it.</summary>
    private static SeparateVisitors Separates(AccountState state, Step step)
    {
        var among = state.Conversations.Values.Where(one => state.VisitorOrNew(one.Visitor).Person is not null).OrderBy(one => one.Id).ToList();
        if (among.Count == 0)
            return new SeparateVisitors(Writes(state, step), [new VisitorId(100)]);
        var from = among[step.What % among.Count];
        var all = state.Visitors.Values.Where(one => one.Person == state.Visitors[from.Visitor].Person).Select(one => one.Id).OrderBy(one => one.Value).ToList();
        return new SeparateVisitors(new Writer(from.Id, from.Visitor), [.. all.Take(1 + step.How % all.Count)]);
    }

    /// <summary>Half of the time the one whose conversation it is.</summary>
    private static OperatorId Speaker(AccountState state, Step step) =>
        step is { Deed: Deed.OperatorEdits or Deed.OperatorDeletes, Who: < 15 } && Said(state, step) is { Author.Operator: { } author } ? author :
        step.Who < 10 && state.Conversations.GetValueOrDefault(Conversation(state, step))?.Operator is { } own ? own : At(state.Operators, step.Who);

    /// <summary>Mostly an open one, sometimes one that is over, rarely one that never was.</summary>
    private static ConversationId Conversation(AccountState state, Step step)
    {
        var among = state.Conversations.Values.Where(one => one.IsOpen == (step.What < 17)).Select(one => one.Id).Order().ToList();
        return among.Count == 0 ? new ConversationId(step.What) : among[(step.What + step.How) % among.Count];
    }

    /// <summary>One of the last messages; rarely a visitor's or Beseda's own.</summary>
    private static MessageStub? Said(AccountState state, Step step) => state.Messages.Values
        .Where(one => one.Author.Operator is not null || step.How == 9).OrderByDescending(one => one.Seq).ElementAtOrDefault(step.What / 2);

    /// <summary>Mostly one of the last about whose operator the visitor was asked.</summary>
    private static ConversationId Asked(AccountState state, Step step)
    {
        var asked = state.Conversations.Values.Where(one => !one.Ratings.IsEmpty).Select(one => one.Id).OrderDescending().ToList();
        return asked.Count == 0 || step.What == 0 ? Conversation(state, step) : asked[step.What / 5 % asked.Count];
    }

    private static ImmutableArray<DepartmentId> Some(AccountState state, params int[] which) =>
        [.. which.Select(one => At(state.Departments, one)).Distinct()];

    public static TKey At<TKey, TValue>(IReadOnlyDictionary<TKey, TValue> all, int which) => all.Keys.ElementAt(which % all.Count);

    private static Spoken Hired(long user, Role role, int limit, IEnumerable<DepartmentId> departments) => BySystem(new ChangeOperator(
        null, new OperatorChanged(default, user, role, limit, [.. departments], true, new OperatorProfile($"Operator {user}", $"{user}@x.example"))));

    private static Spoken BySystem(Command command) => new(Actor.System.Itself, command);
}
