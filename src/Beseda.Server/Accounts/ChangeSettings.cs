using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Beseda.Domain.Accounts;
using Beseda.Domain.Conversations;
using Beseda.Domain.Metrics;
using Beseda.Journal;
using Beseda.Server.Doors;
using Beseda.Server.Operators;
using Beseda.Server.Visitors;

namespace Beseda.Server.Accounts;

/// <summary><c>GET/PUT /api/admin/account</c>.</summary>
internal static partial class ChangeSettings
{
    /// <summary>The settings are the body of one event, which holds 16 KB.</summary>
    private const int MostOriginCharacters = 4_000;

    public static async Task<IResult> Get(OperatorPrincipal caller, ChatJournal journal, Sessions sessions) =>
        TypedResults.Ok(Told((await journal.StateAsync(caller.Account)).Account, sessions));

    public static async Task<IResult> Put(
        Wire.AccountSettings request, OperatorPrincipal caller, HttpContext http, ChatJournal journal, Sessions sessions)
    {
        if (Check(request) is { } wrong)
            return wrong;
        var old = (await journal.StateAsync(caller.Account)).Account;
        if (request.Key != old.Key)
            return Problems.Invalid("key", "An account keeps its key: pages carry it.");

        var account = old with
        {
            Name = MessageText.CleanLine(request.Name),
            Origins = [.. request.Origins.Select(origin => origin.TrimEnd('/'))],
            Accent = request.Accent,
            RatingScale = request.RatingScale,
            Zone = request.Zone,
            Pauses = request.Pauses is { } pauses ? new Pauses(TimeSpan.FromSeconds(pauses.VisitorSeconds), TimeSpan.FromSeconds(pauses.OperatorSeconds)) : null,
        };
        return await journal.SubmitAsync(http, caller.Account, caller.Actor, new ChangeAccount(account), _ => TypedResults.Ok(Told(account, sessions)));
    }

    /// <summary>Makes an account with a fresh identity key. For the command line.</summary>
    public static async Task<AccountId> AddAsync(ChatJournal journal, InstallKey key, string accountKey, string name)
    {
        var id = await journal.AddAccountAsync();
        var identityKey = key.Encrypt(AccountSecrets.Identity, RandomNumberGenerator.GetBytes(32));
        var account = new Account(accountKey, name, ImmutableArray<string>.Empty, null, 5, identityKey);
        return await journal.SubmitAsync(id, new Spoken(Actor.System.Itself, new ChangeAccount(account))) is Answer.Committed
            ? id
            : throw new InvalidOperationException($"The account {accountKey} could not be added.");
    }

    public static bool IsKey(string key) => KeyPattern().IsMatch(key);

    private static Wire.AccountSettings Told(Account account, Sessions sessions) => new(
        account.Key, account.Name, account.Origins, account.RatingScale, account.Accent, Convert.ToBase64String(sessions.IdentityKey(account)),
        account.Zone, account.Pauses is { } pauses ? new Wire.Pauses((int)pauses.Visitor.TotalSeconds, (int)pauses.Operator.TotalSeconds) : null);

    private static IResult? Check(Wire.AccountSettings request)
    {
        if (MessageText.CleanLine(request.Name).Length is 0 or > Checks.MaxLine)
            return Problems.Invalid("name", $"1 to {Checks.MaxLine} characters.");
        if (request.RatingScale is not (5 or 10))
            return Problems.Invalid("ratingScale", "5 or 10.");
        if (request.Accent is { } accent && !ColourPattern().IsMatch(accent))
            return Problems.Invalid("accent", "A colour as #rrggbb.");
        if (request.Zone is { } zone && !Hours.IsZone(zone))
            return Problems.Invalid("zone", "A name of the tz database, like Europe/Moscow.");
        if (request.Pauses is { } pauses && (pauses.VisitorSeconds is < 1 or > 86_400 || pauses.OperatorSeconds is < 1 or > 86_400))
            return Problems.Invalid("pauses", "1 to 86400 seconds.");
        return request.Origins.Count > 100 || !request.Origins.All(IsOrigin) || request.Origins.Sum(origin => origin.Length) > MostOriginCharacters
            ? Problems.Invalid("origins", "At most 100 origins, such as https://www.example.com, and 4,000 characters in all.")
            : null;
    }

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https") && uri.PathAndQuery == "/" && uri.UserInfo == "";

    [GeneratedRegex("^#[0-9a-fA-F]{6}$")]
    private static partial Regex ColourPattern();

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{1,49}$")]
    private static partial Regex KeyPattern();
}
