using System.Globalization;
using System.Security.Claims;
using Beseda.Journal;
using Beseda.Journal.Postgres;
using Beseda.Server.Doors;
using Beseda.Server.Operators;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Beseda.Server.Users;

/// <summary>How operators sign in: ASP.NET Core Identity, a cookie, lock-out after wrong passwords.</summary>
internal static class SignIns
{
    public const string Scheme = "Identity.Application";
    public const string AccountClaim = "beseda:account";
    public const string OperatorClaim = "beseda:operator";

    private const int MostConnections = 8;

    public static void AddDirectory(this IServiceCollection services, CommandLine line)
    {
        if (line.Postgres is null)
        {
            services.AddDbContext<DirectoryDb>(options => options.UseSqlite(DirectoryDb.ConnectionString(line.Data)));
        }
        else
        {
            services.AddSingleton(provider => ((PostgresServer)provider.GetRequiredService<Database>()).OpenPool(MostConnections));
            services.AddDbContext<DirectoryDb, PostgresDirectoryDb>((provider, options) =>
                options.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>()));
        }

        services.AddDataProtection().SetApplicationName("Beseda").PersistKeysToDbContext<DirectoryDb>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(keys => keys.XmlEncryptor = new InstallKeyXml(provider.GetRequiredService<InstallKey>())));
        services.AddIdentityCore<User>(Configure).AddSignInManager().AddEntityFrameworkStores<DirectoryDb>();
        services.Configure<SecurityStampValidatorOptions>(stamp => stamp.OnRefreshingPrincipal = KeepClaims);
    }

    public static AuthenticationBuilder AddOperatorCookie(this AuthenticationBuilder authentication) =>
        authentication.AddCookie(Scheme, cookie =>
        {
            cookie.Cookie.Name = "beseda";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.ExpireTimeSpan = TimeSpan.FromDays(14);
            cookie.SlidingExpiration = true;
            cookie.Events.OnRedirectToLogin = context => Problems.Of(401, "signed-out", "Sign in first.").ExecuteAsync(context.HttpContext);
            cookie.Events.OnRedirectToAccessDenied = context => Problems.Of(Refusal.NotAllowed).ExecuteAsync(context.HttpContext);
            cookie.Events.OnValidatePrincipal = ValidateAsync;
        });

    /// <summary>The cookie says who; what they may do is looked up each time, so that a change holds at once.</summary>
    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        await SecurityStampValidator.ValidatePrincipalAsync(context);
        if (context.Principal is not { } principal)
            return;
        var account = new AccountId(Number(principal, AccountClaim));
        var id = new OperatorId(Number(principal, OperatorClaim));
        var state = await context.HttpContext.RequestServices.GetRequiredService<ChatJournal>().StateAsync(account);
        if (state.Operators.GetValueOrDefault(id) is { Enabled: true } person)
            context.HttpContext.Features.Set(new OperatorPrincipal(account, person));
        else
            context.RejectPrincipal();
    }

    private static long Number(ClaimsPrincipal principal, string claim) =>
        long.Parse(principal.FindFirstValue(claim) ?? "0", CultureInfo.InvariantCulture);

    private static Task KeepClaims(SecurityStampRefreshingPrincipalContext context)
    {
        var kept = context.CurrentPrincipal!.Claims.Where(claim => claim.Type is AccountClaim or OperatorClaim);
        ((ClaimsIdentity)context.NewPrincipal!.Identity!).AddClaims(kept);
        return Task.CompletedTask;
    }

    private static void Configure(IdentityOptions options)
    {
        options.User.RequireUniqueEmail = true;
        options.User.AllowedUserNameCharacters = "";
        options.Password.RequiredLength = 10;
        options.Password.RequireDigit = options.Password.RequireUppercase = false;
        options.Password.RequireLowercase = options.Password.RequireNonAlphanumeric = false;
        options.Lockout.MaxFailedAccessAttempts = 8;
        options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
    }
}
