using Beseda.Domain;
using Beseda.Domain.Departments;
using Beseda.Domain.Operators;
using Beseda.Journal;
using Beseda.Protocol;
using Beseda.Server.Accounts;
using Beseda.Server.Doors;
using Beseda.Server.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Role = Beseda.Protocol.Role;

namespace Beseda.Server.Tests;

/// <summary>An account with a department and an administrator, made as the command line makes one. The rest is done by HTTP.</summary>
internal sealed class Company
{
    private const string Password = "correct-horse";

    private Company(Server server, AccountId id, string key, long department, Clerk admin) =>
        (Server, Id, Key, Department, Admin) = (server, id, key, department, admin);

    public Server Server { get; }

    public AccountId Id { get; }

    public string Key { get; }

    /// <summary>The one it was made with.</summary>
    public long Department { get; }

    public Clerk Admin { get; }

    public ChatJournal Journal => Server.Services.GetRequiredService<ChatJournal>();

    public static async Task<Company> OpenAsync(Server server, Routed routing = Routed.Hand)
    {
        var services = server.Services;
        var journal = services.GetRequiredService<ChatJournal>();
        var key = Names.New("company");
        var id = await ChangeSettings.AddAsync(journal, services.GetRequiredService<InstallKey>(), key, "Общество");
        await SayAsync(journal, id, new ChangeDepartment(null, new Department(
            default, "Поддержка", routing, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60), TimeSpan.FromDays(1))));
        var department = (await journal.StateAsync(id)).Departments.Keys.Single();

        var email = $"admin@{key}.example";
        await using var scope = services.CreateAsyncScope();
        var (user, _) = await EditOperators.FindOrAddUserAsync(scope.ServiceProvider.GetRequiredService<UserManager<User>>(), email, Password);
        await SayAsync(journal, id, new ChangeOperator(null, new OperatorChanged(
            default, user!.Id, Domain.Operators.Role.Administrator, 4, [department], true, new OperatorProfile("Ольга", email))));
        return new Company(server, id, key, department.Value, await Clerk.SignInAsync(server.Address, email, Password));
    }

    /// <param name="departments">Default: the first one.</param>
    public async Task<Clerk> HireAsync(string name, Role role = Role.Operator, int limit = 4, long[]? departments = null)
    {
        var email = $"{Names.New("clerk")}@{Key}.example";
        var settings = new OperatorSettings(email, name, role, limit, departments ?? [Department], Password: Password);
        (await Admin.PostAsync("/api/admin/operators", settings)).Must(200);
        return await Clerk.SignInAsync(Server.Address, email, Password);
    }

    public async Task<long> AddDepartmentAsync(string name, Protocol.Routing routing = Protocol.Routing.Hand) =>
        (await Admin.PostAsync("/api/admin/departments", new DepartmentSettings(name, routing))).Read<DepartmentSettings>().Id!.Value;

    public Task<Guest> ReceiveAsync() => Guest.ComeAsync(Server.Address, Key);

    public async Task<List<RawEvent>> JournalAsync()
    {
        var all = new List<RawEvent>();
        while (true)
        {
            var page = (await Admin.GetAsync($"/api/admin/journal?since={all.Count}&limit=1000")).Read<JournalPage>();
            if (page.Events.Count == 0)
                return all;
            all.AddRange(page.Events);
        }
    }

    private static async Task SayAsync(ChatJournal journal, AccountId account, Command command) =>
        Assert.IsType<Answer.Committed>(await journal.SubmitAsync(account, new Spoken(Actor.System.Itself, command)));
}
