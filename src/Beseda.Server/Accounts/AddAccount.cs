using System.Security.Cryptography;
using Beseda.Domain.Departments;
using Beseda.Domain.Operators;
using Beseda.Journal;
using Beseda.Server.Users;
using Beseda.Server.Doors;
using Microsoft.AspNetCore.Identity;

namespace Beseda.Server.Accounts;

/// <summary><c>beseda account add KEY</c>: a company's account with a department and its first administrator.</summary>
internal static class AddAccount
{
    public static async Task<int> RunAsync(CommandLine line)
    {
        if (line.Words is not ["add", var key] || !ChangeSettings.IsKey(key))
            throw new FormatException("account add KEY: 2 to 50 lower-case letters, digits and dashes.");
        if (!line.Options.TryGetValue("--admin", out var email) || !email.Contains('@', StringComparison.Ordinal))
            throw new FormatException("--admin EMAIL is needed: somebody has to be the first administrator.");

        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddStorage(line);
        builder.Services.AddSingleton<AccountKeys>();
        builder.Services.AddAuthentication();
        using var host = builder.Build();
        await Installation.PrepareAsync(host.Services, line);
        var journal = host.Services.GetRequiredService<ChatJournal>();
        if (await host.Services.GetRequiredService<AccountKeys>().FindAsync(key) is not null)
            throw new InvalidOperationException($"There is an account {key} already.");

        var account = await ChangeSettings.AddAsync(
            journal, host.Services.GetRequiredService<InstallKey>(), key, line.Options.GetValueOrDefault("--name", key));
        await AddAdministratorAsync(host.Services, journal, account, email);
        return 0;
    }

    private static async Task AddAdministratorAsync(IServiceProvider services, ChatJournal journal, AccountId account, string email)
    {
        await using var scope = services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        var known = await users.FindByEmailAsync(email) is not null;
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(10));
        var (user, _) = await EditOperators.FindOrAddUserAsync(users, email, password);
        if (user is null)
            throw new InvalidOperationException($"{email} is no address to sign in with.");

        var department = new Department(
            default, "Support", Routed.Hand, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60), TimeSpan.FromDays(1));
        await SayAsync(journal, account, new ChangeDepartment(null, department));
        var departments = (await journal.StateAsync(account)).Departments.Keys;
        var profile = new OperatorProfile(email[..email.IndexOf('@', StringComparison.Ordinal)], email);
        await SayAsync(journal, account, new ChangeOperator(
            null, new OperatorChanged(default, user.Id, Role.Administrator, 4, [.. departments], true, profile)));
        Console.WriteLine(known ? $"{email} signs in as before." : $"{email} signs in with the password {password}");
    }

    private static async Task SayAsync(ChatJournal journal, AccountId account, Command command)
    {
        if (await journal.SubmitAsync(account, new Spoken(Actor.System.Itself, command)) is not Answer.Committed)
            throw new InvalidOperationException("The account could not be completed.");
    }
}
