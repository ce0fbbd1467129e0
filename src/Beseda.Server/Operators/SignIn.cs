using System.Globalization;
using System.Security.Claims;
using Beseda.Domain.Operators;
using Beseda.Journal;
using Beseda.Server.Users;
using Beseda.Server.Doors;
using Beseda.Server.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace Beseda.Server.Operators;

/// <summary><c>POST /api/auth/login</c> and <c>logout</c>.</summary>
internal static class SignIn
{
    public static async Task<IResult> In(Wire.LoginRequest request, HttpContext http, SignInManager<User> signIns, ChatJournal journal)
    {
        // PostgreSQL takes no zero character, and no address has a control character.
        var user = request.Email.Length <= 256 && !request.Email.Any(char.IsControl) ? await signIns.UserManager.FindByEmailAsync(request.Email) : null;
        if (user is null)
        {
            // The same work as for a known address, so that the time does not tell whether there is one.
            signIns.UserManager.PasswordHasher.HashPassword(new User(), request.Password);
            return Wrong();
        }

        var check = await signIns.CheckPasswordSignInAsync(user, request.Password, lockoutOnFailure: true);
        if (check.IsLockedOut)
            return LockedOut(http, user);
        if (!check.Succeeded)
            return Wrong();

        var desks = await DesksAsync(journal, user.Id);
        if (request.Account is { } key)
            desks = desks.FindAll(desk => desk.Key == key);
        if (desks.Count == 0)
            return Problems.Of(403, "no-account", "This user is no operator here.");
        if (desks.Count > 1)
            return TypedResults.Ok(new Wire.LoginAnswer(null, null, [.. desks.Select(desk => new Wire.AccountChoice(desk.Key, desk.Name))]));

        var (account, person, chosen, _) = desks[0];
        var principal = await signIns.CreateUserPrincipalAsync(user);
        ((ClaimsIdentity)principal.Identity!).AddClaims(
        [
            new Claim(SignIns.AccountClaim, account.ToString()),
            new Claim(SignIns.OperatorClaim, person.Id.ToString()),
        ]);
        await http.SignInAsync(SignIns.Scheme, principal, new AuthenticationProperties { IsPersistent = true });
        return TypedResults.Ok(new Wire.LoginAnswer(new Wire.OperatorCard(person.Id.Value, person.Profile.Name), chosen));
    }

    public static async Task<IResult> Out(HttpContext http)
    {
        await http.SignOutAsync(SignIns.Scheme);
        return TypedResults.NoContent();
    }

    private static async Task<List<(AccountId Account, Operator Person, string Key, string Name)>> DesksAsync(ChatJournal journal, long user)
    {
        var desks = new List<(AccountId, Operator, string, string)>();
        foreach (var (account, id) in await journal.Readers.ReadAsync(session => ChatRows.OperatorsOf(session, user)))
        {
            var state = await journal.StateAsync(account);
            if (state.Operators.GetValueOrDefault(id) is { Enabled: true } person)
                desks.Add((account, person, state.Account.Key, state.Account.Name));
        }

        return desks;
    }

    private static IResult Wrong() => Problems.Of(401, "sign-in-failed", "The e-mail address or the password is wrong.");

    private static IResult LockedOut(HttpContext http, User user)
    {
        var wait = Math.Max(1, Math.Ceiling(((user.LockoutEnd ?? DateTimeOffset.UtcNow) - DateTimeOffset.UtcNow).TotalSeconds));
        http.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        return Problems.Of(429, "locked-out", "Too many wrong passwords: try again later.");
    }
}
