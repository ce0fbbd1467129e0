using System.Collections.Immutable;

namespace Beseda.Domain.Visitors;

/// <summary>Why addresses are held to be one person's.</summary>
public enum LinkCause
{
    /// <summary>The visitor came by a link that was signed for their other address.</summary>
    Link,
    /// <summary>The company vouches for the number that the visitor's messenger vouches for.</summary>
    Phone,
    /// <summary>An operator knows it.</summary>
    Operator,
}

/// <summary>Addresses have become one person's. What was said at each of them stays there.</summary>
/// <param name="Visitors">Who belongs to the person from now on, and did not before.</param>
/// <param name="By">Only with <see cref="LinkCause.Operator"/>.</param>
public sealed record VisitorsLinked(PersonId Person, ImmutableArray<VisitorId> Visitors, LinkCause Cause, OperatorId? By = null) : Event;

/// <summary>It was a mistake: they are no longer this person's.</summary>
/// <param name="Into">The person that they are together; null: it is one, and alone.</param>
public sealed record VisitorsSeparated(PersonId Person, ImmutableArray<VisitorId> Visitors, PersonId? Into, OperatorId By) : Event;

/// <summary>The addresses from which one person writes: a set that only <see cref="VisitorsLinked"/> and <see cref="VisitorsSeparated"/> change.</summary>
internal static class Person
{
    public const int MostVisitors = 20;

    /// <summary>The visitor's and all that are linked with it; whoever names one has named all.</summary>
    public static ImmutableArray<Visitor> Of(AccountState state, Visitor visitor) => visitor.Person is { } person
        ? [.. state.Visitors.Values.Where(one => one.Person == person).OrderBy(one => one.Id.Value)]
        : [visitor];

    /// <summary>Makes one person of two; the one that has been for longer stays.</summary>
    public static Refusal? Join(Decision decision, Visitor one, Visitor other, LinkCause cause, OperatorId? by = null)
    {
        if (one.Id == other.Id || (one.Person is { } same && same == other.Person))
            return null;
        var person = Older(one.Person, other.Person) ?? new PersonId(decision.NextSeq);
        var all = Of(decision.State, one).AddRange(Of(decision.State, other));
        if (all.Length > MostVisitors)
            return Refusal.TooManyAddresses;
        decision.Answer(decision.Add(new VisitorsLinked(person, [.. all.Where(visitor => visitor.Person != person).Select(visitor => visitor.Id)], cause, by)));
        return null;
    }

    public static AccountState Linked(AccountState state, VisitorsLinked linked) => linked.Visitors.Aggregate(
        state, (now, id) => now.With(now.VisitorOrNew(id) with { Person = linked.Person, Separated = false }));

    public static AccountState Separated(AccountState state, VisitorsSeparated separated) => separated.Visitors.Aggregate(
        state, (now, id) => now.With(now.VisitorOrNew(id) with { Person = separated.Into, Separated = true }));

    private static PersonId? Older(PersonId? one, PersonId? other) =>
        one is { } a && other is { } b ? (a.Value < b.Value ? a : b) : one ?? other;
}
