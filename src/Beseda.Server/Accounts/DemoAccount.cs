using System.Security.Cryptography;
using Beseda.Domain.Accounts;
using Beseda.Domain.Departments;
using Beseda.Domain.Operators;
using Beseda.Journal;
using Beseda.Server.Demo.Year;
using Beseda.Server.Users;
using Beseda.Server.Doors;
using Beseda.Server.Visitors;
using Microsoft.AspNetCore.Identity;

namespace Beseda.Server.Accounts;

/// <summary>An account to try things with, made once. Everybody knows its passwords.</summary>
internal static class DemoAccount
{
    public const string Key = "demo";
    private const string Company = "Свет и Сеть";
    private const string Password = "beseda-demo";

    public static string SignInsAt(string url) => $"""
        Demo site    {url}/demo/
        Console      {url}/console     anna@demo.example, nikolay@demo.example (operators), admin@demo.example; password {Password}
        API          {url}/api/docs
        """;

    public static async Task MakeAsync(IServiceProvider services, CommandLine line)
    {
        var journal = services.GetRequiredService<ChatJournal>();
        if (line.Days > 0)
            await AddYearAsync(services, journal, line);
        if (await services.GetRequiredService<AccountKeys>().FindAsync(Key) is not { } account)
            account = await ChangeSettings.AddAsync(journal, services.GetRequiredService<InstallKey>(), Key, Company);
        var state = await journal.StateAsync(account);
        if (state.Departments.IsEmpty)
            state = await SayAsync(journal, account, new ChangeDepartment(null, Support));

        await using var scope = services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        foreach (var (email, name, role) in People)
            if (!state.Operators.Values.Any(person => person.Profile.Email == email))
                state = await AddAsync(journal, account, users, state, new OperatorProfile(name, email), role);
    }

    /// <summary>An account with a history. One that is there already cannot be given a past.</summary>
    private static async Task AddYearAsync(IServiceProvider services, ChatJournal journal, CommandLine line)
    {
        if (await services.GetRequiredService<AccountKeys>().FindAsync(Key) is not null)
        {
            Console.WriteLine("The demo account has a history already; for a new one name an empty folder or database.");
            return;
        }

        var identityKey = services.GetRequiredService<InstallKey>().Encrypt(AccountSecrets.Identity, RandomNumberGenerator.GetBytes(32));
        var settings = new Account(Key, Company, [], null, 5, identityKey);
        await using var scope = services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        var people = new List<(long, OperatorProfile)>();
        foreach (var (email, name) in People.Select(one => (one.Email, one.Name)).Concat(
            Enumerable.Range(2, Staff.Operators - 2).Select(place => ($"operator{place}@demo.example", Staff.NameOf(place)))))
            people.Add(((await EditOperators.FindOrAddUserAsync(users, email, Password)).User!.Id, new OperatorProfile(name, email)));
        var account = await journal.AddAccountAsync();
        var year = new DemoYear(journal, account, AccountState.Empty, services.GetRequiredService<TimeProvider>().GetUtcNow());
        await year.RunAsync(settings, people, line.Days, line.Conversations);
    }

    /// <summary>With which the demo site's own server vouches for its customers.</summary>
    public static async ValueTask<byte[]> IdentityKeyAsync(IServiceProvider services)
    {
        var sessions = services.GetRequiredService<Sessions>();
        var account = await services.GetRequiredService<AccountKeys>().FindAsync(Key)
            ?? throw new InvalidOperationException("There is no demo account.");
        return sessions.IdentityKey((await sessions.Journal.StateAsync(account)).Account);
    }

    private static readonly (string Email, string Name, Role Role)[] People =
    [
        ("admin@demo.example", "Ольга", Role.Administrator),
        ("anna@demo.example", "Анна", Role.Operator),
        ("nikolay@demo.example", "Николай", Role.Operator),
    ];

    private static readonly Department Support = new(
        default, "Поддержка", Routed.Hand, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60), TimeSpan.FromDays(1));

    private static async Task<AccountState> AddAsync(
        ChatJournal journal, AccountId account, UserManager<User> users, AccountState state, OperatorProfile profile, Role role)
    {
        var (user, _) = await EditOperators.FindOrAddUserAsync(users, profile.Email, Password);
        var added = new OperatorChanged(default, user!.Id, role, 4, [.. state.Departments.Keys], true, profile);
        return await SayAsync(journal, account, new ChangeOperator(null, added));
    }

    private static async Task<AccountState> SayAsync(ChatJournal journal, AccountId account, Command command) =>
        await journal.SubmitAsync(account, new Spoken(Actor.System.Itself, command)) is Answer.Committed
            ? await journal.StateAsync(account)
            : throw new InvalidOperationException("The demo account could not be made.");
}
