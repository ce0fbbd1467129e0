namespace Beseda.Domain.Conversations;

/// <summary>The visitor stops the channel from writing to them, or lets it again; told while a conversation is open.</summary>
public sealed record StopVisitor(bool Stopped) : Command
{
    internal Refusal? Decide(Decision decision, Actor by)
    {
        if (by is not Actor.Visitor { Id: var id })
            return Refusal.NotAllowed;
        if (decision.State.VisitorOrNew(id).Open is { } open && decision.State.Conversations[open].Stopped != Stopped)
            decision.Add(new VisitorStopped(open, id, Stopped));
        return null;
    }
}
