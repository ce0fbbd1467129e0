using Beseda.Domain;
using Beseda.Domain.Accounts;
using Beseda.Domain.Conversations;
using Beseda.Domain.Departments;
using Beseda.Domain.Hours;
using Beseda.Domain.Labels;
using Beseda.Domain.Operators;
using Beseda.Domain.Ratings;
using Beseda.Journal;
using Beseda.Server.Accounts;
using Beseda.Server.Visitors;
using Beseda.Server.Demo.Year;
using Beseda.Server.Doors;
using Beseda.Server.Reports.Facts;
using Beseda.Server.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Beseda.Server.Tests.Reports;

/// <summary>An account with a past, and somebody who reads its reports.</summary>
internal sealed record History(Server Server, AccountId Account, Clerk Admin)
{
    private const string Password = "correct-horse";

    public ChatJournal Journal => Server.Services.GetRequiredService<ChatJournal>();

    /// <summary>Some days of the demo's provider.</summary>
    public static Task<History> OfProviderAsync(Server server, int days, int conversations, DateTimeOffset until) =>
        MakeAsync(server, async (journal, account, settings, admin) =>
        {
            var people = Enumerable.Range(0, 24).Select(i => (admin + i * 1_000_000, new OperatorProfile($"Operator {i}", $"{i}@x.example")));
            await new DemoYear(journal, account, AccountState.Empty, until).RunAsync(settings, [.. people], days, conversations);
        });

    /// <summary>People who do anything at any time: hand over, write too late, come back, close what nobody has read.</summary>
    /// <param name="zone">Where clocks are put forward or back meanwhile.</param>
    public static Task<History> AtRandomAsync(Server server, int seed, string zone, DateTimeOffset from) =>
        MakeAsync(server, async (journal, account, settings, admin) =>
        {
            var chaos = new Chaos(new Random(seed), zone, from);
            chaos.Play(settings with { Zone = zone }, admin);
            await journal.ImportAsync(account, AccountState.Empty, chaos.State, chaos.Entries);
        });

    public Task CountAsync() => FactKeeper.CatchUpAsync(Journal, Account);

    /// <summary>The conversations as their events make them, and nothing else.</summary>
    public async Task<List<Conversation>> FoldedAsync()
    {
        var state = AccountState.Empty;
        while (await Journal.ReadAsync(Account, state.Seq, 10_000) is { Count: > 0 } some)
            state = some.Aggregate(state, (now, entry) => Evolution.Apply(now, new Recorded(entry.Seq, entry.At, entry.Event)));
        return [.. state.Conversations.Values.OrderBy(one => one.Id)];
    }

    private static async Task<History> MakeAsync(Server server, Func<ChatJournal, AccountId, Account, long, Task> fill)
    {
        var services = server.Services;
        var journal = services.GetRequiredService<ChatJournal>();
        var key = Names.New("history");
        var email = $"admin@{key}.example";
        await using var scope = services.CreateAsyncScope();
        var (user, _) = await EditOperators.FindOrAddUserAsync(scope.ServiceProvider.GetRequiredService<UserManager<User>>(), email, Password);
        var identityKey = services.GetRequiredService<InstallKey>().Encrypt(AccountSecrets.Identity, new byte[32]);
        var account = await journal.AddAccountAsync();
        await fill(journal, account, new Account(key, "Общество", [], null, 5, identityKey), user!.Id);
        return new History(server, account, await Clerk.SignInAsync(server.Address, email, Password));
    }

    private sealed class Chaos(Random chance, string zone, DateTimeOffset from)
    {
        private const int Deeds = 1_500;

        private readonly Play play = new(AccountState.Empty, DateTimeOffset.MaxValue);
        private DateTimeOffset now = from;

        public AccountState State => play.State;

        public IReadOnlyList<Entry<Event>> Entries => play.Entries;

        public void Play(Account settings, long admin)
        {
            BySystem(new ChangeAccount(settings));
            foreach (var open in (int[])[24, 9, 1])
                BySystem(new ChangeDepartment(null, new Department(
                    default, $"D{open}", open == 9 ? Routed.Automatic : Routed.Hand, TimeSpan.FromSeconds(40), TimeSpan.FromMinutes(3), TimeSpan.FromHours(5))
                {
                    Hours = open == 24 ? null : new WorkingHours(
                        zone, [.. from day in Enum.GetValues<DayOfWeek>() from hour in Enumerable.Range(0, open) select new Shift(day, new Opening(new(2 * hour, 10), new(2 * hour + 1, 25)))], []),
                }));
            foreach (var kind in (LabelKind[])[LabelKind.Category, LabelKind.Category, LabelKind.Tag, LabelKind.Tag])
                BySystem(new ChangeLabel(null, new Label(default, kind, "L", true)));
            var departments = State.Departments.Keys.ToList();
            for (var i = 0; i < 6; i++)
                BySystem(new ChangeOperator(null, new OperatorChanged(
                    default, i == 0 ? admin : admin + i * 1_000_000, i == 0 ? Role.Administrator : Role.Operator, 3, [.. departments.Where((_, place) => i == 0 || (place + i) % 3 != 0)], true,
                    new OperatorProfile($"O{i}", $"{i}@x.example"))));
            for (var i = 0; i < Deeds; i++)
                Act(i);
        }

        private void Act(int turn)
        {
            now += chance.Next(10) switch
            {
                < 5 => TimeSpan.FromMilliseconds(chance.Next(20_000)),
                < 9 => TimeSpan.FromSeconds(chance.Next(400)),
                _ => TimeSpan.FromMinutes(chance.Next(120)),
            };
            for (var due = State.Due; due <= now; due = State.Due)
                play.Say(due.Value, Actor.System.Itself, Tick.Now);
            var visitor = new VisitorId(1 + chance.Next(14));
            var person = Any([.. State.Operators.Keys]);
            var open = State.Conversations.Values.Where(one => one.IsOpen).Select(one => one.Id).Order().ToList();
            var one = open.Count > 0 && chance.Next(12) > 0 ? Any(open) : Any([.. State.Conversations.Keys.Order(), new ConversationId(0)]);
            var holder = State.Conversations.GetValueOrDefault(one)?.Operator ?? person;
            var (by, command) = chance.Next(30) switch
            {
                < 7 => (Visitor(visitor), Writes(turn)),
                < 11 => (new Actor.Operator(person), new TakeConversation(one)),
                < 19 => (new Actor.Operator(holder), new PostMessage($"o{turn}", "!") { Conversation = one, Note = chance.Next(8) == 0 }),
                < 21 => (new Actor.Operator(holder), new TransferConversation(one, null, Any([.. State.Departments.Keys]), null)),
                < 22 => (new Actor.Operator(holder), new TransferConversation(one, person, null, null)),
                < 23 => (new Actor.Operator(holder), new CloseConversation(one)),
                < 24 => (Visitor(visitor), new CloseConversation(null)),
                < 26 => (new Actor.Operator(person), new SetStatus(chance.Next(4) == 0 ? Status.Offline : Status.Online)),
                < 28 => Rates(),
                < 29 => (new Actor.Operator(State.Operators.Keys.First()), Sorts(one)),
                _ => (Actor.System.Itself, (Command)new ChangeAccount(State.Account with { RatingScale = chance.Next(3) == 0 ? 10 : 5 })),
            };
            play.Say(now, by, command);
        }

        private PostMessage Writes(int turn) => new($"v{turn}", "?")
        {
            Channel = Any(["site", "app", "vk", "telegram"]),
            Location = chance.Next(3) == 0 ? null : Any(["main", "cabinet"]),
            Language = Any(["ru", "en", null]),
            Department = chance.Next(2) == 0 ? Any([.. State.Departments.Keys]) : null,
        };

        private (Actor, Command) Rates()
        {
            var asked = State.Conversations.Values.Where(one => !one.Ratings.IsEmpty).OrderByDescending(one => one.Id).Take(12).ToList();
            if (asked.Count == 0)
                return (Actor.System.Itself, Tick.Now);
            var one = Any(asked);
            var rating = Any([.. one.Ratings]);
            return (Visitor(one.Visitor), new RateConversation(one.Id, rating.Operator, rating.Scale, chance.Next(rating.Scale == 5 ? 1 : 0, rating.Scale + 1), null));
        }

        private LabelConversation Sorts(ConversationId one)
        {
            var labels = State.Labels.Values.ToLookup(label => label.Kind, label => label.Id);
            return new LabelConversation(
                one, chance.Next(3) == 0 ? null : Any([.. labels[LabelKind.Category]]), [.. labels[LabelKind.Tag].Where(_ => chance.Next(2) == 0)]);
        }

        private static Actor Visitor(VisitorId id) => new Actor.Visitor(id);

        private void BySystem(Command command) => play.Say(now, Actor.System.Itself, command);

        private T Any<T>(IReadOnlyList<T> some) => some[chance.Next(some.Count)];
    }
}
