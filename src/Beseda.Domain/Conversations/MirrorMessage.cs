using System.Collections.Immutable;
using Beseda.Domain.Files;

namespace Beseda.Domain.Conversations;

/// <summary>
/// Somebody of the company answered a visitor past Beseda, in the platform's own inbox: it becomes part of the conversation.
/// By Beseda itself.
/// </summary>
public sealed record MirrorMessage(string ClientId, VisitorId Visitor, string Text, string External, long? Number) : Command
{
    public ImmutableArray<MessageFile>? Files { get; init; }
    public ImmutableArray<FileWords>? FileWords { get; init; }

    internal Refusal? Decide(Decision decision, Actor by)
    {
        if (by is not Actor.System)
            return Refusal.NotAllowed;
        if (decision.State.Externals.ContainsKey((Visitor, External)))
            return null;
        if (decision.State.VisitorOrNew(Visitor).Open is not { } open)
            return Refusal.ConversationNotFound;
        var posted = decision.Add(new MessagePosted(
            open, Visitor, new Author(AuthorKind.Operator), ClientId, false, null, new MessageWords(Text) { Files = FileWords })
        {
            External = External,
            Number = Number,
            Files = Files,
        });
        decision.Answer(posted, open, Visitor);
        return null;
    }
}
