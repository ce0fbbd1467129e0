using Beseda.Domain.Visitors;

namespace Beseda.Domain.Conversations;

/// <summary>Which message: by its seq, or by what the visitor's channel calls it.</summary>
public readonly record struct MessageName(long? Seq, string? External = null)
{
    /// <returns>Null: there is none, or it has not come yet.</returns>
    internal MessageStub? Find(AccountState state, Actor by)
    {
        if (by is Actor.Visitor { Id: var visitor } && External is { } external)
            return state.Externals.TryGetValue((visitor, external), out var seq) && state.MessageStates.GetValueOrDefault(seq) is { } said
                ? new MessageStub(seq, said.Conversation, said.Visitor, false, new Author(said.FromVisitor ? AuthorKind.Visitor : AuthorKind.Operator))
                : null;
        return Seq is { } own ? state.Messages.GetValueOrDefault(own) : null;
    }

    /// <summary>The message, if it is this actor's to change: whoever wrote it may. It is told as of whoever has the conversation now.</summary>
    internal Refusal? Own(Decision decision, Actor by, out MessageStub message)
    {
        message = Find(decision.State, by)!;
        if (message is null || !decision.State.Conversations.TryGetValue(message.Conversation, out var there)
            || !Visibility.Sees(decision.State, by, there) || (message.Note && by is Actor.Visitor))
            return Refusal.MessageNotFound;
        message = message with { Visitor = there.Visitor };
        return by switch
        {
            Actor.Visitor => message.Author.Kind == AuthorKind.Visitor,
            Actor.Operator { Id: var id } => message.Author.Operator == id,
            _ => false,
        }
            ? null
            : Refusal.NotAllowed;
    }
}

/// <summary>Replaces what a message says. By whoever wrote it.</summary>
/// <param name="Text">Already cleaned: see <see cref="MessageText"/>.</param>
public sealed record EditMessage(MessageName Message, string Text) : Command
{
    internal Refusal? Decide(Decision decision, Actor by)
    {
        if (Message.Own(decision, by, out var own) is { } refusal)
            return refusal;
        if (decision.State.MessageStates.GetValueOrDefault(own.Seq) is { Deleted: true })
            return Refusal.MessageNotFound;
        decision.Answer(decision.Add(new MessageEdited(own.Conversation, own.Visitor, own.Seq, own.Note, own.Author, new MessageWords(Text))));
        return null;
    }
}

/// <summary>Takes a message back: nobody can read it any more. By whoever wrote it.</summary>
public sealed record DeleteMessage(MessageName Message) : Command
{
    internal Refusal? Decide(Decision decision, Actor by)
    {
        if (Message.Own(decision, by, out var own) is { } refusal)
            return refusal;
        if (decision.State.MessageStates.GetValueOrDefault(own.Seq) is not { Deleted: true })
            decision.Answer(decision.Add(new MessageDeleted(own.Conversation, own.Visitor, own.Seq, own.Note, own.Author)));
        return null;
    }
}
