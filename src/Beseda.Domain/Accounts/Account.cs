using System.Collections.Immutable;
using Beseda.Domain.Metrics;

namespace Beseda.Domain.Accounts;

/// <summary>One company's settings, as rules and doors use them.</summary>
/// <param name="Key">Names the account on web pages; public.</param>
/// <param name="Origins">Sites that may carry the widget; empty: any.</param>
/// <param name="RatingScale">5 (1–5) or 10 (0–10).</param>
/// <param name="IdentityKey">Encrypted by the install key: signs customers' identities.</param>
public sealed record Account(
    string Key, string Name, ImmutableArray<string> Origins, string? Accent, int RatingScale, string IdentityKey)
{
    public static readonly Account None = new("", "", [], null, 5, "");

    /// <summary>On whose clocks reports tell days and hours: as the tz database names it. Null: UTC.</summary>
    public string? Zone { get; init; }
    /// <summary>Null: <see cref="Metrics.Pauses.Standard"/>.</summary>
    public Pauses? Pauses { get; init; }
}

public sealed record AccountChanged(Account Account) : Event;

/// <summary>Replaces the account's settings. By an administrator or the command line.</summary>
public sealed record ChangeAccount(Account Account) : Command
{
    internal Refusal? Decide(Decision decision, Actor by)
    {
        if (!decision.State.Administers(by))
            return Refusal.NotAllowed;
        if (!Same(decision.State.Account, Account))
            decision.Add(new AccountChanged(Account));
        return null;
    }

    private static bool Same(Account one, Account other) =>
        one.Origins.SequenceEqual(other.Origins) && one with { Origins = [] } == other with { Origins = [] };
}
