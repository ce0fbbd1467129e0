using System.Collections.Immutable;

namespace Beseda.Domain.Routing;

/// <summary>Why this operator and not another; names ten operators at most and counts the rest by reason.</summary>
public sealed record Why(
    Rule Rule, ImmutableArray<Candidate> Considered, ImmutableArray<PassedOver> PassedOver,
    ImmutableSortedDictionary<Hindrance, int> More)
{
    public const int MostNamed = 10;

    public static Why Of(Rule rule, Candidate chosen) =>
        new(rule, [chosen], [], ImmutableSortedDictionary<Hindrance, int>.Empty);
}

/// <summary>The rule that decided.</summary>
public enum Rule { Hand, Transfer, LastOperator, OnlyOne, FewestOpen, LongestIdle }

/// <param name="Open">Conversations the operator had at that moment.</param>
public sealed record Candidate(OperatorId Operator, int Open, int Limit, DateTimeOffset? IdleSince);

public sealed record PassedOver(OperatorId Operator, Hindrance Reason);

/// <summary>What kept an operator of the department from being considered.</summary>
public enum Hindrance
{
    Offline,
    Away,
    /// <summary>Their console does not answer.</summary>
    Unreachable,
    AtLimit,
    /// <summary>Let an offer of this conversation lapse, and somebody else has not, or longer ago.</summary>
    MissedOffer,
    /// <summary>Could have had it; somebody else came first.</summary>
    NotChosen,
}
