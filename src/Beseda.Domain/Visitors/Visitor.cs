using System.Collections.Immutable;

namespace Beseda.Domain.Visitors;

/// <summary>What rules remember of a visitor.</summary>
public sealed record Visitor(VisitorId Id)
{
    /// <summary>A digest of the customer's id at the company; null for anonymous visitors.</summary>
    public string? Customer { get; init; }
    /// <summary>A digest of what was vouched for, so that only a change is written.</summary>
    public string? ProfileDigest { get; init; }
    public VisitorProfile? Profile { get; init; }
    /// <summary>Whose messenger this is an address in; null: a browser, or a customer of the company's site.</summary>
    public ChannelId? Channel { get; init; }
    /// <summary>Two letters, as the channel says.</summary>
    public string? Language { get; init; }
    /// <summary>Up to this one no number of this chat is waited for any more, where the channel numbers messages.</summary>
    public long LastNumber { get; init; }
    /// <summary>Numbers beyond it, in order, that the company's words have: what the visitor wrote before them is still on its way.</summary>
    public ImmutableArray<long> NumbersAhead { get; init; } = [];

    /// <summary>Whose address this is, once it is known that they have several.</summary>
    public PersonId? Person { get; init; }
    /// <summary>An operator has taken it away from a person.</summary>
    public bool Separated { get; init; }

    /// <summary>At most one.</summary>
    public ConversationId? Open { get; init; }
    public OperatorId? LastOperator { get; init; }

    /// <summary>Addresses whose conversation moved here when they signed in, newest last.</summary>
    public ImmutableArray<VisitorId> Formerly { get; init; } = [];
}

/// <summary>What the company's site vouched for, or a channel says: words, stored apart.</summary>
/// <param name="Subject">The customer's id at the company, or the visitor's in the channel.</param>
/// <param name="Fields"><c>name</c>, <c>email</c>, <c>phone</c> and further claims.</param>
public sealed record VisitorProfile(string Subject, ImmutableSortedDictionary<string, string> Fields)
{
    public string? Name => Fields.GetValueOrDefault("name");
}

public sealed record VisitorIdentified(VisitorId Visitor, string Customer, string ProfileDigest, VisitorProfile? Words) : Event
{
    public ChannelId? Channel { get; init; }
    public string? Language { get; init; }
}
