namespace Beseda.Protocol;

/// <summary><c>GET /api/operator/conversations/{id}/person</c>: who writes there, from wherever they write.</summary>
/// <param name="Addresses">This conversation's first.</param>
/// <param name="Conversations">All of theirs that this operator may see, newest first; the newest 50.</param>
/// <param name="Alike">Who goes by the same telephone number or e-mail, and is perhaps the same.</param>
public sealed record Person(long Seq, IReadOnlyList<Address> Addresses, IReadOnlyList<DeskConversation> Conversations, IReadOnlyList<Alike> Alike);

/// <param name="Channel"><c>site</c>, or the kind of the channel.</param>
/// <param name="Name">The channel's own name; null: it is the site.</param>
/// <param name="Fields">As in <see cref="ConversationTimeline.Fields"/>.</param>
public sealed record Address(VisitorCard Visitor, string Channel, string? Name = null, IReadOnlyDictionary<string, string>? Fields = null);

/// <param name="Conversation">The newest of theirs: what is merged with.</param>
/// <param name="By"><c>phone</c>, <c>email</c>.</param>
public sealed record Alike(DeskConversation Conversation, IReadOnlyList<string> By);

/// <summary><c>POST /api/operator/conversations/{id}/merge</c>: the same person writes in both.</summary>
public sealed record MergeRequest(long Conversation);

/// <summary><c>POST /api/operator/conversations/{id}/separate</c>: these are somebody else. The way back from a merger.</summary>
/// <param name="Visitors">By their ids; those that are not of the person are passed over, and not all of them can leave.</param>
public sealed record SeparateRequest(IReadOnlyList<string> Visitors);

/// <summary><c>GET /api/visitor/channels</c>: where the conversation can be gone on with.</summary>
/// <param name="Kind">As in <see cref="ChannelKind.Kind"/>.</param>
/// <param name="Url">Brings the visitor there as who they are here; good for an hour.</param>
public sealed record Invitation(string Kind, string Name, string Url);

/// <summary>Visitors have become one person: whoever shows one of them reads <c>…/person</c> again. Operators' side only.</summary>
public sealed record VisitorsLinked : Entry
{
    /// <summary>Who belongs to the person from now on, and did not before.</summary>
    public required IReadOnlyList<string> Visitors { get; init; }
    /// <summary><c>link</c>: by a link of their own; <c>phone</c>: by a number vouched for; <c>operator</c>.</summary>
    public required string Cause { get; init; }
    public long? Operator { get; init; }
}

/// <summary>They are no longer the person's of whom they were. Operators' side only.</summary>
public sealed record VisitorsSeparated : Entry
{
    public required IReadOnlyList<string> Visitors { get; init; }
    public required long Operator { get; init; }
}
