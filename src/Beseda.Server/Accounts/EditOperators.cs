using Beseda.Domain.Conversations;
using Beseda.Domain.Operators;
using Beseda.Server.Conversations;
using Beseda.Server.Users;
using Beseda.Server.Doors;
using Beseda.Server.Operators;
using Beseda.Server.Storage;
using Microsoft.AspNetCore.Identity;

namespace Beseda.Server.Accounts;

/// <summary><c>GET/POST/PUT /api/admin/operators</c>: who answers, and with what sign-in.</summary>
internal static class EditOperators
{
    public static async Task<IResult> Get(OperatorPrincipal caller, ChatJournal journal) =>
        TypedResults.Ok<IReadOnlyList<Wire.OperatorSettings>>(
            [.. (await journal.StateAsync(caller.Account)).Operators.Values.Select(Told)]);

    public static async Task<IResult> Post(
        Wire.OperatorSettings request, OperatorPrincipal caller, HttpContext http, ChatJournal journal, UserManager<User> users)
    {
        if (Check(request) is { } wrong)
            return wrong;
        var (user, problem) = await FindOrAddUserAsync(users, request.Email, request.Password);
        return user is null ? problem! : await SaveAsync(null, user.Id, request, caller, http, journal);
    }

    public static async Task<IResult> Put(
        long id, Wire.OperatorSettings request, OperatorPrincipal caller, HttpContext http, ChatJournal journal, UserManager<User> users)
    {
        if (Check(request) is { } wrong)
            return wrong;
        var state = await journal.StateAsync(caller.Account);
        if (!state.Operators.TryGetValue(new OperatorId(id), out var person))
            return Problems.Of(Refusal.OperatorNotFound);
        if (!string.Equals(person.Profile.Email, request.Email, StringComparison.OrdinalIgnoreCase))
            return Problems.Invalid("email", "The sign-in address of an operator stays; add a new operator instead.");
        if (request.Password is { } password && await SetPasswordAsync(journal, users, person, password) is { } problem)
            return problem;
        return await SaveAsync(person.Id, person.User, request, caller, http, journal);
    }

    /// <summary>A user the installation knows keeps their password, whoever adds them to an account.</summary>
    public static async Task<(User? User, IResult? Problem)> FindOrAddUserAsync(UserManager<User> users, string email, string? password)
    {
        if (await users.FindByEmailAsync(email) is { } known)
            return (known, null);
        if (string.IsNullOrEmpty(password))
            return (null, Problems.Invalid("password", "Needed for a user the installation does not know yet."));
        var user = new User { UserName = email, Email = email };
        var created = await users.CreateAsync(user, password);
        return created.Succeeded ? (user, null) : (null, Refused(created));
    }

    /// <summary>Only of a user who belongs to this account alone: else one company could sign in as another's operator.</summary>
    private static async Task<IResult?> SetPasswordAsync(ChatJournal journal, UserManager<User> users, Operator person, string password)
    {
        var desks = await journal.Readers.ReadAsync(session => ChatRows.OperatorsOf(session, person.User));
        if (desks.Count > 1 || await users.FindByIdAsync($"{person.User}") is not { } user)
            return Problems.Of(409, "user-shared", "This user belongs to other accounts too; only they can change their password.");
        foreach (var validator in users.PasswordValidators)
            if (await validator.ValidateAsync(users, user, password) is { Succeeded: false } refused)
                return Refused(refused);
        await users.RemovePasswordAsync(user);
        await users.AddPasswordAsync(user, password);
        return null;
    }

    private static Task<IResult> SaveAsync(
        OperatorId? id, long user, Wire.OperatorSettings request, OperatorPrincipal caller, HttpContext http, ChatJournal journal)
    {
        var profile = new OperatorProfile(
            MessageText.CleanLine(request.Name), request.Email, Line(request.Title), request.Avatar);
        var changed = new OperatorChanged(
            id ?? default, user, Names.From(request.Role), request.Limit,
            [.. (request.Departments ?? []).Distinct().Select(one => new DepartmentId(one))], request.Enabled, profile);
        return journal.SubmitAsync(http, caller.Account, caller.Actor, new ChangeOperator(id, changed), receipt =>
            TypedResults.Ok(request with { Id = id?.Value ?? receipt.Seq, Password = null }));
    }

    private static string? Line(string? text) => text is null ? null : MessageText.CleanLine(text) is { Length: > 0 } clean ? clean : null;

    private static Wire.OperatorSettings Told(Operator one) => new(
        one.Profile.Email, one.Profile.Name, Names.Of(one.Role), one.Limit, [.. one.Departments.Select(d => d.Value)],
        one.Profile.Title, one.Profile.Avatar, one.Enabled, null, one.Id.Value);

    private static IResult? Check(Wire.OperatorSettings request)
    {
        if (request.Email.Length > Checks.MaxLine || request.Email.Any(char.IsControl) || request.Email.IndexOf('@', StringComparison.Ordinal) < 1)
            return Problems.Invalid("email", "An e-mail address.");
        if (MessageText.CleanLine(request.Name).Length is 0 or > Checks.MaxLine)
            return Problems.Invalid("name", $"1 to {Checks.MaxLine} characters.");
        if (request.Title?.Length > Checks.MaxLine)
            return Problems.Invalid("title", $"At most {Checks.MaxLine} characters.");
        if (request.Avatar is { } avatar && !(Uri.TryCreate(avatar, UriKind.Absolute, out var uri) && uri.Scheme == "https" && avatar.Length <= 500))
            return Problems.Invalid("avatar", "An https address of a picture.");
        return request.Limit is < 1 or > 100 ? Problems.Invalid("limit", "1 to 100.") : null;
    }

    private static IResult Refused(IdentityResult result) =>
        Problems.Invalid("password", string.Join(' ', result.Errors.Select(error => error.Description)));
}
